import { z } from 'zod';
import { SEVERITIES } from '../finding/finding.ts';
import { STAGES } from '../item/release.ts';
import { READINESS_STATES, ROLL_OUT_WAITS } from '../matrix/roll-out.ts';
import type { DocumentOf } from '../text/document.ts';
import { DEPLOYMENT_MARKS, DIFFERENCES, STANDINGS } from './deployments.ts';

/**
 * What runs where, as `deployed --format json` prints it and the screen exports it. Its form is a contract; a change of meaning counts `schema`
 * up.
 */
const lag = z
  .strictObject({
    to: z.string().describe('Tag of the release it is measured against.'),
    level: z.boolean().describe('What runs is what that release holds: by digest, else by own version.'),
    standing: z
      .enum(STANDINGS)
      .describe('How what runs stands to that release. other: it is not what that one holds, and no older.'),
    releases: z.int().min(0).describe('How many releases hold something newer.'),
    days: z.int().nullable().describe('Between the first fragments of the two releases; null where one is not dated.'),
  })
  .nullable();

const entry = z.strictObject({
  release: z.string().describe('HASH key of the release that the entry belongs to: the one that was observed last.'),
  stage: z.enum(STAGES),
  version: z.string().describe("The component's own version."),
  date: z.string().nullable().describe('When it was observed, ISO 8601 in UTC; null: unknown.'),
  readiness: z
    .strictObject({
      state: z.enum(READINESS_STATES),
      ready: z.int().min(0),
      desired: z.int().min(0).nullable(),
      waitsFor: z.enum(ROLL_OUT_WAITS).nullable().describe('What an unfinished roll-out waits for.'),
    })
    .nullable()
    .describe('Of a workload.'),
  behindStable: lag,
  behindNewest: lag,
  differs: z
    .enum(DIFFERENCES)
    .nullable()
    .describe(
      "How it differs from what the environment's release says: it came with an older or newer one, with one of no order (apart), or with that very one and is something else (other). null: it does not.",
    ),
  asReleased: z.boolean().describe('It does not differ, and no error or warning is said of it there.'),
  marks: z.array(z.enum(DEPLOYMENT_MARKS)),
  findings: z
    .array(
      z.strictObject({
        code: z.string(),
        severity: z.enum(SEVERITIES),
        waived: z.boolean(),
        title: z.string().describe('What is wrong, without the component and the environment.'),
      }),
    )
    .describe('What is said of it there, the worst first.'),
  key: z.string().describe('RANGE key of its fragment.'),
  commit: z.string().nullable(),
  image: z.string().nullable(),
  beside: z
    .array(z.string())
    .describe('RANGE keys of more entries of that release there: a job beside the deployment.'),
});

const component = z.strictObject({
  component: z.string().describe('<type>#<name>'),
  type: z.string(),
  name: z.string(),
  kind: z.enum(['running', 'declared']).describe('running: a workload. declared: its fragment names environments.'),
  environments: z.record(z.string(), entry).describe('By environment; one in which it is not has no entry.'),
});

export const deploymentDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('ISO 8601 in UTC'),
    environments: z
      .array(
        z.strictObject({
          name: z.string(),
          newest: z.string().nullable().describe('The newest release of which anything is there.'),
          release: z.string().nullable().describe('The release that says of the most components what is there.'),
          group: z.string().optional().describe('The group that the policy puts it into. Absent: none.'),
        }),
      )
      .describe('In order.'),
    components: z.array(component).describe('Those that are in any of the environments, by type, then by name.'),
    withoutEnvironment: z.array(z.string()).describe('Workloads of which some entry names no environment.'),
    withdrawn: z
      .array(z.strictObject({ name: z.string(), reason: z.string(), by: z.string(), date: z.string() }))
      .optional()
      .describe(
        'Environments that the policy withdraws: nothing is said of what runs there. Absent where there are none.',
      ),
    owner: z
      .strictObject({
        names: z.array(z.string()),
        others: z.int().min(0).describe('How many components of others are left out.'),
      })
      .optional()
      .describe('Whose components alone are in it. What environments say is of all. Absent: all components.'),
    asOf: z
      .strictObject({
        at: z.string().describe('ISO 8601 in UTC'),
        notKnown: z
          .array(
            z.strictObject({
              component: z.string(),
              environment: z.string(),
              since: z.string().describe('When something was first observed there.'),
            }),
          )
          .describe('Where nothing had been observed by then, and something was later.'),
        undated: z.int().min(0).describe('Fragments that do not say when they were observed; none of them is in it.'),
      })
      .optional()
      .describe('The moment that was asked for: what had been observed by then. Absent: what runs now.'),
  })
  .describe('What runs where, by Release Matrix');

export type DeployedDocument = DocumentOf<typeof deploymentDocument>;
export type DeployedEntry = DocumentOf<typeof entry>;
