import { CheckCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { MAX_ACTIVITY_EVENTS } from '../../limits/limits.ts';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Activity } from '../../views/activity/activity.ts';
import { type EventSection, filterOf, sectionsOf } from '../../views/activity/event-groups.ts';
import type { ProblemPlace } from '../../views/filters/next-problem.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { Button } from '../elements/Button.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import type { ChangeView } from '../state/view-state.ts';
import { EventStretch } from './EventStretch.tsx';
import { momentText } from './moment-text.ts';

export interface ActivityViewProps {
  readonly report: Report;
  readonly visible: Visible;
  /** Null until the first reading is in it. */
  readonly activity: Activity | null;
  readonly unseen: number;
  readonly onAllSeen: () => void;
  readonly change: ChangeView;
  /** Called with a cell that somebody wants to see in its place. */
  readonly onGo: (place: ProblemPlace) => void;
}

const LIST = 'relative min-h-0 flex-1 overflow-y-auto pb-8 -outline-offset-2 low:flex-none low:overflow-visible';

/** What changed in the table: while this page watches it, since the visit before, and earlier. */
export function ActivityView(props: ActivityViewProps) {
  const { report, visible, activity, unseen, onAllSeen, change, onGo } = props;
  const left = useMemo(() => filterOf(report, visible), [report, visible]);
  const sections = useMemo(() => (activity === null ? [] : sectionsOf(activity, left)), [activity, left]);
  const shown = sections.reduce((sum, { count }) => sum + count, 0);
  const hidden = (activity?.events.length ?? 0) - shown;
  const go = (release: string, component: string) => {
    const row = report.rows.findIndex((each) => each.release.tag === release);
    const column = report.components.findIndex(({ id }) => id === component);
    if (row !== -1 && column !== -1) onGo({ row, column });
  };
  return (
    <section aria-label="Activity" className="flex min-w-0 flex-1 flex-col">
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule px-4 py-2 text-[13px]">
        <p aria-live="polite" aria-atomic="true" className="tabular-nums">
          <strong className="font-semibold">{countWords(shown, 'change')}</strong>
          <span className="text-dim">
            {unseen > 0 && `, ${unseen.toLocaleString('en')} unseen`}
            {hidden > 0 && ` · ${hidden.toLocaleString('en')} hidden by filters`}
          </span>
        </p>
        {hidden > 0 && (
          <Button className="h-6 px-2 text-[12.5px]" onClick={() => change(NO_FILTERS)}>
            Show all changes
          </Button>
        )}
        <p className="text-xs text-dim">{activity !== null && keptWords(activity)}</p>
        {unseen > 0 && (
          <Button className="ml-auto" onClick={onAllSeen}>
            <CheckCheck size={14} aria-hidden="true" />
            Mark all as seen
          </Button>
        )}
      </div>
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
          sections.map((section) => (
            <EventStretch
              key={section.when}
              title={titleOf(section, activity)}
              empty={emptyWords(section, activity, hidden)}
              section={section}
              report={report}
              onGo={go}
            />
          ))
        )}
      </section>
    </section>
  );
}

function countWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
}

function titleOf({ when }: EventSection, { lastVisitAt }: Activity): string {
  if (when === 'watching') return 'While you watch';
  if (when === 'earlier') return 'Earlier';
  return lastVisitAt === null ? 'Since your last visit' : `Since your last visit, ${momentText(lastVisitAt)}`;
}

/** Null: nothing is said, and the stretch is left out. */
function emptyWords({ when }: EventSection, { lastVisitAt }: Activity, hidden: number): string | null {
  if (when === 'earlier') return null;
  const whatIs = hidden > 0 ? 'Nothing that the filters leave has changed' : 'Nothing has changed';
  if (when === 'watching') return `${whatIs} since this page was opened. It updates by itself.`;
  if (lastVisitAt === null) {
    return 'This is the first visit to this table in this browser. From now on, what changes between visits is listed here.';
  }
  return `${whatIs} between your last visit and this one.`;
}

/** What the history does not hold. */
function keptWords({ letGo, releasesNotKept }: Activity): string {
  return [
    letGo === 0 ? '' : `Only the newest ${MAX_ACTIVITY_EVENTS.toLocaleString('en')} changes are kept.`,
    releasesNotKept === 0
      ? ''
      : `What changes in the ${countWords(releasesNotKept, 'oldest release')} while nobody watches is not told.`,
  ]
    .filter(Boolean)
    .join(' ');
}
