import { z } from 'zod';
import { SEVERITIES } from '../finding/finding.ts';
import { UNKNOWN_REASONS } from '../report/verdict.ts';
import type { DocumentOf } from '../text/document.ts';

// A plan as it is written: what `plan --format json` prints. Its form is a contract; a change of meaning counts `schema` up.

const tag = z.string().describe('HASH key of a release, as stored.');
const component = z.string().describe('<type>#<name>');

/** Why something needs no step, or can have none. */
const PROMOTION_SKIPS = [
  'already',
  'tagged',
  'carried',
  'unchanged',
  'no-commit',
  'no-repo',
  'no-tag-form',
  'other-commit',
] as const;
const ROLL_BACK_SKIPS = ['already', 'not-part', 'no-image', 'job', 'schema', 'own-pipeline'] as const;
export type PromotionSkipCode = (typeof PROMOTION_SKIPS)[number];
export type RollBackSkipCode = (typeof ROLL_BACK_SKIPS)[number];

const words = z.string().describe('The same as a sentence.');

const schemaOrder = z.strictObject({
  component,
  from: z.string().describe('Its version before.'),
  to: z.string(),
  policy: z.string().nullable().describe('Its evolution policy; null where nothing says it.'),
  rule: z
    .enum(['consumers-first', 'producers-first', 'any-order', 'coordinate', 'unknown'])
    .describe('coordinate: no order keeps both sides working, as the policy is NONE or it is a new major version.'),
  first: z.array(component).describe('Who comes first; empty where the rule orders nothing, or nobody is known.'),
  after: z.array(component),
  words,
});

const promotionStep = z.strictObject({
  repo: z.string().describe('owner/name'),
  tag: z.string().describe('The git tag to make.'),
  commit: z.string().describe('At this commit, as it was published.'),
  components: z.array(component),
  types: z.array(z.string()),
  tagFrom: z
    .enum(['fragment', 'release', 'option'])
    .describe('fragment: in the form of the tag before; release: as none was published, the release itself; option.'),
});

const promotion = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('promotion'),
  release: tag,
  target: tag.describe('The release that the tags make.'),
  stage: z.string().describe('Of the target.'),
  readAt: z.string().describe('ISO 8601 in UTC'),
  blocked: z
    .strictObject({
      verdict: z.enum(['pass', 'fail', 'unknown']).describe('Of the release, evaluated as the stage of the target.'),
      unknown: z.array(z.enum(UNKNOWN_REASONS)),
      findings: z.array(
        z.strictObject({
          code: z.string(),
          severity: z.enum(SEVERITIES),
          component: component.nullable(),
          environment: z.string().nullable(),
          message: z.string(),
        }),
      ),
      conflicts: z.array(component).describe('Of which a tag, or the target, is at another commit.'),
    })
    .nullable()
    .describe('Why the plan is not to be carried out; null: it may be.'),
  forced: z.boolean().describe('It is told although it is blocked. A blocked plan that is not has no waves.'),
  left: z.int().min(0).describe('Tags that are to be made.'),
  done: z.int().min(0).describe('Tags whose fragments the target has.'),
  waves: z
    .array(z.strictObject({ types: z.array(z.string()), steps: z.array(promotionStep) }))
    .describe('One after the other; the tags of a wave in any order.'),
  skips: z.array(z.strictObject({ component, code: z.enum(PROMOTION_SKIPS), words })),
  schemas: z
    .array(schemaOrder)
    .describe('Schemas that changed since the stable release before, and what follows for the order.'),
  notes: z.array(z.string()).describe('What else is to be known of the order and of the tags.'),
});

const rollBackStep = z.strictObject({
  component,
  name: z.string(),
  workloadKind: z.string().nullable().describe('deployment, statefulset, …; null where the table does not say.'),
  namespace: z.string().nullable().describe('Where the fragment says one.'),
  runs: z.strictObject({ release: tag, image: z.string().nullable() }),
  image: z.string().describe('The image to run.'),
  imageOf: tag.describe('The release that says it: of what is carried over, the older one.'),
  imageFrom: z
    .enum(['environment', 'other-environment', 'artifact'])
    .describe('What it is known by: the entry of that environment, of another one, or what was built.'),
});

const rollBack = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('roll-back'),
  release: tag.describe('The release to go back to.'),
  environment: z.string(),
  newest: tag.nullable().describe('The newest release of which anything runs there now.'),
  readAt: z.string().describe('ISO 8601 in UTC'),
  left: z.int().min(0).describe('Workloads that are to run another image.'),
  done: z.int().min(0).describe('Workloads that run their image already.'),
  waves: z.array(z.strictObject({ types: z.array(z.string()), steps: z.array(rollBackStep) })),
  skips: z.array(z.strictObject({ component, code: z.enum(ROLL_BACK_SKIPS), words })),
  schemas: z.array(schemaOrder),
  notes: z.array(z.string()),
});

/** The written form, and the source of the published JSON Schema. */
export const planDocument = z
  .discriminatedUnion('kind', [promotion, rollBack])
  .describe('What is left to do for a promotion or a roll-back, by Release Matrix');

export type Plan = DocumentOf<typeof planDocument>;
export type PromotionPlan = DocumentOf<typeof promotion>;
export type RollBackPlan = DocumentOf<typeof rollBack>;
export type PromotionStep = DocumentOf<typeof promotionStep>;
export type RollBackStep = DocumentOf<typeof rollBackStep>;
export type SchemaOrder = DocumentOf<typeof schemaOrder>;
