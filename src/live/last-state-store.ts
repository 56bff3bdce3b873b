import { MAX_LAST_STATE_TABLES } from '../limits/limits.ts';
import type { KeyNames, PlainValue } from '../release/item/item.ts';
import type { PolicySource } from '../release/policy/policy-item.ts';
import type { DescribedTable } from '../store/table-keys.ts';
import { forgetOldTables, ofTable, openKeptTables } from './kept-tables.ts';
import type { Vault } from './server-secret.ts';

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
  /** Names of the releases that are kept, which tell nothing of their tags. */
  names(): Promise<readonly string[]>;
  /** The items of some releases as JSON, by these names; null for one that is not kept. */
  items(names: readonly string[]): Promise<readonly (string | null)[]>;
  /** @param items by tag, as JSON */
  putItems(items: ReadonlyMap<string, string>): Promise<void>;
  /** Forgets all releases but these. */
  keepOnly(tags: Iterable<string>): Promise<void>;
  /** Forgets the table. */
  clear(): Promise<void>;
}

const DATABASE = 'release-matrix-last-state';
/** Counts up when the form of what is stored changes: what is of an older form is then let go. */
const FORM = 2;

/**
 * Opens what the browser keeps of a table, in IndexedDB. All of it is sealed, and its keys tell nothing: what the page
 * keeps is open to whatever is served at its address next. What was kept under another secret is let go.
 *
 * @param tableName names the table and its source
 * @throws as `openKeptTables`
 */
export async function openLastState(tableName: string, vault: Vault): Promise<LastStateStore> {
  const database = await openKeptTables<Uint8Array>(DATABASE, FORM);
  const table = await vault.nameOf(tableName);
  const readFacts = async (of: string): Promise<KeptFacts | null> =>
    JSON.parse((await vault.open(await database.get('tables', of))) ?? 'null'); // sealed by this program alone
  const names = async () => (await database.getAllKeys('releases', ofTable(table))).map(([, name]) => name);
  await forgetOldTables(database, table, async (of) => (await readFacts(of))?.readAt, MAX_LAST_STATE_TABLES);
  return {
    facts: () => readFacts(table),
    async putFacts(facts) {
      await database.put('tables', await vault.seal(JSON.stringify(facts)), table);
    },
    names,
    async items(asked) {
      const { store } = database.transaction('releases');
      const sealed = await Promise.all(asked.map((name) => store.get([table, name])));
      return Promise.all(sealed.map(vault.open));
    },
    async putItems(items) {
      // Before the transaction, which would end while something else is waited for.
      const sealed = await Promise.all(
        [...items].map(async ([tag, text]) => [await vault.nameOf(tag), await vault.seal(text)] as const),
      );
      const transaction = database.transaction('releases', 'readwrite');
      const puts = sealed.map(([name, bytes]) => transaction.store.put(bytes, [table, name]));
      await Promise.all([...puts, transaction.done]);
    },
    async keepOnly(tags) {
      const kept = new Set(await Promise.all([...tags].map(vault.nameOf)));
      const gone = (await names()).filter((name) => !kept.has(name));
      const transaction = database.transaction('releases', 'readwrite');
      await Promise.all([...gone.map((name) => transaction.store.delete([table, name])), transaction.done]);
    },
    async clear() {
      await database.delete('tables', table);
      await database.delete('releases', ofTable(table));
    },
  };
}
