import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import {
  type EventGroup,
  type EventSection,
  isObservedAgain,
  type ToldEvent,
} from '../../views/activity/event-groups.ts';
import { Button } from '../elements/Button.tsx';
import { EventLine } from './EventLine.tsx';
import { momentText } from './moment-text.ts';

interface EventStretchProps {
  readonly title: string;
  /** Said where there is none; null: then nothing of it is shown. */
  readonly empty: string | null;
  readonly section: EventSection;
  readonly report: Report;
  readonly onGo: (release: string, component: string) => void;
}

/** Groups drawn at once are those with so many events together; the rest on demand. */
const DRAWN = 200;

/** A stretch of the history, by the readings that found its changes. */
export function EventStretch({ title, empty, section, report, onGo }: EventStretchProps) {
  const [room, setRoom] = useState(DRAWN);
  const inTable = useMemo(() => {
    const tags = new Set(report.rows.map(({ release }) => release.tag));
    const ids = new Set(report.components.map(({ id }) => id));
    return ({ event }: ToldEvent) => tags.has(event.release) && ids.has(event.component);
  }, [report]);
  const { groups, count } = section;
  if (count === 0 && empty === null) return null;
  const { drawn, left } = within(groups, room);
  const line = (told: ToldEvent) => <EventLine key={told.position} told={told} onGo={inTable(told) ? onGo : null} />;
  return (
    <section aria-label={shownText(title)}>
      <h2 className="sticky top-0 z-10 flex h-9 items-center gap-2 border-b border-rule bg-panel px-4 text-[13px] font-semibold">
        {shownText(title)}
        <span className="font-normal text-dim tabular-nums">{count.toLocaleString('en')}</span>
      </h2>
      {count === 0 && <p className="px-4 py-3 text-[13px] text-dim">{empty && shownText(empty)}</p>}
      {drawn.map(({ at, events, readiness }) => (
        <div key={`${at}\n${events[0]?.position ?? readiness[0]?.position}`} className="border-b border-rule py-1.5">
          <h3 className="px-4 text-[11.5px] leading-5 text-dim tabular-nums">
            <time dateTime={at}>{momentText(at)}</time>
          </h3>
          {events.length > 0 && <ul aria-label={`Changes at ${momentText(at)}`}>{events.map(line)}</ul>}
          {readiness.length > 0 && (
            <details className="group">
              <summary className="ml-4 inline-flex cursor-pointer list-none items-center gap-1 rounded text-[12.5px] text-dim hover:text-ink">
                <ChevronRight
                  size={13}
                  aria-hidden="true"
                  className="shrink-0 transition-transform group-open:rotate-90"
                />
                {readinessWords(readiness)}
              </summary>
              <ul aria-label={`Changes of readiness at ${momentText(at)}`}>{readiness.map(line)}</ul>
            </details>
          )}
        </div>
      ))}
      {left > 0 && (
        <Button look="quiet" className="mt-2 ml-2" onClick={() => setRoom(room + 5 * DRAWN)}>
          {`Show more (${left.toLocaleString('en')} left)`}
        </Button>
      )}
    </section>
  );
}

/** As much as there is room for, a long group cut short; and how many events that leaves out. */
function within(groups: readonly EventGroup[], room: number): { drawn: readonly EventGroup[]; left: number } {
  const drawn: EventGroup[] = [];
  let [free, left] = [room, 0];
  for (const group of groups) {
    const events = group.events.slice(0, Math.max(0, free));
    const readiness = group.readiness.slice(0, Math.max(0, free - events.length));
    const count = events.length + readiness.length;
    if (count > 0) drawn.push({ ...group, events, readiness });
    free -= count;
    left += group.events.length + group.readiness.length - count;
  }
  return { drawn, left };
}

/** "2 changes of readiness, 1 observed again". */
function readinessWords(told: readonly ToldEvent[]): string {
  const again = told.filter(({ event }) => isObservedAgain(event)).length;
  const moved = told.length - again;
  return [
    ...(moved === 0 ? [] : [moved === 1 ? '1 change of readiness' : `${moved} changes of readiness`]),
    ...(again === 0 ? [] : [`${again} observed again`]),
  ].join(', ');
}
