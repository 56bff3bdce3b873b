import type { PageStart } from '../contract/local-server.ts';
import { MAX_ACTIVITY_FRAGMENTS } from '../limits/limits.ts';
import { type ChangeEvent, changesBetween } from '../release/history/changes.ts';
import { type Fragment, readItems } from '../release/item/fragment.ts';
import type { FragmentChange } from '../release/item/fragment-change.ts';
import type { Item } from '../release/item/item.ts';
import { sortReleases } from '../release/item/release.ts';
import { groupBy } from '../release/text/group-by.ts';
import type { Activity } from '../views/activity/activity.ts';
import { type ActivityStore, memoryStore, positionOf, type ReleaseState } from './activity-store.ts';
import { changeTrail } from './change-trail.ts';
import { compactItem, textDigest } from './compact-item.ts';
import type { TableData } from './table-data.ts';
import { type Watched, watched } from './watched.ts';

export interface ActivityLog {
  /** Null until the first reading is in it. */
  readonly activity: Watched<Activity | null>;
  /** Takes a reading; the same one again is nothing. Readings are worked off one after the other. */
  take(table: TableData): void;
  markSeen(): void;
  /** When everything handed over so far is in it. */
  settled(): Promise<void>;
}

/** How many releases are exchanged at once, between which the page gets its turn. */
const BATCH = 40;

/** How often a reading without a change is noted, milliseconds: until then an earlier one passes for the last visit's. */
const NOTE_READING_MS = 60_000;

/** What names a table in the history. Nothing of credentials: of the profile's name only a digest, of an emulator's key its id. */
export function tableName({ source, table, region }: Pick<PageStart, 'source' | 'table' | 'region'>): string {
  return JSON.stringify([...whereOf(source), region, table]);
}

function whereOf(source: PageStart['source']): readonly string[] {
  switch (source.kind) {
    case 'embedded':
      return [source.kind, source.data];
    case 'loopback':
      return [source.kind, source.endpoint, source.keyId];
    case 'aws':
      return [source.kind, source.endpoint, textDigest(source.profile ?? '')];
    case 'file':
      return [source.kind, source.asOf];
  }
}

/** @param open gets at what is kept; where it fails, the log lives as long as the page and says so */
export function activityLog(start: PageStart, open: (table: string) => Promise<ActivityStore>): ActivityLog {
  const activity = watched<Activity | null>(null);
  let store: ActivityStore | null = null;
  let trouble: string | null = null;
  let before: TableData | null = null;
  let latest: TableData | null = null;
  /** What the last reading brought another tab may have been the first to see, and have told only after it was looked at. */
  let looksAgain = false;
  const trail = changeTrail();
  let work = Promise.resolve();

  const fallBack = (error: unknown) => {
    trouble = `This browser stores nothing for the page (${error instanceof Error ? error.message : String(error)}): activity is lost when the page is closed.`;
    store = memoryStore(activity.get());
    return store;
  };

  const absorb = async (into: ActivityStore, table: TableData, change: FragmentChange | undefined) => {
    const known = activity.get();
    const history = known ?? (await into.load());
    const moved = change === undefined ? null : releasesIn(change);
    const isDue = known === null || Date.parse(table.readAt) - Date.parse(known.readAt) >= NOTE_READING_MS;
    // A poll that found nothing changed: nothing is sorted for it.
    if (known !== null && moved?.length === 0) {
      before = table;
      if (!looksAgain && !isDue) return;
    }
    looksAgain = moved?.length !== 0;
    const now = byRelease(table);
    const tags = moved ?? [...now.keys(), ...(await into.releases())];
    const batches = statesOf(tags, now, table);
    // At the very first visit there is nothing that could have changed.
    const tell = history === null ? () => [] : teller(before === null ? null : byRelease(before), now, table);
    const events: ChangeEvent[] = [];
    for (const batch of batches) {
      events.push(...(await into.exchange(batch, tell)));
      await new Promise((resume) => setTimeout(resume, 0));
    }
    // The demo's table is filled anew whenever its server starts: that is another table, not news.
    const isAnother = known === null && start.source.kind === 'embedded' && isMostlyOther(events, table);
    const next = await into.add(isAnother ? [] : events, table.readAt);
    before = table;
    // Looked again, and no other tab has told anything.
    if (known !== null && !isDue && moved?.length === 0 && positionOf(next) === positionOf(known)) return;
    activity.set({
      ...next,
      watchedFrom: known?.watchedFrom ?? positionOf(next),
      lastVisitAt: known === null ? (history === null || isAnother ? null : history.readAt) : known.lastVisitAt,
      trouble,
    });
  };

  /** Whatever waited meanwhile is in the newest reading. */
  const next = async () => {
    const table = latest;
    if (table === null || table === before) return;
    const change = trail.since(before?.fragments);
    store ??= await open(tableName(start)).catch(fallBack);
    await absorb(store, table, change).catch((error: unknown) => absorb(fallBack(error), table, change));
  };

  return {
    activity,
    take(table) {
      if (table === latest) return;
      trail.add(table);
      latest = table;
      work = work.then(next);
    },
    markSeen() {
      work = work.then(async () => {
        const known = activity.get();
        if (known === null || store === null) return;
        const history = await store.markSeen().catch((error: unknown) => fallBack(error).markSeen());
        activity.set({ ...known, ...history, trouble });
      });
    },
    settled: () => work,
  };
}

