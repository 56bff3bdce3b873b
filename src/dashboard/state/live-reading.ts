import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { faultOfFields } from '../../contract/read-fault.ts';
import type { Engine, ToldMatrix } from '../../live/engine.ts';
import { isOverdue, pauseAfterPoll, type Reading } from '../../live/poll-status.ts';
import { NOTHING_SHOWN, type ShownReleases } from '../../live/shown-releases.ts';
import { type Watched, watched } from '../../live/watched.ts';
import { backOffMs, paceAfter } from '../../store/back-off.ts';
import type { ReadProgress } from '../../store/read-table.ts';
import { type ShownMatrix, takeUpdate } from '../../views/matrix/matrix-update.ts';

/** What is on the screen of the table: always of one moment. */
export interface Shown extends Pick<ToldMatrix, 'of' | 'table'> {
  readonly matrix: ShownMatrix;
}

/** What of the table is news, by `placeName`. */
export type PlacesOfNews = ReadonlyMap<string, 'new' | 'changed'>;

/** No tag holds a line break. */
export function placeName(release: string, component: string): string {
  return `${release}\n${component}`;
}

/** The table as it is watched: made once per page. */
export interface TableWatch {
  readonly engine: Engine;
  readonly pollIntervalMs: number;
  /** Of the reading under way; null: there is none. */
  readonly progress: Watched<ReadProgress | null>;
  /** How the last try to read ended, to the second; null: none has. Its time is drawn by a clock, not by each poll. */
  readonly latest: Watched<Reading | null>;
  /** Null: nothing has been read yet. `failed`: why nothing can be shown. */
  readonly shown: Watched<Shown | { readonly failed: string } | null>;
  /** Counts up with whatever changes the answers to questions. */
  readonly revision: Watched<number>;
  readonly news: Watched<PlacesOfNews>;
  /** Changes that nobody has looked at, without what only says that a roll-out moves on. */
  readonly unseen: Watched<number>;
  /** What somebody looks at, which is read more often. */
  readonly looked: Watched<ShownReleases>;
  /** Somebody has asked for a reading of the whole table, which has not been made yet. */
  readonly wholeAsked: Watched<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
}

export const NO_PLACES: PlacesOfNews = new Map();

/** @param context the clock and the dice of the back-off; the real ones where left out */
export function tableWatch(
  engine: Engine,
  pollIntervalMs: number,
  context: { readonly now: () => number; readonly random: () => number } = { now: Date.now, random: Math.random },
): TableWatch {
  const watch: TableWatch = {
    engine,
    pollIntervalMs,
    progress: watched<ReadProgress | null>(null),
    latest: watched<Reading | null>(null),
    shown: watched<Shown | { readonly failed: string } | null>(null),
    revision: watched(0),
    news: watched(NO_PLACES),
    unseen: watched(0),
    looked: watched(NOTHING_SHOWN),
    wholeAsked: watched(false),
    ...context,
  };
  const anew = () => watch.revision.set(watch.revision.get() + 1);
  let told = -1;
  engine.listen((message) => {
    switch (message.kind) {
      case 'progress':
        return watch.progress.set(message.progress);
      case 'matrix': {
        const { revision, of, table, update } = message;
        const before = watch.shown.get();
        const known = before === null || 'failed' in before ? null : before.matrix;
        try {
          watch.shown.set({ of, table, matrix: takeUpdate(known, update) });
        } catch (error) {
          return watch.shown.set({ failed: error instanceof Error ? error.message : String(error) });
        }
        if (revision !== told) anew();
        told = revision;
        return;
      }
      case 'news': {
        const places = message.places.map(
          ({ release, component, news }) => [placeName(release, component), news] as const,
        );
        return watch.news.set(places.length === 0 ? NO_PLACES : new Map(places));
      }
      case 'activity':
        watch.unseen.set(message.unseen);
        return anew();
      case 'failed':
        return watch.shown.set({ failed: message.message });
    }
  });
  return watch;
}

const QUERY_KEY = ['table'] as const;

/**
 * One try to read the table. A failure is part of what it returns, not thrown: the cache would show a thrown one only
 * until the next try begins, and forget how many there were; and the last good data must outlive it.
 *
 * @throws only when it was cancelled, so that the cache keeps what it has
 */
async function tryReading(watch: TableWatch, client: QueryClient, signal: AbortSignal): Promise<Reading> {
  const before = client.getQueryData<Reading>(QUERY_KEY) ?? null;
  const startedAt = watch.now();
  const wishes = { whole: watch.wholeAsked.get(), shown: watch.looked.get() };
  const outcome = await watch.engine.read(wishes, signal);
  const endedAt = watch.now();
  if ('fault' in outcome) {
    const fault = faultOfFields(outcome.fault);
    const failures = (before?.failures ?? 0) + 1;
    const backOff = backOffMs(fault, failures, watch.pollIntervalMs, watch.random);
    // A try that nobody answered has been a pause itself.
    const ownPause = paceAfter(fault) === 'outage' ? pauseAfterPoll(backOff, endedAt - startedAt) : backOff;
    const pause = Math.max(ownPause, outcome.restMs);
    const table = before?.table ?? null;
    return { table, fault, wholeFault: null, slowMs: null, failures, startedAt, endedAt, pauseMs: pause };
  }
  if (wishes.whole) watch.wholeAsked.set(false);
  const { table, slowMs, restMs } = outcome;
  const wholeFault = outcome.wholeFault === null ? null : faultOfFields(outcome.wholeFault);
  const pause = Math.max(pauseAfterPoll(watch.pollIntervalMs, endedAt - startedAt), restMs);
  return { table, fault: null, wholeFault, slowMs, failures: 0, startedAt, endedAt, pauseMs: pause };
}

