import type { Finding } from '../finding/finding.ts';
import { WEIGHT_WORDS, weightOf } from '../finding/weights.ts';
import type { Fragment } from '../item/fragment.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { countedWords, verdictWords } from '../report/verdict-words.ts';
import { codeCell, markdownTable } from '../text/markdown-text.ts';

/** As the table calls them, in its order. */
const COLUMNS = [
  ...(['component', 'state', 'version', 'environments', 'ready', 'desired', 'commit', 'date', 'carried from'] as const),
  'findings',
] as const;

/** Of these the words are ours alone; the others are somebody else's. */
const OURS: ReadonlySet<(typeof COLUMNS)[number]> = new Set(['state', 'ready', 'desired', 'findings']);

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/**
 * A release as a table, its head first: a line for the release as a whole, with its verdict, then one for each of its
 * fragments and for what is missing. Plain text of somebody else's pipeline.
 */
export function releaseAsRows(report: Report, row: ReportRow): readonly (readonly string[])[] {
  return [[...COLUMNS], ...linesOf(report, row).map((cells) => COLUMNS.map((column) => cells[column] ?? ''))];
}

/** The same as Markdown. Everything that somebody published stands in code, so that none of it is rendered. */
export function releaseAsMarkdown(report: Report, row: ReportRow): string {
  const lines = linesOf(report, row).map((cells) =>
    COLUMNS.map((column) => (OURS.has(column) ? (cells[column] ?? '') : codeCell(cells[column] ?? ''))),
  );
  return `${markdownTable([[...COLUMNS], ...lines])}\n\nRead ${report.readAt}.\n`;
}

function linesOf({ components }: Report, row: ReportRow): Cells[] {
  const whole = {
    state: [verdictWords(row), countedWords(row)].filter(Boolean).join(', '),
    version: row.release.tag,
    findings: codes(row.findings.filter(({ component }) => component === null)),
  };
  const lines = components.flatMap(({ id }, column): Cells[] => {
    const cell = row.cells[column];
    if (!cell) return [];
    const { state, text, carriedFrom, entries, findings } = cell;
    if (entries.length === 0) {
      const carried = carriedFrom === null ? {} : { version: text, 'carried from': carriedFrom };
      return [{ component: id, state, ...carried, findings: codes(findings) }];
    }
    return entries.map((entry) => ({
      component: id,
      state,
      version: entry.ownVersion,
      environments: entry.environments.join(', '),
      ...readyCounts(entry),
      commit: entry.fields.commit ?? '',
      date: entry.fields.date ?? '',
      // What is said of one environment is no word about the entry of another.
      findings: codes(findings.filter(({ environment: of }) => of === null || entry.environments.includes(of))),
    }));
  });
  return [whole, ...lines];
}

/** How many are ready and how many are wanted, as two numbers: a spreadsheet takes "2/3" for a day in March. */
function readyCounts({ fields: { replicas, readyReplicas = 0 } }: Fragment): Cells {
  return replicas === undefined ? {} : { ready: String(readyReplicas), desired: String(replicas) };
}

/** Each code once, with what its findings weigh: "missing-component (error)". */
function codes(findings: readonly Finding[]): string {
  return [...new Set(findings.map((finding) => `${finding.code} (${WEIGHT_WORDS[weightOf(finding)][0]})`))].join(', ');
}
