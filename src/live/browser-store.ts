import { MAX_ACTIVITY_TABLES } from '../limits/limits.ts';
import type { ChangeEvent } from '../release/history/changes.ts';
import type { History } from '../views/activity/activity.ts';
import { type ActivityStore, allSeen, isOlder, type ReleaseState, withEvents } from './activity-store.ts';
import { forgetOldTables, ofTable, openKeptTables } from './kept-tables.ts';
import type { Vault } from './server-secret.ts';

const DATABASE = 'release-matrix-activity';
/** Counts up when the form of what is stored changes: what is of an older form is then let go. */
const FORM = 4;

/** A release: its tag by itself, as all of them are wanted by name, and what it held. Both sealed. */
interface SealedRelease {
  readonly tag: Uint8Array;
  readonly state: Uint8Array;
}

/**
 * The memory that the browser keeps, in IndexedDB. All of it is sealed, and its keys tell nothing: what the page keeps is
 * open to whatever is served at its address next. What was kept under another secret is let go.
 *
 * A transaction of IndexedDB ends while something else is waited for, and sealing is waited for. So what is exchanged is
 * read, made, and only put in place where nobody else has put something there meanwhile; else it is made again.
 *
 * @param tableName names the table and its source
 * @throws as `openKeptTables`
 */
export async function browserStore(tableName: string, vault: Vault): Promise<ActivityStore> {
  const database = await openKeptTables<SealedRelease>(DATABASE, FORM);
  const table = await vault.nameOf(tableName);
  // What this program has sealed has this program's form.
  const historyOf = async (sealed: Uint8Array | undefined): Promise<History | null> =>
    JSON.parse((await vault.open(sealed)) ?? 'null');
  const stateOf = async (sealed: SealedRelease | undefined): Promise<ReleaseState | undefined> =>
    JSON.parse((await vault.open(sealed?.state)) ?? 'null') ?? undefined;
  await forgetOldTables(
    database,
    table,
    async (of) => (await historyOf(await database.get('tables', of)))?.readAt,
    MAX_ACTIVITY_TABLES,
  );

  const change = async (make: (history: History | null) => History): Promise<History> => {
    for (;;) {
      const before = await database.get('tables', table);
      const next = make(await historyOf(before));
      const sealed = await vault.seal(JSON.stringify(next));
      const transaction = database.transaction('tables', 'readwrite');
      const isFirst = isSame(await transaction.store.get(table), before);
      if (isFirst) await transaction.store.put(sealed, table);
      await transaction.done;
      if (isFirst) return next;
    }
  };

  /** @returns the events of the releases that were exchanged, and the names of those to be tried again */
  const exchangeOnce = async (
    states: readonly (readonly [name: string, tag: string, state: ReleaseState])[],
    tell: (tag: string, before: ReleaseState | undefined) => readonly ChangeEvent[],
  ) => {
    const reading = database.transaction('releases');
    const found = await Promise.all(states.map(([name]) => reading.store.get([table, name])));
    const made = await Promise.all(
      states.map(async ([name, tag, state], at) => {
        const before = await stateOf(found[at]);
        if (isOlder(state, before)) return null;
        const sealed =
          state.items?.length === 0
            ? null
            : { tag: await vault.seal(JSON.stringify(tag)), state: await vault.seal(JSON.stringify(state)) };
        return { name, sealed, before: found[at], events: tell(tag, before) };
      }),
    );
    const transaction = database.transaction('releases', 'readwrite');
    const events: ChangeEvent[] = [];
    const again = new Set<string>();
    const puts = made.map(async (each) => {
      if (each === null) return [];
      const key: [string, string] = [table, each.name];
      if (!isSame((await transaction.store.get(key))?.state, each.before?.state)) {
        again.add(each.name);
        return [];
      }
      if (each.sealed === null) await transaction.store.delete(key);
      else await transaction.store.put(each.sealed, key);
      return each.events;
    });
    const [told] = await Promise.all([Promise.all(puts), transaction.done]);
    events.push(...told.flat());
    return { events, again };
  };

  return {
    load: async () => historyOf(await database.get('tables', table)),
    async releases() {
      const sealed = await database.getAll('releases', ofTable(table));
      const tags = await Promise.all(sealed.map(({ tag }) => vault.open(tag)));
      return tags.flatMap((tag): string[] => (tag === null ? [] : [JSON.parse(tag)]));
    },
    async exchange(states, tell) {
      const events: ChangeEvent[] = [];
      let left = await Promise.all(
        [...states].map(async ([tag, state]) => [await vault.nameOf(tag), tag, state] as const),
      );
      while (left.length > 0) {
        const { events: told, again } = await exchangeOnce(left, tell);
        events.push(...told);
        left = left.filter(([name]) => again.has(name));
      }
      return events;
    },
    add: (events, readAt) => change((history) => withEvents(history, events, readAt)),
    markSeen: () => change(allSeen),
  };
}

/** Whether nobody has put something else in place: each sealing begins with random bytes of its own. */
function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((byte, at) => at >= SEAL_START || byte === other[at]);
}

const SEAL_START = 12;
