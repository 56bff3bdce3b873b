import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { faultFrom } from '../../contract/read-fault.ts';
import { addNews, NO_NEWS, withoutSeen } from '../../live/news.ts';
import { isOverdue, pauseMs, type Reading } from '../../live/poll-status.ts';
import { NOTHING_SHOWN, type ShownReleases } from '../../live/shown-releases.ts';
import type { TablePart } from '../../live/table-data.ts';
import type { TableReader } from '../../live/table-reader.ts';
import { type Watched, watched } from '../../live/watched.ts';
import { backOffMs, paceAfter } from '../../store/back-off.ts';
import type { ReadProgress } from '../../store/read-table.ts';
import type { News } from '../../views/matrix/news.ts';

/** The table as it is watched: made once per page. */
export interface TableWatch {
  readonly reader: TableReader;
  readonly pollIntervalMs: number;
  /** Of the reading under way; null: there is none. */
  readonly progress: Watched<ReadProgress | null>;
  /** Of the first reading, while it is under way; null: nothing yet, or it has ended. */
  readonly part: Watched<TablePart | null>;
  readonly news: Watched<News>;
  /** What somebody looks at, which is read more often. */
  readonly shown: Watched<ShownReleases>;
  /** Somebody has asked for a reading of the whole table, which has not been made yet. */
  readonly wholeAsked: Watched<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
}

/** @param context the clock and the dice of the back-off; the real ones where left out */
export function tableWatch(
  reader: TableReader,
  pollIntervalMs: number,
  context: { readonly now: () => number; readonly random: () => number } = { now: Date.now, random: Math.random },
): TableWatch {
  return {
    reader,
    pollIntervalMs,
    progress: watched<ReadProgress | null>(null),
    part: watched<TablePart | null>(null),
    news: watched(NO_NEWS),
    shown: watched(NOTHING_SHOWN),
    wholeAsked: watched(false),
    ...context,
  };
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
  try {
    const wishes = { whole: watch.wholeAsked.get(), shown: watch.shown.get() };
    const { table, wholeFault, slowMs } = await watch.reader.read(
      before?.table ?? null,
      watch.progress.set,
      signal,
      wishes,
      watch.part.set,
    );
    if (wishes.whole) watch.wholeAsked.set(false);
    watch.news.set(addNews(watch.news.get(), table.change));
    const endedAt = watch.now();
    const pause = Math.max(pauseMs(watch.pollIntervalMs, endedAt - startedAt), watch.reader.restMs());
    return { table, fault: null, wholeFault, slowMs, failures: 0, startedAt, endedAt, pauseMs: pause };
  } catch (error) {
    signal.throwIfAborted();
    const fault = faultFrom(error);
    const failures = (before?.failures ?? 0) + 1;
    const backOff = backOffMs(fault, failures, watch.pollIntervalMs, watch.random);
    const endedAt = watch.now();
    // A try that nobody answered has been a pause itself.
    const ownPause = paceAfter(fault) === 'outage' ? pauseMs(backOff, endedAt - startedAt) : backOff;
    const pause = Math.max(ownPause, watch.reader.restMs());
    const table = before?.table ?? null;
    return { table, fault, wholeFault: null, slowMs: null, failures, startedAt, endedAt, pauseMs: pause };
  } finally {
    watch.progress.set(null);
    watch.part.set(null);
  }
}

/** By which the query cache reads the table again and again. */
export function readingOptions(watch: TableWatch, client: QueryClient, paused: boolean) {
  return queryOptions<Reading>({
    queryKey: QUERY_KEY,
    queryFn: ({ signal }) => tryReading(watch, client, signal),
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

/** The watched table, for the one component that lays out the page. */
export interface LiveReading {
  /** Null until the first try has ended. */
  readonly reading: Reading | null;
  readonly news: News;
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
  /** Reads the whole table now, whatever the beat; after the poll under way, if there is one. */
  readonly readNow: () => void;
  readonly seen: (fragmentIds: readonly string[]) => void;
  readonly allSeen: () => void;
}

/** Reads the table again and again while the tab is seen, and keeps the last good reading through every fault. */
export function useLiveReading(watch: TableWatch): LiveReading {
  const client = useQueryClient();
  const [paused, setPaused] = useState(false);
  const { data, refetch } = useQuery(readingOptions(watch, client, paused));
  const news = useSyncExternalStore(watch.news.subscribe, watch.news.get);

  const readNow = useCallback(async () => {
    watch.wholeAsked.set(true);
    await refetch({ cancelRefetch: false });
    // A poll was under way, which did not know yet.
    if (watch.wholeAsked.get() && client.getQueryData<Reading>(QUERY_KEY)?.fault === null) await refetch();
  }, [watch, client, refetch]);
  const seen = useCallback((ids: readonly string[]) => watch.news.set(withoutSeen(watch.news.get(), ids)), [watch]);
  const allSeen = useCallback(() => watch.news.set(NO_NEWS), [watch]);
  const reading = data ?? null;
  return useMemo(
    () => ({ reading, news, paused, setPaused, readNow: () => void readNow(), seen, allSeen }),
    [reading, news, paused, readNow, seen, allSeen],
  );
}

/** How far the reading under way has come; null: none is. Only what shows it should ask. */
export function useProgress(watch: TableWatch): ReadProgress | null {
  return useSyncExternalStore(watch.progress.subscribe, watch.progress.get);
}
