import type { News } from '../matrix/news.ts';
import type { Activity } from './activity.ts';

/** How many changes nobody has marked as seen, without those that only say that a roll-out moves on. */
export function countUnseen({ events, letGo, seen }: Activity): number {
  return events.slice(Math.max(0, seen - letGo)).filter(({ readinessOnly }) => !readinessOnly).length;
}

/** What of the unseen arrived or changed before this page watched the table, and has not left it since. */
export function unseenNews({ events, letGo, seen, watchedFrom }: Activity): News {
  const news = new Map<string, 'new' | 'changed'>();
  for (const { kind, fragment, readinessOnly } of events.slice(
    Math.max(0, seen - letGo),
    Math.max(0, watchedFrom - letGo),
  )) {
    if (kind === 'vanished') news.delete(fragment);
    else if (!readinessOnly && news.get(fragment) !== 'new') news.set(fragment, kind);
  }
  return news;
}
