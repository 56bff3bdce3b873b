import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What the browser keeps of tables: one text of each, sealed, and its releases one by one. */
export interface KeptTables<Release> extends DBSchema {
  tables: { key: string; value: Uint8Array };
  releases: { key: [table: string, release: string]; value: Release };
}

/**
 * Opens a database of the browser's, in IndexedDB.
 *
 * @param form counts up when the form of what is stored changes: what is of an older form is then let go
 * @throws where the browser keeps nothing: a private window, storage switched off, or another tab that holds on to an
 *   older form
 */
export async function openKeptTables<Release>(name: string, form: number): Promise<IDBPDatabase<KeptTables<Release>>> {
  return await new Promise((resolve, reject) => {
    openDB<KeptTables<Release>>(name, form, {
      upgrade(opened) {
        for (const store of [...opened.objectStoreNames]) opened.deleteObjectStore(store);
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
}

/** The keys of a table's releases: no text comes after an array. */
export function ofTable(table: string): IDBKeyRange {
  return IDBKeyRange.bound([table], [table, []]);
}

/**
 * Forgets tables, so that there is room for another: all that cannot be read, as they were sealed under another secret, and
 * of the others those read longest ago.
 *
 * @param table is not forgotten
 * @param readAtOf when a table was read last, ISO 8601; undefined: it cannot be read
 * @param most how many are kept with this one
 */
export async function forgetOldTables<Release>(
  database: IDBPDatabase<KeptTables<Release>>,
  table: string,
  readAtOf: (table: string) => Promise<string | undefined>,
  most: number,
): Promise<void> {
  const names = (await database.getAllKeys('tables')).filter((name) => name !== table);
  const others = await Promise.all(names.map(async (name) => ({ name, readAt: (await readAtOf(name)) ?? '' })));
  others.sort((a, b) => (a.readAt < b.readAt ? 1 : -1));
  for (const [at, { name, readAt }] of others.entries()) {
    if (readAt !== '' && at < most - 1) continue;
    await database.delete('tables', name);
    await database.delete('releases', ofTable(name));
  }
}
