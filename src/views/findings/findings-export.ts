import { type FindingFilters, filterFindings } from '../../release/finding/finding-filters.ts';
import { documentOfFindings, findingsAsMarkdown, findingsAsRows } from '../../release/report/findings-words.ts';
import { unknownReleases } from '../../release/report/unknown-releases.ts';
import { exportNote, hiddenNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Visible } from '../filters/visible.ts';
import { visibleFindings } from '../filters/visible-findings.ts';
import { describeVisible } from '../filters/visible-words.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';

/**
 * The findings that the bar and the view's own filters leave. Unfiltered it is what `findings` prints; a part of it must
 * not pass for the whole: its JSON says what is hidden in two attributes that the documented form does not have.
 */
export function exportFindings(
  { report, survey }: Known,
  visible: Visible,
  view: Filters & FindingFilters,
): Exportable {
  const placed = filterFindings(visibleFindings(report, visible, view), view);
  const document = documentOfFindings(report, survey.estate.matrix, placed, visible.rows);
  const all = report.rows.reduce((sum, { findings }) => sum + findings.length, 0);
  const hidden = {
    findings: all - placed.length,
    unknown: unknownReleases(report.rows).length - document.unknown.length,
  };
  const counts = [
    [hidden.findings, 'finding'],
    [hidden.unknown, 'unknown release'],
  ] as const;
  const hides = hiddenNote(counts);
  const note = hides === null ? null : exportNote(report.readAt, describeVisible(report, visible), counts);
  return {
    name: 'release-matrix-findings',
    rows: findingsAsRows(document),
    markdown: { text: findingsAsMarkdown(document, hides) },
    json: note === null ? document : { ...document, note, hidden },
    note,
  };
}
