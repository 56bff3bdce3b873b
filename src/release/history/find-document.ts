import { z } from 'zod';
import { STAGES } from '../item/release.ts';
import type { DocumentOf } from '../text/document.ts';

// What `find --format json` prints. Its form is a contract; a change of meaning counts `schema` up.

const has = z
  .enum(['yes', 'part', 'no', 'unknown'])
  .describe('part: of several commits some. unknown: the fragments do not say.');
const why = z.string().nullable().describe('Of no and unknown.');

const commit = z.strictObject({
  repo: z.string().nullable(),
  sha: z.string(),
  subject: z.string().describe('Empty where no fragment lists it.'),
  refs: z.array(z.string()).describe('What it refers to: #123, PAY-812.'),
});

const component = z.strictObject({
  component: z.string().describe('<type>#<name>'),
  type: z.string(),
  name: z.string(),
  repo: z.string().nullable(),
  commits: z.array(z.string()).describe('SHAs of those that are meant and are its own.'),
  first: z.string().nullable().describe('The lowest release that has it.'),
  releases: z
    .array(z.strictObject({ release: z.string(), stage: z.enum(STAGES), has, why }))
    .describe('From the first one on, the lowest first.'),
  environments: z
    .array(z.strictObject({ environment: z.string(), release: z.string(), version: z.string(), has, why }))
    .describe('Where it runs, in order; where nothing of it is known to run there is none.'),
});

export const foundDocument = z
  .strictObject({
    schema: z.literal(1),
    readAt: z.string().describe('When the table was read, ISO 8601 in UTC.'),
    asked: z.string(),
    kind: z
      .enum(['commit', 'digest', 'request', 'ticket', 'version', 'image', 'component'])
      .describe('component: at a version.'),
    commits: z.array(commit).describe('Those that are meant by a commit, a request or a ticket.'),
    components: z.array(component).describe('By type, then by name.'),
    unseen: z
      .strictObject({
        without: z.array(z.string()).describe('Components of which some fragment lists no changes.'),
        cut: z.array(z.string()).describe('Those of which some list is cut.'),
        shallow: z.array(z.string()).describe('Those of which some list is of a shallow checkout.'),
      })
      .describe('What could not be looked at, by component.'),
  })
  .describe('Where a change is, by Release Matrix');

export type FoundChange = DocumentOf<typeof foundDocument>;
export type FoundComponent = DocumentOf<typeof component>;
export type FoundCommit = DocumentOf<typeof commit>;
