import { useEffect, useState } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { tableName } from '../../live/activity-log.ts';
import { lastState } from '../../live/last-state.ts';
import { laterPart, vault } from '../../live/server-secret.ts';
import type { TableData } from '../../live/table-data.ts';

const lastStateStores = laterPart(() => import('../../live/last-state-store.ts'));

/** What an earlier visit has left, until this one has read the table. */
export interface EarlierState {
  /** Null: there is none, or it is not known yet. */
  readonly table: TableData | null;
  /** It is still being looked for. */
  readonly looking: boolean;
}

const NOTHING: EarlierState = { table: null, looking: false };

/**
 * Looks for the state that the last visit to this table has kept, and keeps that of this visit.
 *
 * @param latest the last good reading of this visit; null: none yet
 */
export function useLastState(start: PageStart, latest: TableData | null): EarlierState {
  const [state] = useState(() =>
    // What IndexedDB needs is loaded beside the first reading, not before it.
    lastState(start, async () => (await lastStateStores()).openLastState(tableName(start), vault), whenIdle),
  );
  // The embedded table is filled anew whenever the server starts, and read in no time.
  const isKept = start.source.kind !== 'embedded';
  const [earlier, setEarlier] = useState<EarlierState>({ table: null, looking: isKept });
  const hasRead = latest !== null;
  useEffect(() => {
    if (hasRead || !isKept) return setEarlier(NOTHING);
    const stop = new AbortController();
    state.load(stop.signal).then((table) => {
      if (!stop.signal.aborted) setEarlier({ table, looking: false });
    });
    return () => stop.abort();
  }, [state, hasRead, isKept]);
  useEffect(() => {
    if (latest !== null && isKept) void state.keep(latest);
  }, [state, latest, isKept]);
  return earlier;
}

/** Longest time that keeping waits for a quiet moment, milliseconds. */
const IDLE_LIMIT_MS = 10_000;

/** Safari has no idle callback. */
function whenIdle(): Promise<void> {
  return new Promise((resume) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resume(), { timeout: IDLE_LIMIT_MS });
    else setTimeout(resume, 1_000);
  });
}
