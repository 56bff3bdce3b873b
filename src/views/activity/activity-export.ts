import { countWords } from '../../release/text/count-words.ts';
import { finish } from '../../release/text/steps.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Visible } from '../filters/visible.ts';
import type { Known } from '../questions.ts';
import type { Activity } from './activity.ts';
import { groupSteps, lineWriter, unseenOf } from './activity-answer.ts';

/** What the table says happened, as far as the filters leave it, the newest first. */
export function exportActivity(known: Known, visible: Visible, activity: Activity): Exportable {
  const { groups, undated } = finish(groupSteps(known, visible));
  const write = lineWriter(known, unseenOf(activity), new Set());
  const lines = groups.map(write).map(({ id: _, items: __, inTable: ___, place: ____, ...line }) => line);
  const shown = countWords(lines.length, 'event');
  const note = `${exportNote(known.report.readAt, shown, [])}${undatedNote(undated)}`;
  return {
    name: 'release-matrix-activity',
    markdown: { heading: 'Activity' },
    rows: [
      ['from', 'to', 'kind', 'release', 'environment', 'what', 'not as expected', 'components', 'new'],
      ...lines.map(({ from, to, kind, release, environment, what, deviation, count, isNew }) => [
        from,
        to,
        kind,
        release ?? '',
        environment ?? '',
        what,
        deviation,
        String(count),
        isNew ? 'yes' : 'no',
      ]),
    ],
    json: { schema: 2, readAt: known.report.readAt, note, undated, events: lines },
    note,
  };
}

function undatedNote(undated: number): string {
  return undated === 0 ? '' : ` ${undated.toLocaleString('en')} fragments do not say when they were written.`;
}
