import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { PageStart } from '../../store/local-server.ts';
import type { TableData } from '../reading/table-data.ts';
import { type Activity, activityLog } from './activity-log.ts';
import { countUnseen } from './event-groups.ts';

/** What changed in the watched table. */
export interface WatchedActivity {
  /** Null until the first reading is in it. */
  readonly activity: Activity | null;
  /** Without what only says that a roll-out moves on. */
  readonly unseen: number;
  readonly markSeen: () => void;
}

/** Hands every reading to the history and says what is in it. For the one component that lays out the page. */
export function useActivity(start: PageStart, table: TableData | null): WatchedActivity {
  const [log] = useState(() =>
    // What IndexedDB needs is loaded beside the first reading, not before it.
    activityLog(start, async (name) => (await import('./browser-store.ts')).browserStore(name)),
  );
  useEffect(() => {
    if (table !== null) log.take(table);
  }, [log, table]);
  const activity = useSyncExternalStore(log.activity.subscribe, log.activity.get);
  const unseen = useMemo(() => (activity === null ? 0 : countUnseen(activity)), [activity]);
  const markSeen = useCallback(() => log.markSeen(), [log]);
  return useMemo(() => ({ activity, unseen, markSeen }), [activity, unseen, markSeen]);
}
