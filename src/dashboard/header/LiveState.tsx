import { clsx } from 'clsx';
import { useSyncExternalStore } from 'react';
import { fixFor } from '../../contract/fault-fix.ts';
import type { PageStart } from '../../contract/local-server.ts';
import type { ReadFault } from '../../contract/read-fault.ts';
import { type LiveWord, liveStatus } from '../../live/poll-status.ts';
import { readAtHere } from '../../live/table-clock.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ageText, spanText } from '../elements/age-text.ts';
import { useClock } from '../elements/clock.ts';
import { fixContext } from '../elements/fix-context.ts';
import type { LiveReading, TableWatch } from '../state/live-reading.ts';
import { hourlyText } from './cost-text.ts';

/** Shape besides colour: full, hollow, bars, cross-bar. */
const LOOK = {
  Loading: 'border-2 border-edge bg-transparent',
  Live: 'bg-good',
  Paused: 'rounded-none border-x-3 border-dim bg-transparent',
  Stale: 'border-2 border-warning bg-transparent',
  Offline: 'rounded-none bg-error',
} satisfies Record<LiveWord, string>;

const WORD_COLOUR = {
  Loading: 'text-dim',
  Live: 'text-good',
  Paused: 'text-dim',
  Stale: 'text-warning',
  Offline: 'text-error',
} satisfies Record<LiveWord, string>;

/** What is on the screen where it is not the table as this visit has read it, and how that is said. */
export type ShownFrom = 'earlier visit' | 'part' | 'nothing';

const SHOWN_FROM = {
  'earlier visit': 'shown is an earlier visit',
  part: 'still reading: not all is shown yet',
  // As everybody sees.
  nothing: null,
} satisfies Record<ShownFrom, string | null>;

interface LiveStateProps {
  readonly start: PageStart;
  readonly watch: Pick<TableWatch, 'latest'>;
  readonly live: LiveReading;
  /** Null: the table, as it was read last. */
  readonly shownFrom: ShownFrom | null;
}

/**
 * Live, Paused, Stale or Offline, and how old the data are. The only part of the page that is drawn every second. Of
 * its text a screen reader is told the word and the reason, when they change; the seconds are for the eye.
 */
export function LiveState({ start, watch, live, shownFrom }: LiveStateProps) {
  const now = useClock();
  const online = useOnline();
  const { paused } = live;
  const reading = watch.latest.get();
  const { pollIntervalMs, source } = start;
  const judged = liveStatus({ reading, paused, online, callsAws: source.kind === 'aws', pollIntervalMs, now });
  // The table has been read, and what is said of it is still being worked out.
  const status = judged.word === 'Live' && shownFrom !== null ? ({ word: 'Loading', reason: null } as const) : judged;
  const fault = reading?.fault ?? null;
  const from = shownFrom === null ? null : SHOWN_FROM[shownFrom];
  const wholeFault = reading?.wholeFault ?? null;
  const titleOf = (of: ReadFault): string => fixFor(of, fixContext(start)).title;
  const failed =
    fault !== null ? titleOf(fault) : wholeFault !== null ? `only changes are read: ${titleOf(wholeFault)}` : null;
  const reason = status.reason ?? (failed === null || paused ? from : failed);
  const table = reading?.table ?? null;
  const next = reading !== null && fault !== null && !paused ? nextTry(reading.endedAt + reading.pauseMs - now) : null;
  const age = table === null ? null : `updated ${ageText(now - readAtHere(table))}`;
  const details = [age, next].filter((words) => words !== null).join(' · ');
  // Not of what costs nothing: the panel behind the table's name says that.
  const cost = next === null && table !== null && start.readUnitsPerHour !== null ? hourlyText(table, start) : null;

  return (
    <div
      role="status"
      title={table === null ? undefined : `Looks for changes every ${spanText(pollIntervalMs)}`}
      // Of what stands beside, the table's name can be cut.
      className={clsx(
        'flex items-center gap-2 whitespace-nowrap',
        reason === null ? 'shrink-0' : 'min-w-0 max-xl:shrink-0',
      )}
    >
      <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-full', LOOK[status.word])} />
      <span className={clsx('font-semibold', WORD_COLOUR[status.word])}>{status.word}</span>
      {reason !== null && (
        <span className="min-w-0 max-w-64 truncate max-xl:max-w-40 text-xs text-ink">{shownText(reason)}</span>
      )}
      {details !== '' && (
        <span
          aria-hidden="true"
          className={clsx(
            'shrink-0 text-xs text-dim tabular-nums',
            // The reason comes first; the notice of a failure says the rest, too.
            reason === null ? 'max-xl:hidden' : 'max-2xl:hidden',
          )}
        >
          {shownText(details)}
          {/* On a small screen the names come first. */}
          {cost !== null && (
            <span className="max-2xl:hidden">
              {' · '}
              {shownText(cost)}
            </span>
          )}
        </span>
      )}
    </div>
  );
}

function nextTry(inMs: number): string {
  const span = spanText(inMs);
  return span === '' ? 'trying now' : `next try in ${span}`;
}

function subscribeToNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** What the browser says of the network. False is certain; true only means that there is some network. */
function useOnline(): boolean {
  return useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
}