/** By which the query cache reads the table again and again. */
export function readingOptions(watch: TableWatch, client: QueryClient, paused: boolean) {
  return queryOptions<Reading>({
    queryKey: QUERY_KEY,
    async queryFn({ signal }) {
      const reading = await tryReading(watch, client, signal);
      watch.latest.set(reading);
      return reading;
    },
    enabled: !paused,
    // The reader already keeps every unchanged fragment; the cache's own comparison would walk 88,000 fragments with
    // their items once more at each poll, and make new objects of all that hold a changed one.
    structuralSharing: false,
    // Else no reading on loopback while the browser believes itself offline.
    networkMode: 'always',
    // Failed tries are repeated by `refetchInterval`; the SDK repeats single calls. A third layer would multiply them.
    retry: false,
    refetchInterval: ({ state }) => state.data?.pauseMs ?? watch.pollIntervalMs,
    refetchIntervalInBackground: false,
    // When the tab is seen again: at once where a reading was missed, else at its time.
    refetchOnWindowFocus: ({ state }) =>
      state.data === undefined || isOverdue(state.data, watch.now()) ? 'always' : false,
    refetchOnReconnect: 'always',
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * Makes the reading of before stand for one that says the same but for its times and costs, so that nothing is drawn for a
 * poll that found nothing. Whoever shows those takes them from `TableWatch#latest`.
 */
function steadyReading(): (reading: Reading) => Reading {
  let kept: Reading | null = null;
  return (reading) => {
    if (kept === null || toldOf(kept) !== toldOf(reading)) kept = reading;
    return kept;
  };
}

/** What is drawn of a reading once it is there. A failed try is told each time: the next one is counted down to. */
function toldOf({ table, fault, wholeFault, slowMs, endedAt }: Reading): string {
  if (table === null || fault !== null) return `failed at ${endedAt}`;
  const { readAt: _, readUnits: __, tookMs: ___, detection: ____, ...told } = table;
  return JSON.stringify([told, wholeFault?.message, slowMs === null ? null : Math.round(slowMs / 1000)]);
}

/** The watched table, for the one component that lays out the page. */
export interface LiveReading {
  /** It is read again and again; false: what is shown is of one moment, and stays as it is. */
  readonly goesOn: boolean;
  /** Null until the first try has ended. */
  /** The last one, or one before that says the same but for its times and costs. */
  readonly reading: Reading | null;
  readonly news: PlacesOfNews;
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
  /** Reads the whole table now, whatever the interval; after the poll under way, if there is one. */
  readonly readNow: () => void;
  /** Somebody has looked at a cell. */
  readonly seen: (release: string, component: string) => void;
  readonly allSeen: () => void;
}

/** Reads the table again and again while the tab is seen, and keeps the last good reading through every fault. */
export function useLiveReading(watch: TableWatch): LiveReading {
  const client = useQueryClient();
  const [paused, setPaused] = useState(false);
  const [select] = useState(steadyReading);
  const { data, refetch } = useQuery({ ...readingOptions(watch, client, paused), select });
  const news = useSyncExternalStore(watch.news.subscribe, watch.news.get);

  const readNow = useCallback(async () => {
    watch.wholeAsked.set(true);
    await refetch({ cancelRefetch: false });
    // A poll was under way, which did not know yet.
    if (watch.wholeAsked.get() && client.getQueryData<Reading>(QUERY_KEY)?.fault === null) await refetch();
  }, [watch, client, refetch]);
  const seen = useCallback((release: string, component: string) => watch.engine.seen({ release, component }), [watch]);
  const allSeen = useCallback(() => watch.engine.seen(null), [watch]);
  const reading = data ?? null;
  const goesOn = Number.isFinite(watch.pollIntervalMs);
  return useMemo(
    () => ({ goesOn, reading, news, paused, setPaused, readNow: () => void readNow(), seen, allSeen }),
    [goesOn, reading, news, paused, readNow, seen, allSeen],
  );
}

/** How far the reading under way has come; null: none is. Only what shows it should ask. */
export function useProgress({ progress }: TableWatch): ReadProgress | null {
  // Not `useSyncExternalStore`: what is drawn in steps would be drawn at once whenever it moved on meanwhile.
  const [now, setNow] = useState(progress.get);
  useEffect(() => {
    const take = () => setNow(progress.get());
    take();
    return progress.subscribe(take);
  }, [progress]);
  return now;
}
