import { z } from 'zod';
import { SEVERITIES } from '../finding/finding.ts';
import { FINDING_CODES } from '../finding/severity.ts';
import type { DocumentOf } from '../text/document.ts';
import { UNKNOWN_REASONS } from './verdict.ts';

/**
 * What is found in a table, as `findings --format json` prints it and the screen exports it. Its form is a contract; a
 * change of meaning counts `schema` up.
 */
const code = z.enum(FINDING_CODES);

const finding = z.strictObject({
  code,
  severity: z.enum(SEVERITIES),
  release: z.string().describe('Tag of the release.'),
  component: z.string().nullable().describe('<type>#<name>; null: it is about the release as a whole.'),
  environment: z.string().nullable().describe('Folded name; null: it is about no single environment.'),
  details: z.record(z.string(), z.unknown()).describe('What it rests on, by its code.'),
  waived: z
    .strictObject({
      reason: z.string(),
      by: z.string(),
      expires: z.string().describe('As the policy writes it.'),
      soon: z.boolean().describe('It ends within seven days of the reading.'),
    })
    .nullable(),
  message: z.string().describe('What is wrong.'),
  owner: z.string().nullable().describe('Who owns the component, as its fragments say in that release; null: unknown.'),
  why: z.string(),
  whatToDo: z.string(),
});

export const findingsDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('ISO 8601 in UTC'),
    releases: z.int().min(0).describe('How many releases it is about.'),
    only: z
      .strictObject({
        current: z.boolean().describe('No release that a later one has superseded.'),
        owner: z.array(z.string()).describe('Whose components; empty: of all, and of releases as a whole.'),
        severity: z.array(z.enum(SEVERITIES)).describe('Empty: all.'),
        code: z.array(code).describe('Empty: all.'),
        waived: z.enum(['show', 'hide', 'only']).describe('What is told of what is waived.'),
        others: z.int().min(0).describe('How many other findings the table has.'),
      })
      .optional()
      .describe('What alone was asked for. Absent: everything.'),
    unknown: z
      .array(
        z.strictObject({
          release: z.string().describe('Its tag.'),
          reasons: z.array(z.enum(UNKNOWN_REASONS)),
          why: z.string(),
        }),
      )
      .describe('Of these releases, whose verdict is unknown: that little is found says nothing of them.'),
    unreadable: z.int().min(0).describe('Items of the table that cannot be read and say no release.'),
    findings: z.array(finding).describe('Newest release first; in a release the weightiest first.'),
  })
  .describe('What is found in a table, by Release Matrix');

export type FindingsDocument = DocumentOf<typeof findingsDocument>;
export type ToldFinding = DocumentOf<typeof finding>;
