import { describeFinding } from '../../release/finding/finding-words.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import { withMessage } from '../../release/report/gate.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Visible } from '../filters/visible.ts';
import { visibleFindings } from '../filters/visible-findings.ts';
import { describeVisible } from '../filters/visible-words.ts';
import type { Filters, FindingFilters } from '../params.ts';
import type { Known } from '../questions.ts';
import { filterFindings } from './group-findings.ts';
import { type UnknownRelease, unknownReleases } from './unknown-releases.ts';

/**
 * The findings that the bar and the view's own filters leave, in reading order. In JSON each is as `check` prints it,
 * with its owner and the rest of its words.
 */
export function exportFindings(known: Known, visible: Visible, view: Filters & FindingFilters): Exportable {
  const { report } = known;
  const { matrix } = known.survey.estate;
  const told = filterFindings(visibleFindings(report, visible, view), view).map(({ finding, row, column }) => {
    const { why, whatToDo } = describeFinding(finding);
    const owner = column === null ? null : ownerOf(matrix, row, column);
    return { ...withMessage(finding), owner, why, whatToDo };
  });
  const all = report.rows.reduce((sum, row) => sum + row.findings.length, 0);
  const counted = exportNote(report.readAt, describeVisible(report, visible), [[all - told.length, 'finding']]);
  const unknown = unknownReleases(report, visible);
  const note = [counted, unknownNote(unknown)].filter(Boolean).join(' ');
  return {
    name: 'release-matrix-findings',
    markdown: { heading: 'Findings' },
    rows: [
      [
        ...[
          'code',
          'severity',
          'release',
          'component',
          'owner',
          'environment',
          'finding',
          'why',
          'what to do',
          'waived',
        ],
      ],
      ...told.map(({ code, severity, release, component, owner, environment, message, why, whatToDo, waived }) => [
        code,
        severity,
        release,
        component ?? '',
        owner ?? '',
        environment ?? '',
        message,
        why,
        whatToDo,
        waived === null ? '' : `until ${waived.expires} by ${waived.by}: ${waived.reason}`,
      ]),
    ],
    json: {
      schema: 1,
      readAt: report.readAt,
      note,
      hidden: { findings: all - told.length },
      unknown,
      findings: told,
    },
    note,
  };
}

/** So many are named in the note. */
const NAMED = 5;

/** Without it a short list of findings would look like good news. */
function unknownNote(unknown: readonly UnknownRelease[]): string {
  if (unknown.length === 0) return '';
  const named = unknown.slice(0, NAMED).map(({ tag, why }) => `${tag} (${why})`);
  const more = unknown.length > NAMED ? [`and ${unknown.length - NAMED} more`] : [];
  return `Unknown: ${[...named, ...more].join(', ')}.`;
}
