import { z } from 'zod';
import type { DocumentOf } from '../text/document.ts';

// What `notes --format json` prints. Its form is a contract; a change of meaning counts `schema` up.

/** In the order in which they are told. */
export const CHANGE_KINDS = ['breaking', 'feature', 'fix', 'performance', 'revert', 'other'] as const;

const change = z.strictObject({
  kind: z.enum(CHANGE_KINDS).describe('By Conventional Commits; breaking: marked with an exclamation mark.'),
  title: z.string().describe('The subject, without its kind and number.'),
  scope: z.string().nullable(),
  repo: z.string().nullable(),
  commits: z.array(z.string()).describe('SHAs: of a pull request all that came with it.'),
  refs: z.array(z.string()).describe('#123, PAY-812'),
  components: z.array(z.string()).describe('<type>#<name>'),
  owners: z.array(z.string()),
  link: z.string().nullable().describe("Of the first commit, by the policy's template."),
});

export const notesDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('When the table was read, ISO 8601 in UTC.'),
    release: z.string(),
    since: z.string().nullable().describe('The release before; null: the table holds none.'),
    changes: z.array(change).describe('Each once, by kind, then by owner.'),
    merges: z.int().min(0).describe('Merges of branches without a pull request, which are no changes of their own.'),
    unknown: z
      .array(z.strictObject({ component: z.string(), why: z.string() }))
      .describe('Components of which not all changes are known.'),
  })
  .describe('What a release brings, by Release Matrix');

export type Notes = DocumentOf<typeof notesDocument>;
export type NotedChange = DocumentOf<typeof change>;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
