import { manifestOf } from '../../release/history/manifest.ts';
import { completenessByType } from '../../release/history/release-story.ts';
import { releaseAsMarkdown, releaseAsRows } from '../../release/history/release-table.ts';
import { gateRow } from '../../release/report/gate.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { countedWords, verdictWords } from '../../release/report/verdict-words.ts';
import type { Exportable } from '../export/exportable.ts';
import { fileNamePart } from '../words/file-name.ts';

/**
 * One release, whole: no filter leaves out anything of it. Its table is what `manifest` prints as CSV or Markdown. Its
 * JSON is what `check` prints of it, but for the digest, with more beside it: its completeness by type, and what
 * `manifest` prints.
 */
export function exportRelease(report: Report, row: ReportRow): Exportable {
  const { release } = row;
  const judged = [verdictWords(row), countedWords(row)].filter(Boolean).join(', ');
  return {
    name: `release-${fileNamePart(release.tag)}`,
    markdown: { text: releaseAsMarkdown(report, row) },
    rows: releaseAsRows(report, row),
    json: {
      ...gateRow(row, report.readAt, report.due),
      note: `Read ${report.readAt}: all of ${release.tag}, ${judged}. No filter applies to it.`,
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
    note: null,
  };
}
