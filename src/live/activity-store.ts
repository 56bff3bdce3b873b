import { MAX_ACTIVITY_EVENTS } from '../limits/limits.ts';
import { type ChangeEvent, type KeptEvents, keepEvents } from '../release/history/changes.ts';
import type { Item } from '../release/item/item.ts';
import type { History } from '../views/activity/activity.ts';

/** What a release held when it was last read. */
export interface ReleaseState {
  readonly readAt: string;
  /** Compact items; null: not kept. */
  readonly items: readonly Item[] | null;
}

/** The memory of one table, shared by all tabs that watch it. */
export interface ActivityStore {
  /** @returns null where the table was never read before */
  load(): Promise<History | null>;
  /** Tags of the releases that it knows the state of. */
  releases(): Promise<readonly string[]>;
  /**
   * Puts new states in place of the old ones and tells the difference, as one act: of two tabs that saw the same
   * change only the first tells it.
   *
   * @param states by tag; an empty list: the release is gone
   * @param tell called once per release, with its old state (undefined: there was none); it must not wait for anything
   */
  exchange(
    states: ReadonlyMap<string, ReleaseState>,
    tell: (tag: string, before: ReleaseState | undefined) => readonly ChangeEvent[],
  ): Promise<readonly ChangeEvent[]>;
  add(events: readonly ChangeEvent[], readAt: string): Promise<History>;
  markSeen(): Promise<History>;
}

/** The history with what happened since; without one, its beginning. */
export function withEvents(history: History | null, events: readonly ChangeEvent[], readAt: string): History {
  const before = history ?? { events: [], letGo: 0, seen: 0, seenAt: readAt, readAt };
  const latest = before.readAt > readAt ? before.readAt : readAt;
  return { ...before, ...keepEvents(before, events, MAX_ACTIVITY_EVENTS), readAt: latest };
}

/** The history after somebody has marked all of it as seen. */
export function allSeen(history: History | null): History {
  const now = history ?? withEvents(null, [], '');
  return { ...now, seen: positionOf(now), seenAt: now.readAt };
}

/** How many events have ever happened: the position after the last one. */
export function positionOf({ letGo, events }: KeptEvents): number {
  return letGo + events.length;
}

/** Longest time by which another tab's reading can be ahead, milliseconds; beyond it a clock was put back. */
const AHEAD_MS = 60_000;

/** Whether another tab has already stored a later reading. */
export function isOlder(state: ReleaseState, than: ReleaseState | undefined): boolean {
  if (than === undefined) return false;
  const ahead = Date.parse(than.readAt) - Date.parse(state.readAt);
  return ahead > 0 && ahead < AHEAD_MS;
}

const NOT_KEPT: ReleaseState = { readAt: '', items: null };

/** A memory that ends with the page, for browsers that let it keep nothing. @param history what is known already */
export function memoryStore(history: History | null): ActivityStore {
  let kept = history;
  return {
    load: async () => kept,
    releases: async () => [],
    exchange: async (states, tell) => [...states.keys()].flatMap((tag) => tell(tag, NOT_KEPT)),
    async add(events, readAt) {
      kept = withEvents(kept, events, readAt);
      return kept;
    },
    async markSeen() {
      kept = allSeen(kept);
      return kept;
    },
  };
}
