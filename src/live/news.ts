import type { FragmentChange } from '../release/item/fragment-change.ts';
import type { News } from '../views/matrix/news.ts';

export const NO_NEWS: News = new Map();

/**
 * The news after one more reading: what arrived stays new although it changes again, and what left the table is no
 * news any more. The same map where nothing happened.
 */
export function addNews(news: News, change: FragmentChange | undefined): News {
  if (change === undefined || change.come.length + change.gone.length === 0) return news;
  const next = new Map(news);
  const gone = new Set(change.gone.map(({ id }) => id));
  for (const { id } of change.come)
    if (!gone.delete(id)) next.set(id, 'new');
    else if (next.get(id) !== 'new') next.set(id, 'changed');
  for (const id of gone) next.delete(id);
  return next;
}

/** The news without what was looked at. The same map where none of it was news. */
export function withoutSeen(news: News, seen: readonly string[]): News {
  if (!seen.some((id) => news.has(id))) return news;
  const next = new Map(news);
  for (const id of seen) next.delete(id);
  return next.size === 0 ? NO_NEWS : next;
}
