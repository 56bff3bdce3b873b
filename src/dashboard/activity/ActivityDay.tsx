import { shownText } from '../../release/text/hidden-characters.ts';
import type { ActivityLine as Line } from '../../views/activity/activity-answer.ts';
import { ActivityLine } from './ActivityLine.tsx';

interface ActivityDayProps {
  /** In words. */
  readonly day: string;
  /** At least one. */
  readonly lines: readonly Line[];
  /** Ids of the lines that are open. */
  readonly open: readonly string[];
  readonly onToggle: (id: string) => void;
}

/** A day and what happened on it, the newest first. */
export function ActivityDay({ day, lines, open, onToggle }: ActivityDayProps) {
  const fresh = lines.filter(({ isNew }) => isNew).length;
  return (
    // Where there is room, the day stands beside what happened: most days of most tables have one or two lines.
    <section aria-label={shownText(day)} className="lg:flex lg:items-start lg:border-b lg:border-rule">
      <h2 className="sticky top-0 z-10 flex h-8 items-center gap-2 border-b border-rule bg-panel px-4 text-base font-semibold lg:h-7 lg:w-72 lg:shrink-0 lg:border-b-0 lg:bg-page lg:pr-0">
        {shownText(day)}
        {fresh > 0 && <span className="text-sm font-normal text-accent tabular-nums">{`${fresh} new`}</span>}
      </h2>
      <ul
        aria-label={shownText(`Events of ${day}`)}
        className="m-0 min-w-0 flex-1 list-none p-0 lg:[&>li:last-child]:border-b-0"
      >
        {lines.map((line) => (
          <ActivityLine key={line.id} line={line} open={open.includes(line.id)} onToggle={onToggle} />
        ))}
      </ul>
    </section>
  );
}
