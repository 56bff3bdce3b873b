import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import {
  type ActivityStore,
  type History,
  isOlder,
  positionOf,
  type ReleaseState,
  withEvents,
} from './activity-store.ts';

const DATABASE = 'release-matrix-activity';
/** Counts up when the form of what is stored changes: what is of an older form is then let go. */
const FORM = 2;
/** How many tables are remembered; the one looked at longest ago goes first. */
const MAX_TABLES = 8;

interface ActivityDatabase extends DBSchema {
  /** By the table's name. */
  histories: { key: string; value: History };
  /** By the table's name and the release's tag. */
  releases: { key: [table: string, tag: string]; value: ReleaseState };
}

/**
 * The memory that the browser keeps, in IndexedDB.
 *
 * @param table names the table and its source
 * @throws DOMException where the browser does not let the page keep anything: a private window, storage switched off
 */
export async function browserStore(table: string): Promise<ActivityStore> {
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
  await forgetOldTables(database, table);
  const change = async (make: (history: History | null) => History): Promise<History> => {
    const transaction = database.transaction('histories', 'readwrite');
    const changed = transaction.store.get(table).then(async (history) => {
      const next = make(history ?? null);
      await transaction.store.put(next, table);
      return next;
    });
    const [next] = await Promise.all([changed, transaction.done]);
    return next;
  };
  return {
    load: async () => (await database.get('histories', table)) ?? null,
    async releases() {
      const keys = await database.getAllKeys('releases', ofTable(table));
      return keys.map(([, tag]) => tag);
    },
    async exchange(states, tell) {
      const transaction = database.transaction('releases', 'readwrite');
      const { store } = transaction;
      const exchanged = Promise.all(
        [...states].map(async ([tag, state]) => {
          const before = await store.get([table, tag]);
          if (isOlder(state, before)) return [];
          const events = tell(tag, before);
          if (state.items?.length === 0) await store.delete([table, tag]);
          else await store.put(state, [table, tag]);
          return events;
        }),
      );
      const [told] = await Promise.all([exchanged, transaction.done]);
      return told.flat();
    },
    add: (events, readAt) => change((history) => withEvents(history, events, readAt)),
    markSeen: () =>
      change((history) => {
        const now = history ?? withEvents(null, [], '');
        return { ...now, seen: positionOf(now) };
      }),
  };
}

/** The keys of a table's releases: no text comes after an array. */
function ofTable(table: string): IDBKeyRange {
  return IDBKeyRange.bound([table], [table, []]);
}

async function forgetOldTables(database: IDBPDatabase<ActivityDatabase>, table: string): Promise<void> {
  const transaction = database.transaction(['histories', 'releases'], 'readwrite');
  const histories = transaction.objectStore('histories');
  const others: { name: string; readAt: string }[] = [];
  for (const name of await histories.getAllKeys()) {
    if (name !== table) others.push({ name, readAt: (await histories.get(name))?.readAt ?? '' });
  }
  others.sort((a, b) => (a.readAt < b.readAt ? 1 : -1));
  for (const { name } of others.slice(MAX_TABLES - 1)) {
    await histories.delete(name);
    await transaction.objectStore('releases').delete(ofTable(name));
  }
  await transaction.done;
}
