import { WEIGHT_WORDS, weightOf } from '../../release/finding/weights.ts';
import { manifestOf } from '../../release/history/manifest.ts';
import { completenessByType } from '../../release/history/release-story.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import { gateRow } from '../../release/report/gate.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { countedWords, verdictWords } from '../../release/report/verdict-words.ts';
import type { Exportable } from '../export/exportable.ts';
import { fileNamePart } from '../words/file-name.ts';

/**
 * One release, whole: no filter leaves out anything of it. A line for each of its fragments and for what is missing.
 * Its JSON is what `check` prints of it, but for the digest, with more beside it: its completeness by type, and what
 * `manifest` prints.
 */
export function exportRelease(report: Report, row: ReportRow): Exportable {
  const { release } = row;
  const note = `Read ${report.readAt}: all of ${release.tag}, ${[verdictWords(row), countedWords(row)].filter(Boolean).join(', ')}. No filter applies to it.`;
  return {
    name: `release-${fileNamePart(release.tag)}`,
    markdown: { heading: 'Release' },
    rows: [
      [
        ...['component', 'state', 'version', 'environments', 'ready', 'desired', 'commit', 'date', 'carried from'],
        'findings',
      ],
      ...releaseLines(report, row),
    ],
    json: {
      ...gateRow(row, report.readAt, report.due),
      note,
      completenessByType: completenessByType(report, row).map((of) => ({
        type: of.type,
        expected: of.expected,
        present: of.present,
        missing: of.missing.map(({ id }) => id),
        carried: of.carried.map(({ id }) => id),
        beyond: of.beyond.map(({ id }) => id),
      })),
      manifest: manifestOf(report, release.tag),
    },
    note,
  };
}

function releaseLines({ components }: Report, row: ReportRow): string[][] {
  const ofAll = row.findings.filter(({ component }) => component === null);
  const lines = components.flatMap(({ id }, column) => {
    const cell = row.cells[column];
    if (!cell) return [];
    if (cell.entries.length === 0) {
      const said = codes(cell.findings);
      return [
        [id, cell.state, cell.carriedFrom === null ? '' : cell.text, '', '', '', '', '', cell.carriedFrom ?? '', said],
      ];
    }
    return cell.entries.map((entry) => [
      id,
      cell.state,
      entry.ownVersion,
      entry.environments.join(', '),
      ...readyCounts(entry),
      entry.fields.commit ?? '',
      entry.fields.date ?? '',
      '',
      // What is said of one environment is no word about the entry of another.
      codes(cell.findings.filter(({ environment: of }) => of === null || entry.environments.includes(of))),
    ]);
  });
  return ofAll.length === 0
    ? lines
    : [['', 'the release as a whole', '', '', '', '', '', '', '', codes(ofAll)], ...lines];
}

/** How many are ready and how many are wanted, as two numbers: a spreadsheet takes "2/3" for a day in March. */
function readyCounts({ fields: { replicas, readyReplicas = 0 } }: Fragment): string[] {
  return replicas === undefined ? ['', ''] : [String(readyReplicas), String(replicas)];
}

/** Each code once, with what its findings weigh: "missing-component (error)". */
function codes(findings: ReportRow['findings']): string {
  return [...new Set(findings.map((finding) => `${finding.code} (${WEIGHT_WORDS[weightOf(finding)][0]})`))].join(', ');
}
