import { z } from 'zod';
import {
  MAX_POLICY_DATES,
  MAX_POLICY_EVIDENCE,
  MAX_POLICY_ROWS,
  MAX_POLICY_SIGNERS,
  MAX_POLICY_VIEWS,
  MAX_POLICY_WAIVERS,
  MAX_POLICY_WILDCARDS,
  MAX_POLICY_WITHDRAWN,
} from '../../limits/limits.ts';
import type { FindingCode } from '../finding/finding.ts';
import { FINDING_CODES, type SeveritySetting } from '../finding/severity.ts';
import { EVIDENCE_NAME } from '../item/evidence.ts';
import { STAGES, type Stage } from '../item/release.ts';
import { groupFaults } from './environment-names.ts';
import { lineOf, rangeOf } from './policy-terms.ts';
import { beginningOf, momentOf } from './policy-times.ts';

/**
 * The policy document as it is written: what a team decides about its estate. One optional JSON document, from a file,
 * from the table's policy item, or the defaults. It is used whole or not at all.
 */
const SEVERITY_SETTINGS = ['error', 'warning', 'info', 'off'] as const satisfies readonly SeveritySetting[];

export const EXPECTATIONS = ['required', 'carried', 'optional', 'ignored'] as const;
/**
 * What is expected of a component: `required` in each release; `carried`: where it is not tagged again, its newest
 * lower stable version is inherited; `optional`; `ignored`: it has no findings at all.
 */
export type Expectation = (typeof EXPECTATIONS)[number];

const STAGES_OF_WORDS = ['alpha', 'beta', 'rc', 'stable'] as const satisfies readonly Stage[];
const STAGE_WORD = /^\s*[A-Za-z]+\s*$/;

const code = z.enum(FINDING_CODES as [FindingCode, ...FindingCode[]]);
const severity = z.enum(SEVERITY_SETTINGS);
const text = z.string().trim().min(1);
const range = text.refine((value) => rangeOf(value) !== null, 'is not a SemVer range, such as >=1.4 <2');
const tagOrRange = text.describe('A tag, such as v1.4.0, or a SemVer range, pre-releases included.');
const componentGlob = text.describe('Glob over <type>#<name>; * stands for any run of characters.');
const moment = z
  .string()
  .refine((value) => momentOf(value) !== null, 'is not a date such as 2026-12-31 or time such as 2026-12-31T12:00:00Z');

