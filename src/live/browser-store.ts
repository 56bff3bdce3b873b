import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { MAX_ACTIVITY_TABLES } from '../limits/limits.ts';
import type { ChangeEvent } from '../release/history/changes.ts';
import type { History } from '../views/activity/activity.ts';
import { type ActivityStore, allSeen, isOlder, type ReleaseState, withEvents } from './activity-store.ts';
import { tooMany } from './kept-tables.ts';
import type { Vault } from './server-secret.ts';

const DATABASE = 'release-matrix-activity';
/** Counts up when the form of what is stored changes: what is of an older form is then let go. */
const FORM = 3;

/** A release: its tag by itself, as all of them are wanted by name, and what it held. Both sealed. */
interface SealedRelease {
  readonly tag: Uint8Array;
  readonly state: Uint8Array;
}

interface ActivityDatabase extends DBSchema {
  /** By the table; `History` as JSON, sealed. */
  histories: { key: string; value: Uint8Array };
  /** By the table and the release. */
  releases: { key: [table: string, release: string]; value: SealedRelease };
}

/**
 * The memory that the browser keeps, in IndexedDB. All of it is sealed, and its keys tell nothing: what the page keeps is
 * open to whatever is served at its address next. What was kept under another secret is let go.
 *
 * A transaction of IndexedDB ends while something else is waited for, and sealing is waited for. So what is exchanged is
 * read, made, and only put in place where nobody else has put something there meanwhile; else it is made again.
 *
 * @param tableName names the table and its source
 * @throws DOMException where the browser does not let the page keep anything: a private window, storage switched off
 */
export async function browserStore(tableName: string, vault: Vault): Promise<ActivityStore> {
  const database = await openDB<ActivityDatabase>(DATABASE, FORM, {
    upgrade(opened) {
      for (const name of [...opened.objectStoreNames]) opened.deleteObjectStore(name);
      opened.createObjectStore('histories');
      opened.createObjectStore('releases');
    },
    // Another tab with a newer program wants to change the form: it must not wait for this one.
    blocking: (_from, _to, { target }) => {
      if (target instanceof IDBDatabase) target.close();
    },
  });
  const table = await vault.nameOf(tableName);
  // What this program has sealed has this program's form.
  const historyOf = async (sealed: Uint8Array | undefined): Promise<History | null> =>
    JSON.parse((await vault.open(sealed)) ?? 'null');
  const stateOf = async (sealed: SealedRelease | undefined): Promise<ReleaseState | undefined> =>
    JSON.parse((await vault.open(sealed?.state)) ?? 'null') ?? undefined;
  await forgetOldTables(
    database,
    table,
    async (name) => (await historyOf(await database.get('histories', name)))?.readAt,
  );

  const change = async (make: (history: History | null) => History): Promise<History> => {
    for (;;) {
      const before = await database.get('histories', table);
      const next = make(await historyOf(before));
      const sealed = await vault.seal(JSON.stringify(next));
      const transaction = database.transaction('histories', 'readwrite');
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
    load: async () => historyOf(await database.get('histories', table)),
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

/** The keys of a table's releases: no text comes after an array. */
function ofTable(table: string): IDBKeyRange {
  return IDBKeyRange.bound([table], [table, []]);
}

/** Those that cannot be read, and of the others those looked at longest ago. */
async function forgetOldTables(
  database: IDBPDatabase<ActivityDatabase>,
  table: string,
  readAtOf: (table: string) => Promise<string | undefined>,
): Promise<void> {
  const others: { name: string; readAt: string | null }[] = [];
  for (const name of await database.getAllKeys('histories')) {
    if (name !== table) others.push({ name, readAt: (await readAtOf(name)) ?? null });
  }
  for (const { name } of tooMany(others, MAX_ACTIVITY_TABLES - 1)) {
    await database.delete('histories', name);
    await database.delete('releases', ofTable(name));
  }
}
