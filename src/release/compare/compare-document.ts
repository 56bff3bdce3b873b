import { z } from 'zod';
import { SEVERITIES } from '../finding/finding.ts';
import { FINDING_CODES } from '../finding/severity.ts';
import { STAGES } from '../item/release.ts';
import { CHANGE_CLASSES, VERSION_STEPS } from '../matrix/classify-change.ts';
import type { DocumentOf } from '../text/document.ts';

// A comparison as it is written: what `compare --format json` prints and the screen downloads. Its form is a contract;
// a change of meaning counts `schema` up.

const tag = z.string().describe('HASH key of the release, as stored.');

const side = z.strictObject({
  name: z.string().describe('v1.4.0, @prod or @prod{2026-11-15}'),
  release: tag.nullable().describe('Null for an environment.'),
  stage: z.enum(STAGES).nullable(),
  environment: z.string().nullable().describe('Folded name, or that of a group; null for a release.'),
  at: z
    .string()
    .optional()
    .describe('The moment that it is of, by what had been observed by then. ISO 8601 in UTC. Absent: now.'),
});

const holding = z.strictObject({
  release: tag.describe('The release whose fragment is held: of what is carried over, the older one.'),
  version: z.string().describe("The component's own version; several, joined with /, where environments differ."),
  carried: z.boolean().describe('Not tagged again, but inherited from an older release.'),
  repo: z.string().nullable(),
  commit: z.string().nullable(),
});

const difference = z.strictObject({
  field: z.string(),
  environment: z.string().nullable().describe('Of a workload that is held for several environments, the one meant.'),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const changelog = z.strictObject({
  releases: z.array(tag).describe('The releases that have this text, oldest first.'),
  text: z.string().describe('Markdown, as published.'),
});

const component = z.strictObject({
  component: z.string().describe('<type>#<name>'),
  type: z.string(),
  name: z.string(),
  class: z
    .enum(CHANGE_CLASSES)
    .describe('rebuilt: from the same commit, under the same version or following the release, with another outcome.'),
  step: z
    .enum(VERSION_STEPS)
    .nullable()
    .describe('How the version moved, for class changed. same-version: other content under one version.'),
  from: holding.nullable(),
  to: holding.nullable(),
  expected: z.boolean().describe('For class new and removed: the side without it expects it, so that it is missing.'),
  differences: z.array(difference),
  compareLink: z.string().nullable().describe("By the policy's template; null where commits cannot be compared."),
  changelogs: z.array(changelog).describe('Of the releases after the older side, oldest first.'),
});

const finding = z.strictObject({
  code: z.enum(FINDING_CODES),
  severity: z.enum(SEVERITIES),
  component: z.string().nullable().describe('<type>#<name>; null: it is about the release as a whole.'),
  environment: z.string().nullable(),
  message: z.string(),
  waived: z.boolean(),
});

const findings = z
  .strictObject({
    new: z.array(finding).describe('Of the second release, those that the first does not have.'),
    still: z
      .array(finding.extend({ since: tag.describe('The first release that has it, going back without a gap.') }))
      .describe('Of the second release, those that the first has as well.'),
    fixed: z.array(finding).describe('Of the first release, those that the second does not have.'),
    unknown: z.array(finding).describe('Likewise, but the second release holds nothing of what they are about.'),
  })
  .describe('What became of the findings, where both sides are releases. The same are those of one code and place.');

/** The written form, and the source of the published JSON Schema. */
export const comparisonDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('When the table was read, ISO 8601 in UTC.'),
    from: side,
    to: side,
    counts: z.strictObject({
      new: z.int().min(0),
      removed: z.int().min(0),
      changed: z.int().min(0),
      rebuilt: z.int().min(0),
      unchanged: z.int().min(0),
    }),
    components: z.array(component).describe('By type, then by name; the unchanged ones too.'),
    leftOut: z
      .array(z.string())
      .describe('Components that name no environment, so that they cannot be compared with one.'),
    notKnown: z
      .array(z.string())
      .optional()
      .describe(
        'Components of which nothing had been observed at the moment that a side is of, and something was later. Absent where there are none.',
      ),
    owner: z
      .strictObject({
        names: z.array(z.string()),
        others: z.int().min(0).describe('How many compared components of others are left out.'),
      })
      .optional()
      .describe('Whose components and findings alone are in it, counted as well. Absent: all.'),
    findings: findings.optional(),
  })
  .describe('A comparison of two releases or environments, by Release Matrix');

export type Comparison = DocumentOf<typeof comparisonDocument>;
export type ComponentComparison = DocumentOf<typeof component>;
export type ComparedSide = DocumentOf<typeof side>;
export type HoldingSide = DocumentOf<typeof holding>;
export type Difference = DocumentOf<typeof difference>;
export type ComparedFinding = DocumentOf<typeof finding>;
export type ChangelogPart = DocumentOf<typeof changelog>;
