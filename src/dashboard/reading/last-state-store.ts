import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeyNames, PlainValue } from '../../release/item.ts';
import type { PolicySource } from '../../release/policy-item.ts';
import type { DescribedTable } from '../../store/table-keys.ts';

/** What is known of a kept state besides its items. */
export interface KeptFacts {
  /** The program that kept it. */
  readonly program: string;
  /** When it was read, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly keyNames: KeyNames;
  readonly keysFrom: DescribedTable['keysFrom'];
  readonly policy: { readonly source: PolicySource; readonly document?: PlainValue };
  /** How many items it has. */
  readonly items: number;
  /** Names one act of keeping: two tabs that keep the same table tell by it that the other has been at it. */
  readonly stamp: string;
  /** False from the beginning of an act of keeping to its end. What was broken off in between is no state. */
  readonly whole: boolean;
}

/** The last state of tables, as the browser keeps it. All of it may fail, whenever the browser likes. */
export interface LastStateStore {
  facts(): Promise<KeptFacts | null>;
  putFacts(facts: KeptFacts): Promise<void>;
  /** Tags of the releases that are kept. */
  releases(): Promise<readonly string[]>;
  /** The items of some releases as JSON; undefined for one that is not kept. */
  items(tags: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** @param items by tag, as JSON; null: the release is gone */
  putItems(items: ReadonlyMap<string, string | null>): Promise<void>;
  /** Forgets the table. */
  clear(): Promise<void>;
}

const DATABASE = 'release-matrix-last-state';
/** Counts up when the form of what is stored changes: what is of an older form is then let go. */
const FORM = 1;
/** How many tables are kept, each of up to some 80 MB; the one kept longest ago goes first. */
const MAX_TABLES = 3;

interface LastStateDatabase extends DBSchema {
  /** By the table's name. */
  tables: { key: string; value: KeptFacts };
  /** By the table's name and the release's tag. Text is stored and read ten times as fast as objects. */
  releases: { key: [table: string, tag: string]; value: string };
}

/**
 * Opens what the browser keeps of a table, in IndexedDB.
 *
 * @param table names the table and its source
 * @throws where the browser keeps nothing: a private window, storage switched off, or another tab that holds on to an
 *   older form
 */
export async function openLastState(table: string): Promise<LastStateStore> {
  const database = await new Promise<IDBPDatabase<LastStateDatabase>>((resolve, reject) => {
    openDB<LastStateDatabase>(DATABASE, FORM, {
      upgrade(opened) {
        for (const name of [...opened.objectStoreNames]) opened.deleteObjectStore(name);
        opened.createObjectStore('tables');
        opened.createObjectStore('releases');
      },
      blocked: () => reject(new Error('Another tab holds on to an older form.')),
      // Another tab with a newer program wants to change the form: it must not wait for this one.
      blocking: (_from, _to, { target }) => {
        if (target instanceof IDBDatabase) target.close();
      },
    }).then(resolve, reject);
  });
  await forgetOldTables(database, table);
  return {
    facts: async () => (await database.get('tables', table)) ?? null,
    async putFacts(facts) {
      await database.put('tables', facts, table);
    },
    async releases() {
      const keys = await database.getAllKeys('releases', ofTable(table));
      return keys.map(([, tag]) => tag);
    },
    async items(tags) {
      const { store } = database.transaction('releases');
      return Promise.all(tags.map((tag) => store.get([table, tag])));
    },
    async putItems(items) {
      const transaction = database.transaction('releases', 'readwrite');
      const { store } = transaction;
      const puts = [...items].map(([tag, text]) =>
        text === null ? store.delete([table, tag]) : store.put(text, [table, tag]),
      );
      await Promise.all([...puts, transaction.done]);
    },
    async clear() {
      await database.delete('tables', table);
      await database.delete('releases', ofTable(table));
    },
  };
}

/** The keys of a table's releases: no text comes after an array. */
function ofTable(table: string): IDBKeyRange {
  return IDBKeyRange.bound([table], [table, []]);
}

async function forgetOldTables(database: IDBPDatabase<LastStateDatabase>, table: string): Promise<void> {
  const others: { name: string; readAt: string }[] = [];
  for (const name of await database.getAllKeys('tables')) {
    if (name !== table) others.push({ name, readAt: (await database.get('tables', name))?.readAt ?? '' });
  }
  others.sort((a, b) => (a.readAt < b.readAt ? 1 : -1));
  for (const { name } of others.slice(MAX_TABLES - 1)) {
    await database.delete('tables', name);
    await database.delete('releases', ofTable(name));
  }
}
