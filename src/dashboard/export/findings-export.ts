import { describeFinding } from '../../release/finding-words.ts';
import type { Report } from '../../release/report.ts';
import { describeVisible } from '../filters/filter-words.ts';
import type { Visible } from '../filters/visible.ts';
import { filterFindings } from '../findings/group-findings.ts';
import { leftFindings } from '../findings/left-findings.ts';
import type { ViewState } from '../view-state.ts';
import { exportNote } from './export-note.ts';
import type { Exportable } from './exportable.ts';

/** The findings that the bar and the view's own filters leave, in reading order. */
export function exportFindings(report: Report, visible: Visible, view: ViewState): Exportable {
  const findings = filterFindings(leftFindings(report, visible, view), view).map(({ finding }) => finding);
  const all = report.rows.reduce((sum, row) => sum + row.findings.length, 0);
  const note = exportNote(report.readAt, describeVisible(report, visible), [[all - findings.length, 'finding']]);
  const told = findings.map((finding) => ({ ...finding, ...describeFinding(finding) }));
  return {
    name: 'release-matrix-findings',
    title: 'Findings',
    rows: [
      ['code', 'severity', 'release', 'component', 'environment', 'finding', 'why', 'what to do', 'waived'],
      ...told.map(({ code, severity, release, component, environment, title, why, whatToDo, waived }) => [
        code,
        severity,
        release,
        component ?? '',
        environment ?? '',
        title,
        why,
        whatToDo,
        waived === null ? '' : `until ${waived.expires} by ${waived.by}: ${waived.reason}`,
      ]),
    ],
    json: { schema: 1, readAt: report.readAt, note, hidden: { findings: all - findings.length }, findings: told },
    note,
  };
}