/** The fragments of a reading by release. */
type ByRelease = ReadonlyMap<string, readonly Fragment[]>;

const byRelease = (table: TableData | null): ByRelease => groupBy(table?.fragments ?? [], ({ release }) => release);

/** The new states of all releases that may have changed, in batches; at the first reading these are all. */
function statesOf(tags: readonly string[], now: ByRelease, table: TableData): Map<string, ReleaseState>[] {
  const kept = new Set<string>();
  let room = MAX_ACTIVITY_FRAGMENTS;
  for (const { tag } of sortReleases(now.keys())) {
    room -= now.get(tag)?.length ?? 0;
    if (room < 0) break;
    kept.add(tag);
  }
  const states = [...new Set(tags)].map((tag): [string, ReleaseState] => {
    const fragments = now.get(tag) ?? [];
    const isKept = kept.has(tag) || fragments.length === 0;
    const items = isKept ? fragments.map(({ item }) => compactItem(item, table.keyNames)) : null;
    return [tag, { readAt: table.readAt, items }];
  });
  const batches: Map<string, ReleaseState>[] = [];
  for (let at = 0; at < states.length; at += BATCH) batches.push(new Map(states.slice(at, at + BATCH)));
  return batches;
}

function releasesIn({ come, gone }: FragmentChange): string[] {
  return [...come, ...gone].map(({ release }) => release);
}

/** Tells what happened to a release: against what is kept of it, else against the reading before. */
function teller(before: ByRelease | null, now: ByRelease, { keyNames, policy, readAt }: TableData) {
  const read = (items: Iterable<Item>) => readItems(items, keyNames, policy.policy.environments).fragments;
  return (tag: string, state: ReleaseState | undefined): readonly ChangeEvent[] => {
    const fragments = now.get(tag) ?? [];
    if (state?.items === null) {
      return before === null ? [] : changesBetween(before.get(tag) ?? [], fragments, readAt);
    }
    const compact = fragments.map(({ item }) => compactItem(item, keyNames));
    return changesBetween(read(state?.items ?? []), read(compact), readAt);
  };
}

/** More than half of what was known is other or gone. */
function isMostlyOther(events: readonly ChangeEvent[], { fragments }: TableData): boolean {
  const arrived = events.filter(({ kind }) => kind === 'new').length;
  const vanished = events.filter(({ kind }) => kind === 'vanished').length;
  const known = fragments.length - arrived + vanished;
  return events.length - arrived > known / 2;
}
