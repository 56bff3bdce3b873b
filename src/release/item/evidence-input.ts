import { z } from 'zod';
import { MAX_NOTE_CHARACTERS } from '../../limits/limits.ts';
import { EVIDENCE_NAME, EVIDENCE_TYPE, isBuiltComponent, SIGN_OFFS_KEY } from './evidence.ts';
import { anyRelease, environment, line, link, UNPRINTABLE_IN_TEXT } from './fragment-input.ts';
import type { Item, KeyNames } from './item.ts';

// Evidence as it is written: the source of the published JSON Schema, and stricter than what is read from a table.

const identity = z.union(
  [
    z.strictObject({ commit: line(128) }),
    z.strictObject({ digest: line(300) }),
    z.strictObject({ version: line(256) }),
  ],
  { error: 'is not one of {"commit": …}, {"digest": …} and {"version": …}' },
);

/** What was checked, by component. */
export const covers = z
  .record(
    line(264).refine(isBuiltComponent, 'is not a component that is built: expected <type>#<name>, and no workload'),
    identity,
  )
  .describe('What was checked: of each component its commit, else its digest, else its own version.');
export type Covers = z.output<typeof covers>;

const count = z.int().min(0);
const name = z
  .string()
  .regex(EVIDENCE_NAME, 'is not a name: expected small letters, digits and hyphens, 64 at most, such as e2e');
const SAID = {
  result: z.enum(['pass', 'fail'], { error: 'is not pass or fail' }),
  covers,
  counts: z.strictObject({ tests: count, failures: count, errors: count, skipped: count }).optional(),
  environment: environment.optional().describe('Where it ran.'),
  link: link.optional().describe('Address of the report.'),
  note: z
    .string()
    .normalize('NFC')
    .max(MAX_NOTE_CHARACTERS, `is longer than ${MAX_NOTE_CHARACTERS} characters`)
    .refine((text) => !UNPRINTABLE_IN_TEXT.test(text), 'holds a control character or a lone surrogate')
    .optional(),
};

/** What is to be written. */
const evidenceInput = z.strictObject({
  release: anyRelease,
  name,
  component: line(264)
    .refine(isBuiltComponent, 'is not a component that is built: expected <type>#<name>, and no workload')
    .optional(),
  /** Who signs; absent: CI. */
  principal: line(200)
    .refine((principal) => !principal.includes('#'), 'holds a #')
    .optional(),
  ...SAID,
  publishedAt: z.string(),
  publishedBy: line(2000).optional(),
  /** Who signs, as AWS names them. */
  arn: line(2048).optional(),
  revoked: z.boolean().optional(),
});
export type EvidenceInput = z.input<typeof evidenceInput>;

/** An item of evidence, in a table with the documented key names. */
export const evidenceItem = z
  .strictObject({
    version: line(255).describe(`The release; of a sign-off ${SIGN_OFFS_KEY}.`),
    'component#name': line(1024).describe(
      `${EVIDENCE_TYPE}#<name>, or ${EVIDENCE_TYPE}#<name>/<type>#<name> of one component; of a sign-off <release>#<name>#<principal>.`,
    ),
    ...SAID,
    publishedAt: z.string().describe('ISO 8601: the newest counts.'),
    publishedBy: z.string().optional().describe('Address of the run of the CI.'),
    arn: z.string().optional().describe('Of a sign-off: who it is, as AWS names them.'),
    revoked: z.boolean().optional().describe('Of a sign-off: it was taken back.'),
    writeId: z.string().optional(),
    replaced: z.array(z.looseObject({})).optional().describe('What it said before, newest first.'),
  })
  .describe('Evidence of a release, as an item of the table of Release Matrix');

/** What is wrong, each as a sentence without a full stop; of a key that is none, what its own rule says. */
export function faultsOf({ issues }: z.ZodError): string[] {
  return issues.map((issue) => {
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return [issue.path.map(String).join('.'), message].filter(Boolean).join(' ');
  });
}

/**
 * The item that says it.
 *
 * @returns its faults, each as a sentence without a full stop, where it is none
 */
export function itemOfEvidence(
  input: EvidenceInput,
  keys: KeyNames,
): { readonly item: Item } | { readonly faults: string[] } {
  const parsed = evidenceInput.safeParse(input);
  if (!parsed.success) return { faults: faultsOf(parsed.error) };
  const { release, name, component, principal, ...said } = parsed.data;
  const place = component === undefined ? '' : `/${component}`;
  const [hash, range] =
    principal === undefined
      ? [release, `${EVIDENCE_TYPE}#${name}${place}`]
      : [SIGN_OFFS_KEY, `${release}#${name}#${principal}`];
  const told = Object.entries(said).filter(([, value]) => value !== undefined);
  return { item: { [keys.release]: hash, [keys.component]: range, ...(Object.fromEntries(told) as Item) } };
}
