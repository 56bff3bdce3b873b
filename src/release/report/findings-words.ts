import { describeFinding } from '../finding/finding-words.ts';
import { WEIGHT_WORDS, WEIGHTS, weightCount, weightOf } from '../finding/weights.ts';
import { type Matrix, namesRow } from '../matrix/matrix.ts';
import { ownerOf } from '../matrix/owners.ts';
import { countWords } from '../text/count-words.ts';
import { groupBy } from '../text/group-by.ts';
import { codeCell, markdownCode, markdownTable } from '../text/markdown-text.ts';
import { proseWithCode } from '../text/prose.ts';
import type { FindingsDocument, ToldFinding } from './findings-document.ts';
import { withMessage } from './gate.ts';
import type { PlacedFinding } from './placed-findings.ts';
import type { Report } from './report.ts';
import { unknownReleases } from './unknown-releases.ts';

/**
 * The document of findings.
 *
 * @param placed those that are to be told, in reading order
 * @param rows the releases that it is about, by their index in the report
 * @param only what alone was asked for; absent: everything
 */
export function documentOfFindings(
  report: Report,
  matrix: Matrix,
  placed: readonly PlacedFinding[],
  rows: readonly number[],
  only?: NonNullable<FindingsDocument['only']>,
): FindingsDocument {
  // Stable: what weighs the same stays in reading order.
  const sorted = placed.toSorted((a, b) => a.row - b.row || rankOf(a) - rankOf(b));
  return {
    schema: 1,
    readAt: report.readAt,
    releases: rows.length,
    ...(only && { only }),
    unknown: unknownReleases(rows.flatMap((row) => report.rows[row] ?? [])),
    unreadable: report.rejected.filter(({ release }) => !namesRow(release)).length,
    findings: sorted.map((one) => toldFinding(matrix, one)),
  };
}

function rankOf({ finding }: PlacedFinding): number {
  return WEIGHTS.indexOf(weightOf(finding));
}

function toldFinding(matrix: Matrix, { finding, row, column }: PlacedFinding): ToldFinding {
  const { code, severity, release, component, environment, details, waived, message } = withMessage(finding);
  const { why, whatToDo } = describeFinding(finding);
  const owner = column === null ? null : ownerOf(matrix, row, column);
  return {
    ...{ code, severity, release, component, environment },
    ...{ details: { ...details }, waived, message, owner, why, whatToDo },
  };
}

/**
 * A line for each finding, its head first, then one for each release of which nothing can be said: without them a short
 * list would look like good news. Plain text of somebody else's pipeline.
 */
export function findingsAsRows({ findings, unknown, unreadable }: FindingsDocument): readonly (readonly string[])[] {
  return [
    [
      ...['code', 'severity', 'release', 'component', 'owner', 'environment'],
      ...['finding', 'why', 'what to do', 'waived'],
    ],
    ...findings.map((of) => [
      ...[of.code, of.severity, of.release, of.component ?? '', of.owner ?? '', of.environment ?? ''],
      ...[of.message, of.why, of.whatToDo, of.waived === null ? '' : waiverWords(of.waived)],
    ]),
    ...unknown.map(({ release, why }) => ['', 'unknown', release, '', '', '', 'cannot be told', why, '', '']),
    ...(unreadable === 0 ? [] : [['', 'unknown', '', '', '', '', unreadableWords(unreadable), '', '', '']]),
  ];
}

function waiverWords({ expires, by, reason }: NonNullable<ToldFinding['waived']>): string {
  return `until ${expires} by ${by}: ${reason}`;
}

function unreadableWords(count: number): string {
  return `${countWords(count, 'item')} of no known release cannot be read`;
}

/**
 * How much is found, what of it was asked for, and of what nothing can be said, a line each.
 *
 * @param shown writes what somebody published; the words around it are ours
 */
export function findingsSummary(document: FindingsDocument, shown: (text: string) => string): string[] {
  const { findings, releases, only, unknown, unreadable } = document;
  const counts = WEIGHTS.flatMap((weight) => {
    const count = findings.filter((of) => weightOf(of) === weight).length;
    return count === 0 ? [] : [weightCount(count, weight)];
  });
  const within = new Set(findings.map(({ release }) => release)).size;
  const of = countWords(releases, 'release');
  return [
    counts.length === 0 ? `No findings in ${of}` : `${counts.join(', ')} in ${within} of ${of}`,
    ...(only === undefined ? [] : [onlyWords(only, shown)]),
    ...[...groupBy(unknown, ({ why }) => why)].map(
      ([why, those]) => `Unknown (${why}): ${those.map(({ release }) => shown(release)).join(', ')}`,
    ),
    ...(unreadable === 0 ? [] : [unreadableWords(unreadable)]),
  ];
}

const WAIVED_WORDS = { show: [], hide: ['not waived'], only: ['waived'] } satisfies Record<
  NonNullable<FindingsDocument['only']>['waived'],
  string[]
>;

/** "Only current releases; what identity owns; errors, warnings; not waived. Other findings: 14". */
function onlyWords(
  { current, owner, severity, code, waived, others }: NonNullable<FindingsDocument['only']>,
  shown: (text: string) => string,
): string {
  const asked = [
    ...(current ? ['current releases'] : []),
    ...(owner.length === 0 ? [] : [`what ${owner.map(shown).join(', ')} ${owner.length === 1 ? 'owns' : 'own'}`]),
    ...(severity.length === 0 ? [] : [severity.map((of) => WEIGHT_WORDS[of][1]).join(', ')]),
    ...(code.length === 0 ? [] : [code.join(', ')]),
    ...WAIVED_WORDS[waived],
  ];
  return `Only ${asked.join('; ')}. Other findings: ${others}`;
}

/** What stands beside a finding in a list for people: its weight, its code, whose it is, and what is wrong. */
export function findingCells(
  of: ToldFinding,
): readonly [weight: string, code: string, owner: string | null, message: string] {
  return [WEIGHT_WORDS[weightOf(of)][0], of.code, of.owner, of.message];
}

/** Findings by release, in their order. */
export function byRelease({ findings }: FindingsDocument): ReadonlyMap<string, readonly ToldFinding[]> {
  return groupBy(findings, ({ release }) => release);
}

/**
 * What is found as Markdown, a table for each release. Everything that somebody published stands in code, so that none of
 * it is rendered.
 *
 * @param hidden a sentence on what is left out of it, as by a screen's filters; null: nothing is
 */
export function findingsAsMarkdown(document: FindingsDocument, hidden: string | null = null): string {
  const prose = (text: string) => proseWithCode(text, markdownCode);
  const blocks = [
    ...[...byRelease(document)].flatMap(([release, findings]) => [
      `### ${markdownCode(release)}`,
      markdownTable([
        ['severity', 'code', 'owner', 'finding', 'what to do'],
        ...findings.map((of) => {
          const [weight, code, owner, message] = findingCells(of);
          const then = of.waived === null ? of.whatToDo : `Waived ${waiverWords(of.waived)}`;
          return [weight, code, codeCell(owner ?? ''), prose(message), prose(then)];
        }),
      ]),
    ]),
    ...findingsSummary(document, markdownCode).map((line) => `${line}.`),
    `Read ${document.readAt}.`,
    ...(hidden === null ? [] : [hidden]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
