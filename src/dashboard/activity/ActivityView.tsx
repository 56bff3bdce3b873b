import { CheckCheck, TriangleAlert } from 'lucide-react';
import { useCallback, useState } from 'react';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ActivityLine, ToldActivity } from '../../views/activity/activity-answer.ts';
import { Button } from '../elements/Button.tsx';
import { filtersOf } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { ViewState } from '../state/view-state.ts';
import { ActivityDay } from './ActivityDay.tsx';
import { dayOf, momentText } from './moment-text.ts';

interface ActivityViewProps {
  readonly view: ViewState;
  /** Changes that nobody has marked as seen. */
  readonly unseen: number;
  readonly onAllSeen: () => void;
}

/** So many lines at first, and so many more at a time. */
const ROOM = 150;

/** What happened, by the table: a line each, under the day on which it did. */
export function ActivityView({ view, unseen, onAllSeen }: ActivityViewProps) {
  const [room, setRoom] = useState(ROOM);
  const [open, setOpen] = useState<readonly string[]>([]);
  const toggle = useCallback(
    (id: string) => setOpen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id])),
    [],
  );
  const activity = useAnswer('activity', { filters: filtersOf(view), room, open });
  return (
    <section aria-label="Activity" className="flex min-w-0 flex-1 flex-col">
      {activity !== null && <Summary activity={activity} unseen={unseen} onAllSeen={onAllSeen} />}
      {activity?.trouble != null && (
        <p className="flex shrink-0 items-center gap-2 border-b border-rule bg-warning-soft px-4 py-2 text-base text-ink">
          <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-warning" />
          {shownText(activity.trouble)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label="Events" className={LIST}>
        {activity === null ? (
          <p className="p-4 text-base text-dim">Loading the history of this table…</p>
        ) : (
          <>
            {daysOf(activity.lines).map(({ day, lines }) => (
              <ActivityDay key={day} day={day} lines={lines} open={open} onToggle={toggle} />
            ))}
            {activity.shown === 0 && <p className="p-4 text-base text-dim">No activity matches the filters.</p>}
            {activity.shown > activity.lines.length && (
              <Button look="quiet" className="mt-2 ml-2" onClick={() => setRoom(room + ROOM)}>
                {`Show more (${(activity.shown - activity.lines.length).toLocaleString('en')} left)`}
              </Button>
            )}
          </>
        )}
      </section>
    </section>
  );
}

const LIST = 'min-h-0 flex-1 overflow-y-auto -outline-offset-2 low:flex-none low:overflow-visible';

/** The days on which something ended, the newest first. */
function daysOf(lines: readonly ActivityLine[]): { readonly day: string; readonly lines: ActivityLine[] }[] {
  const days = new Map<string, ActivityLine[]>();
  for (const line of lines) {
    const day = dayOf(line.to);
    const of = days.get(day);
    if (of === undefined) days.set(day, [line]);
    else of.push(line);
  }
  return [...days].map(([day, of]) => ({ day, lines: of }));
}

interface SummaryProps extends Pick<ActivityViewProps, 'unseen' | 'onAllSeen'> {
  readonly activity: ToldActivity;
}

function Summary({ activity: { shown, all, undated, untold, lastVisitAt }, unseen, onAllSeen }: SummaryProps) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule px-4 py-1 text-base">
      <p aria-live="polite" aria-atomic="true" className="tabular-nums">
        <strong className="font-semibold">
          {shown === all ? countWords(all, 'event') : `${shown.toLocaleString('en')} of ${countWords(all, 'event')}`}
        </strong>
        {unseen > 0 && `, ${countWords(unseen, 'change')} new to you`}
      </p>
      <p className="text-xs text-dim">
        {lastVisitAt === null
          ? 'This is the first visit to this table in this browser: from now on, what is new to you is marked.'
          : `Your last visit was ${momentText(lastVisitAt)}.`}
        {undated > 0 && ` ${countWords(undated, 'fragment')} without a time.`}
      </p>
      {untold > 0 && (
        <p className="text-xs text-dim">
          {`Not known of ${countWords(untold, 'current release')}: since when the verdict holds.`}
        </p>
      )}
      {unseen > 0 && (
        <Button className="ml-auto" onClick={onAllSeen}>
          <CheckCheck size={14} aria-hidden="true" />
          Mark all as seen
        </Button>
      )}
    </div>
  );
}
