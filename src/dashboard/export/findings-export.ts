import { describeFinding } from '../../release/finding-words.ts';
import { filterFindings } from '../findings/group-findings.ts';
import { leftFindings } from '../findings/left-findings.ts';
import { exportNote } from './export-note.ts';
import type { Exporter } from './exportable.ts';

/** The findings that the bar and the view's own filters leave, in reading order. */
export const exportFindings: Exporter = (report, visible, view) => {
  const findings = filterFindings(leftFindings(report, visible, view), view).map(({ finding }) => finding);
  const all = report.rows.reduce((sum, row) => sum + row.findings.length, 0);
  const note = exportNote(report, visible, [[all - findings.length, 'finding']]);
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
};
