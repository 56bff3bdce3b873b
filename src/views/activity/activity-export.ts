import type { ChangeEvent, FieldChange } from '../../release/history/changes.ts';
import type { Report } from '../../release/report/report.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Visible } from '../filters/visible.ts';
import { FIELD_LABELS } from '../words/field-words.ts';
import type { Activity } from './activity.ts';
import { eventWord, filterOf, isObservedAgain } from './event-groups.ts';

/** The changes that the filters leave, newest first. */
export function exportActivity(report: Report, visible: Visible, activity: Activity): Exportable {
  const left = filterOf(report, visible);
  const told = activity.events.flatMap((event, index) =>
    left(event) ? [{ event, seen: activity.letGo + index < activity.seen }] : [],
  );
  told.reverse();
  const all = activity.events.length;
  const hidden = all - told.length;
  const of = hidden === 0 ? '' : ` of ${all.toLocaleString('en')}`;
  const shown = `${told.length.toLocaleString('en')}${of} ${all === 1 ? 'change' : 'changes'}`;
  const gone = activity.letGo === 0 ? '' : ` ${activity.letGo.toLocaleString('en')} older ones are not kept.`;
  const note = `${exportNote(activity.readAt, shown, [[hidden, 'change']])}${gone}`;
  return {
    name: 'release-matrix-activity',
    title: 'Activity',
    rows: [
      ['at', 'what', 'release', 'component', 'environments', 'from', 'to', 'fields', 're-tagged', 'seen'],
      ...told.map(({ event, seen }) => [
        event.at,
        isObservedAgain(event) && event.kind === 'changed'
          ? 'observed again'
          : event.readinessOnly
            ? 'readiness'
            : eventWord(event),
        event.release,
        event.component,
        event.environments.join(', '),
        event.from ?? '',
        event.to ?? '',
        fieldsText(event),
        event.retagged ? 'yes' : 'no',
        seen ? 'yes' : 'no',
      ]),
    ],
    json: {
      schema: 1,
      readAt: activity.readAt,
      note,
      hidden: { changes: hidden },
      letGo: activity.letGo,
      changes: told.map(({ event, seen }) => ({ ...event, seen })),
    },
    note,
  };
}

function fieldsText({ fields, attributes }: ChangeEvent): string {
  const others = attributes.count - attributes.names.length;
  return [
    ...fields.map(fieldText),
    ...(attributes.count === 0
      ? []
      : [`also ${attributes.names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`]),
  ].join('; ');
}

function fieldText({ field, from, to }: FieldChange): string {
  return `${FIELD_LABELS[field]}: ${from ?? 'none'} → ${to ?? 'none'}`;
}
