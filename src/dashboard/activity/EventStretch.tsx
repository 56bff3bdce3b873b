import { ChevronRight } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { EventLine as Line, LineSection } from '../../views/activity/activity-answer.ts';
import { isObservedAgain } from '../../views/activity/event-groups.ts';
import { Button } from '../elements/Button.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { EventLine } from './EventLine.tsx';
import { momentText } from './moment-text.ts';

interface EventStretchProps {
  readonly title: string;
  /** Said where there is none; null: then nothing of it is shown. */
  readonly empty: string | null;
  readonly section: LineSection;
  /** Somebody wants to see more of it. */
  readonly onMore: () => void;
  readonly onGo: OnGo;
}

/** A stretch of the history, by the readings that found its changes. */
export function EventStretch({ title, empty, section, onMore, onGo }: EventStretchProps) {
  const { groups, count, left } = section;
  if (count === 0 && empty === null) return null;
  const drawLine = (line: Line) => <EventLine key={line.position} line={line} onGo={onGo} />;
  return (
    <section aria-label={shownText(title)}>
      <h2 className="sticky top-0 z-10 flex h-9 items-center gap-2 border-b border-rule bg-panel px-4 text-[13px] font-semibold">
        {shownText(title)}
        <span className="font-normal text-dim tabular-nums">{count.toLocaleString('en')}</span>
      </h2>
      {count === 0 && <p className="px-4 py-3 text-[13px] text-dim">{empty && shownText(empty)}</p>}
      {groups.map(({ at, events, readiness }) => (
        <div key={`${at}\n${events[0]?.position ?? readiness[0]?.position}`} className="border-b border-rule py-1.5">
          <h3 className="px-4 text-[11.5px] leading-5 text-dim tabular-nums">
            <time dateTime={at}>{momentText(at)}</time>
          </h3>
          {events.length > 0 && <ul aria-label={`Changes at ${momentText(at)}`}>{events.map(drawLine)}</ul>}
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
              <ul aria-label={`Changes of readiness at ${momentText(at)}`}>{readiness.map(drawLine)}</ul>
            </details>
          )}
        </div>
      ))}
      {left > 0 && (
        <Button look="quiet" className="mt-2 ml-2" onClick={onMore}>
          {`Show more (${left.toLocaleString('en')} left)`}
        </Button>
      )}
    </section>
  );
}

/** "2 changes of readiness, 1 observed again". */
function readinessWords(lines: readonly Line[]): string {
  const again = lines.filter(isObservedAgain).length;
  const moved = lines.length - again;
  return [
    ...(moved === 0 ? [] : [moved === 1 ? '1 change of readiness' : `${moved} changes of readiness`]),
    ...(again === 0 ? [] : [`${again} observed again`]),
  ].join(', ');
}