/** The written form, and the source of the published JSON Schema. */
export const policyDocument = z
  .strictObject({
    $schema: z.string().optional(),
    environments: z
      .strictObject({
        order: z.array(text).min(1).optional().describe('Environments, from the earliest to the latest.'),
        aliases: z.record(text, text).optional().describe('Other spelling → name, in addition to the built-in ones.'),
      })
      .optional(),
    groups: z
      .record(
        text,
        z
          .array(text)
          .min(1, 'names no environment')
          .max(MAX_POLICY_ROWS, `names more than ${MAX_POLICY_ROWS} environments`),
      )
      .refine((groups) => Object.keys(groups).length <= MAX_POLICY_ROWS, `holds more than ${MAX_POLICY_ROWS} groups`)
      .optional()
      .describe(
        'Environments that are one stage, such as {"prod": ["prod-eu", "prod-us"]}: they have one place in the order, one column, and should run the same.',
      ),
    graceMinutes: z
      .number()
      .min(0)
      .max(10_080)
      .optional()
      .describe('How long after its first fragment a release may still be arriving. Default 60.'),
    stages: z
      .record(
        z.string().regex(STAGE_WORD, 'is not a word of a suffix: expected letters alone, such as hotfix'),
        z.enum(STAGES_OF_WORDS),
      )
      .optional()
      .describe('What stage a word of a release key names: {"qualification": "beta"} for v1.4.0-qualification.1.'),
    patchReleases: z
      .enum(['whole', 'carried'])
      .optional()
      .describe('carried: a patch release tags only what changed, and carries the rest over. Default: whole.'),
    evidence: z
      .array(
        z
          .strictObject({
            name: z
              .string()
              .regex(
                EVIDENCE_NAME,
                'is not a name: expected small letters, digits and hyphens, 64 at most, such as e2e',
              ),
            of: componentGlob
              .refine(
                (glob) => /^[^#]+#./.test(glob) || glob.startsWith('*'),
                'names no component: expected <type>#<name>, or a glob, such as backend#*',
              )
              .refine(
                (glob) => !glob.startsWith('k8s#'),
                'asks it of workloads: evidence is of what is built, wherever it runs',
              )
              .optional()
              .describe('Asked of each component that it matches, of workloads never. Default: of the release.'),
            by: z.literal('person').optional().describe('Only what persons signed counts. Default: whoever says it.'),
            minimum: z
              .int()
              .min(1)
              .max(MAX_POLICY_SIGNERS)
              .optional()
              .describe('How many different persons must have signed. Default 1.'),
            stages: z.array(z.enum(STAGES_OF_WORDS)).min(1, 'names no stage').describe('The stages it is asked at.'),
            releases: range.optional().describe('SemVer range of the releases of which it is asked. Default: all.'),
          })
          .refine(({ by, minimum }) => minimum === undefined || by === 'person', {
            path: ['minimum'],
            message: 'counts persons: it needs "by": "person"',
          })
          .refine(({ by, of }) => by === undefined || of === undefined, {
            path: ['of'],
            message: 'asks it of components, and persons sign releases: leave one of "of" and "by" out',
          }),
      )
      .max(MAX_POLICY_EVIDENCE, `holds more than ${MAX_POLICY_EVIDENCE} rows`)
      .optional()
      .describe('What must have been checked, or signed, for a release of a stage.'),
    roster: z
      .array(
        z.strictObject({
          component: componentGlob.refine(
            (glob) => glob.includes('*') || /^[^#]+#./.test(glob),
            'names no component: expected <type>#<name>, such as backend#api, or a glob, such as backend#*',
          ),
          expectation: z.enum(EXPECTATIONS).optional().describe('Default: required.'),
          releases: range.optional().describe('SemVer range of the releases in which the row applies.'),
        }),
      )
      .max(MAX_POLICY_ROWS, `holds more than ${MAX_POLICY_ROWS} rows`)
      .refine(
        (rows) => rows.filter(({ component }) => component.includes('*')).length <= MAX_POLICY_WILDCARDS,
        `holds more than ${MAX_POLICY_WILDCARDS} rows with a *: name the components, or make one row of several`,
      )
      .optional()
      .describe(
        `Which components a release should have. The first row that matches a component wins. At most ${MAX_POLICY_WILDCARDS} rows with a *.`,
      ),
    waivers: z
      .array(
        z.strictObject({
          code,
          component: componentGlob.optional(),
          release: tagOrRange,
          environment: text.optional(),
          reason: text,
          by: text,
          expires: moment.describe('A date (its last day) or a time.'),
        }),
      )
      .max(MAX_POLICY_WAIVERS, `holds more than ${MAX_POLICY_WAIVERS} waivers: take those out that have expired`)
      .optional()
      .describe('Findings that are known and do not block until a date.'),
    withdrawn: z
      .array(
        z
          .strictObject({
            release: tagOrRange.optional(),
            component: componentGlob.optional(),
            releases: range.optional().describe('Of a component: SemVer range of the releases from which it is gone.'),
            environment: text.optional(),
            reason: text,
            by: text,
            date: moment.describe('When it was withdrawn: a date, or a time.'),
          })
          .refine(
            ({ release, component, environment }) =>
              [release, component, environment].filter((one) => one !== undefined).length === 1,
            'expected exactly one of release, component and environment',
          )
          .refine(
            ({ component, releases }) => releases === undefined || component !== undefined,
            'releases belongs to a component: a release is named by release',
          ),
      )
      .max(MAX_POLICY_WITHDRAWN, `holds more than ${MAX_POLICY_WITHDRAWN} rows`)
      .optional()
      .describe('What is withdrawn: a release that must not be used, a component or an environment that is retired.'),
    lines: z
      .record(
        z.string().refine((line) => lineOf(line) !== null, 'names no line of releases: expected 1.4 or 1.4.1'),
        z.strictObject({
          due: moment.describe('When its stable release is due: a date (its end, in UTC) or a time.'),
          manager: text.optional().describe('Who sees to it.'),
          link: z
            .string()
            .regex(/^https?:\/\/[^\s\\]+$/i, 'is not an address: expected http:// or https://')
            .optional()
            .describe('Where the plan of the release is written.'),
        }),
      )
      .refine((lines) => Object.keys(lines).length <= MAX_POLICY_DATES, `holds more than ${MAX_POLICY_DATES} lines`)
      .refine(
        (lines) => new Set(Object.keys(lines).map(lineOf)).size === Object.keys(lines).length,
        'names one line twice: 1.4 is 1.4.0',
      )
      .optional()
      .describe('By MAJOR.MINOR.PATCH, where 1.4 is 1.4.0: when a release is due.'),
    freezes: z
      .array(
        z
          .strictObject({
            environment: text,
            from: moment.describe('A date (its beginning, in UTC) or a time.'),
            to: moment.describe('A date (its end, in UTC) or a time.'),
            reason: text,
          })
          .refine(({ from, to }) => !((beginningOf(from) ?? 0) > (momentOf(to) ?? 0)), 'ends before it begins'),
      )
      .max(MAX_POLICY_DATES, `holds more than ${MAX_POLICY_DATES} freezes: take those out that are over`)
      .optional()
      .describe('When nothing is rolled out to an environment.'),
    views: z
      .array(
        z.strictObject({
          name: text.max(100),
          address: text
            .max(2_000)
            .refine((address) => address.startsWith('?'), 'is not the part of an address from its ? on'),
        }),
      )
      .max(MAX_POLICY_VIEWS, `holds more than ${MAX_POLICY_VIEWS} views`)
      .optional()
      .describe('Views of the dashboard that are offered by name: what stands in its address, from the ? on.'),
    severities: z
      .partialRecord(
        code,
        z.union([severity, z.partialRecord(z.enum(STAGES), severity)], {
          error: 'expected error, warning, info or off, or a map of stage to one of them',
        }),
      )
      .optional()
      .describe('What a finding weighs: one word for all stages, or one per stage.'),
    links: z
      .strictObject({
        commit: text.optional().describe('Default https://github.com/{repo}/commit/{commit}'),
        compare: text.optional().describe('Default https://github.com/{repo}/compare/{from}...{to}'),
      })
      .optional(),
    waves: z
      .array(
        z.array(text).min(1, 'is a wave of nothing').max(MAX_POLICY_ROWS, `holds more than ${MAX_POLICY_ROWS} rows`),
      )
      .min(1)
      .max(MAX_POLICY_ROWS, `holds more than ${MAX_POLICY_ROWS} waves`)
      .optional()
      .describe(
        'In which order a plan tags and rolls out: waves of types (kafka) or globs over <type>#<name>. Default: infra, kafka, backend, frontend, k8s.',
      ),
  })
  .superRefine((document, { addIssue }) => {
    for (const { path, message } of groupFaults(document)) addIssue({ code: 'custom', path: [...path], message });
  })
  .describe('Policy of Release Matrix');

export type PolicyDocument = z.infer<typeof policyDocument>;
