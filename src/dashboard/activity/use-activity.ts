import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { activityLog } from '../../live/activity-log.ts';
import { laterPart, vault } from '../../live/server-secret.ts';
import type { TableData } from '../../live/table-data.ts';
import type { Watched } from '../../live/watched.ts';
import type { Activity } from '../../views/activity/activity.ts';
import { countUnseen, unseenNews } from '../../views/activity/event-groups.ts';
import type { News } from '../../views/matrix/news.ts';

const browserStores = laterPart(() => import('../../live/browser-store.ts'));

/** What changed in the watched table. */
export interface WatchedActivity {
  /** Null until the first reading is in it. */
  readonly activity: Activity | null;
  /** Without what only says that a roll-out moves on. */
  readonly unseen: number;
  readonly markSeen: () => void;
}

/**
 * Hands every reading to the history and says what is in it. For the one component that lays out the page.
 *
 * @param news gets what earlier visits left unseen, once: the matrix marks it, whether the page was reloaded or not
 */
export function useActivity(start: PageStart, table: TableData | null, news: Watched<News>): WatchedActivity {
  const [log] = useState(() =>
    // What IndexedDB needs is loaded beside the first reading, not before it.
    activityLog(start, async (name) => (await browserStores()).browserStore(name, vault)),
  );
  useEffect(() => {
    if (table !== null) log.take(table);
  }, [log, table]);
  const activity = useSyncExternalStore(log.activity.subscribe, log.activity.get);
  const recalled = useRef(false);
  useEffect(() => {
    if (activity === null || recalled.current) return;
    recalled.current = true;
    const earlier = unseenNews(activity);
    if (earlier.size > 0) news.set(new Map([...earlier, ...news.get()]));
  }, [activity, news]);
  const unseen = useMemo(() => (activity === null ? 0 : countUnseen(activity)), [activity]);
  const markSeen = useCallback(() => log.markSeen(), [log]);
  return useMemo(() => ({ activity, unseen, markSeen }), [activity, unseen, markSeen]);
}
