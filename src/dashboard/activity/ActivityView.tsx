import { CheckCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { MAX_ACTIVITY_EVENTS } from '../../limits/limits.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ActivityAsks, LineSection, ToldActivity } from '../../views/activity/activity-answer.ts';
import { Button } from '../elements/Button.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { EventStretch } from './EventStretch.tsx';
import { momentText } from './moment-text.ts';

export interface ActivityViewProps {
  readonly view: ViewState;
  readonly unseen: number;
  readonly onAllSeen: () => void;
  readonly change: ChangeView;
  readonly onGo: OnGo;
}

const LIST = 'relative min-h-0 flex-1 overflow-y-auto pb-8 -outline-offset-2 low:flex-none low:overflow-visible';

/** Of each stretch so many changes are drawn at first, and so many more each time somebody wants to see more. */
const FIRST_ROOM: ActivityAsks['room'] = { watching: 200, away: 200, earlier: 200 };
const MORE_ROOM = 1_000;

/** What changed in the table: while this page watches it, since the visit before, and earlier. */
export function ActivityView({ view, unseen, onAllSeen, change, onGo }: ActivityViewProps) {
  const { version, stage, type, env, q, problems } = view;
  const [room, setRoom] = useState(FIRST_ROOM);
  const activity = useAnswer('activity', { filters: { version, stage, type, env, q, problems }, room });
  return (
    <section aria-label="Activity" className="flex min-w-0 flex-1 flex-col">
      {activity !== null && (
        <Summary activity={activity} unseen={unseen} onAllSeen={onAllSeen} onAll={() => change(NO_FILTERS)} />
      )}
      {activity?.trouble != null && (
        <p className="flex shrink-0 items-center gap-2 border-b border-rule bg-warning-soft px-4 py-2 text-[13px] text-ink">
          <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-warning" />
          {shownText(activity.trouble)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label="Changes" className={LIST}>
        {activity === null ? (
          <p className="p-4 text-[13px] text-dim">Loading the history of this table…</p>
        ) : (
          activity.sections.map((section) => (
            <EventStretch
              key={section.when}
              title={titleOf(section, activity)}
              empty={emptyWords(section, activity)}
              section={section}
              onMore={() => setRoom({ ...room, [section.when]: room[section.when] + MORE_ROOM })}
              onGo={onGo}
            />
          ))
        )}
      </section>
    </section>
  );
}

interface SummaryProps extends Pick<ActivityViewProps, 'unseen' | 'onAllSeen'> {
  readonly activity: ToldActivity;
  /** Called to have no filter hide anything. */
  readonly onAll: () => void;
}

function Summary({ activity, unseen, onAllSeen, onAll }: SummaryProps) {
  const { shown, hidden } = activity;
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule px-4 py-2 text-[13px]">
      <p aria-live="polite" aria-atomic="true" className="tabular-nums">
        <strong className="font-semibold">{countWords(shown, 'change')}</strong>
        <span className="text-dim">
          {unseen > 0 && `, ${unseen.toLocaleString('en')} unseen`}
          {hidden > 0 && ` · ${hidden.toLocaleString('en')} hidden by filters`}
        </span>
      </p>
      {hidden > 0 && (
        <Button className="h-6 px-2 text-[12.5px]" onClick={onAll}>
          Show all changes
        </Button>
      )}
      <p className="text-xs text-dim">{keptWords(activity)}</p>
      {unseen > 0 && (
        <Button className="ml-auto" onClick={onAllSeen}>
          <CheckCheck size={14} aria-hidden="true" />
          Mark all as seen
        </Button>
      )}
    </div>
  );
}

function countWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
}

function titleOf({ when }: LineSection, { lastVisitAt }: ToldActivity): string {
  if (when === 'watching') return 'While you watch';
  if (when === 'earlier') return 'Earlier';
  return lastVisitAt === null ? 'Since your last visit' : `Since your last visit, ${momentText(lastVisitAt)}`;
}

/** Null: nothing is said, and the stretch is left out. */
function emptyWords({ when }: LineSection, { lastVisitAt, hidden }: ToldActivity): string | null {
  if (when === 'earlier') return null;
  const whatIs = hidden > 0 ? 'Nothing that the filters leave has changed' : 'Nothing has changed';
  if (when === 'watching') return `${whatIs} since this page was opened. It updates by itself.`;
  if (lastVisitAt === null) {
    return 'This is the first visit to this table in this browser. From now on, what changes between visits is listed here.';
  }
  return `${whatIs} between your last visit and this one.`;
}

/** What the history does not hold. */
function keptWords({ letGo, releasesNotKept }: ToldActivity): string {
  return [
    letGo === 0 ? '' : `Only the newest ${MAX_ACTIVITY_EVENTS.toLocaleString('en')} changes are kept.`,
    releasesNotKept === 0
      ? ''
      : `What changes in the ${countWords(releasesNotKept, 'oldest release')} while nobody watches is not told.`,
  ]
    .filter(Boolean)
    .join(' ');
}
