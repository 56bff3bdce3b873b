import { z } from 'zod';
import type { EvidenceLine, EvidenceSaid } from '../evidence/judge-evidence.ts';
import { countsWords, differenceWords } from '../finding/finding-words.ts';
import { STAGES, type Stage, type WeighedStage, weighedStage } from '../item/release.ts';
import type { DocumentOf } from '../text/document.ts';
import { markdownCode, markdownForeignLink, markdownTable } from '../text/markdown-text.ts';
import type { ReportRow } from './report.ts';

/**
 * What was checked of a release and signed, as `evidence --format json` prints it. Its form is a contract; a change of
 * meaning counts `schema` up.
 */
const content = z.strictObject({ kind: z.enum(['commit', 'digest', 'version']), text: z.string() }).nullable();

const said = z.strictObject({
  result: z.enum(['pass', 'fail']),
  release: z
    .string()
    .describe(
      'Of which it was said: this one, a candidate of its line, or one from which a component is carried over.',
    ),
  by: z.string().nullable().describe('Who signed; null: CI.'),
  at: z.string().describe('ISO 8601 in UTC.'),
  run: z.string().nullable().describe('Address of the run of the CI.'),
  link: z.string().nullable(),
  note: z.string().nullable(),
  counts: z.strictObject({ tests: z.int(), failures: z.int(), errors: z.int(), skipped: z.int() }).nullable(),
  environment: z.string().nullable(),
  differences: z
    .array(z.strictObject({ component: z.string(), was: content, is: content }))
    .describe('Where it was said of other content than there is; empty: it holds.'),
});

export const evidenceDocument = z
  .strictObject({
    schema: z.literal(1),
    release: z.string(),
    stage: z.enum(STAGES),
    evaluatedAs: z.enum(STAGES).describe('The stage of which the policy asks for evidence.'),
    readAt: z.string().describe('ISO 8601 in UTC.'),
    evidence: z.array(
      z.strictObject({
        name: z.string(),
        of: z.string().nullable().describe('The component, <type>#<name>; null: the release as a whole.'),
        asked: z.boolean().describe('The policy asks for it.'),
        byPerson: z.boolean().describe('Only persons count.'),
        minimum: z.int().describe('How many must say so.'),
        have: z.int().describe('How many do.'),
        state: z.enum(['held', 'missing', 'stale', 'failed']),
        said: z.array(said).describe('Of each who said something, what counts; newest first.'),
      }),
    ),
  })
  .describe('Evidence of a release, by Release Matrix');

export type EvidenceDocument = DocumentOf<typeof evidenceDocument>;

/** @param evaluatedAs the stage as which the row was judged */
export function documentOfEvidence(
  { release, evidence }: ReportRow,
  evaluatedAs: Stage,
  readAt: string,
): EvidenceDocument {
  return { schema: 1, release: release.tag, stage: release.stage, evaluatedAs, readAt, evidence: [...evidence] };
}

/** "2 of 3 asked of a stable release", "nothing is asked of an alpha". */
function headWords({ evidence, evaluatedAs }: EvidenceDocument, release: ReportRow['release']): string {
  const asked = evidence.filter((line) => line.asked);
  const held = asked.filter(({ state }) => state === 'held').length;
  const count = asked.length === 0 ? 'nothing is' : `${held} of ${asked.length}`;
  return `${count} asked of ${STAGE_WORDS[weighedStage(evaluatedAs, release)]}`;
}

const STAGE_WORDS = {
  alpha: 'an alpha',
  beta: 'a beta',
  rc: 'a candidate',
  stable: 'a stable release',
} satisfies Record<WeighedStage, string>;

/**
 * A head, and rows of a table. Plain text of somebody else's pipeline.
 *
 * @param release of the document
 */
export function evidenceAsRows(
  document: EvidenceDocument,
  release: ReportRow['release'],
): { readonly head: string; readonly rows: readonly (readonly string[])[] } {
  const rows = document.evidence.map((line) => [
    line.state,
    line.of === null ? line.name : `${line.name} of ${line.of}`,
    askedWords(line),
    line.said.map((one) => saidWords(one, line, document.release)).join('; '),
  ]);
  return { head: `${document.release}: ${headWords(document, release)}`, rows };
}

/** The same for a pull request or the summary of a job. */
export function evidenceAsMarkdown(document: EvidenceDocument, release: ReportRow['release']): string {
  const rows = document.evidence.map((line) => {
    const name = line.of === null ? markdownCode(line.name) : `${markdownCode(line.name)} of ${markdownCode(line.of)}`;
    const told = line.said.map((one) => {
      const words = markdownCode(saidWords(one, line, document.release));
      return one.link === null ? words : `${words} ${markdownForeignLink('report', one.link)}`;
    });
    return [line.state, name, askedWords(line), told.join('<br>')];
  });
  const head = `## Evidence of ${markdownCode(document.release)}\n\n${headWords(document, release)}\n`;
  return rows.length === 0 ? head : `${head}\n${markdownTable([['', 'what', '', 'said'], ...rows])}\n`;
}

/** "signed by 1 of 2", "not asked". */
function askedWords({ asked, byPerson, have, minimum }: EvidenceLine): string {
  if (!asked) return 'not asked';
  return byPerson ? `signed by ${have} of ${minimum}` : 'asked';
}

/** "CI passed it as v1.4.0-rc.2 at 2026-11-20T10:00:00.000Z (0 of 214 tests failed)"; then what has changed since. */
function saidWords(
  { result, release, by, at, counts, note, differences }: EvidenceSaid,
  { name }: EvidenceLine,
  of: string,
): string {
  const told = [counts === null ? '' : countsWords(counts), note ?? ''].filter(Boolean).join(': ');
  const did =
    by === null
      ? result === 'pass'
        ? 'CI passed it'
        : 'CI failed it'
      : `${by} ${result === 'pass' ? 'signed' : 'rejected'} it`;
  const changed = differences.map((one) => differenceWords(one, by === null ? `${name} ran` : 'it was signed'));
  return [
    `${did}${release === of ? '' : ` as ${release}`} at ${at}${told === '' ? '' : ` (${told})`}`,
    ...changed,
  ].join(', but ');
}
