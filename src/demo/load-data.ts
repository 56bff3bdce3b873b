import { emulatorCredentials } from '../contract/emulator-credentials.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../devserver/table/embedded-table.ts';
import { DOCUMENTED_KEYS } from '../release/item/item.ts';
import { connectTable } from '../store/client.ts';
import { createReleaseTable, putItems } from '../store/write-items.ts';
import type { Progress } from './progress.ts';
import type { RealData } from './real-data.ts';

/** Where a table is named. */
export interface NamedTable {
  readonly table: string;
  readonly region: string;
}

/**
 * Opens an embedded table with the data in it; in a folder, beside what that holds already.
 *
 * @throws StoreFolderInUse when another server has the folder open
 */
export async function embedData(
  { project, items }: RealData,
  { table, region, folder }: NamedTable & { readonly folder: string | null },
  progress: Progress,
): Promise<EmbeddedTable> {
  const embedded = await openEmbeddedTable({ table, region, data: `${project} releases`, folder });
  await putItems(embedded.client, table, items, {
    onProgress: ({ written, total }) => progress.update(written, total),
  });
  await embedded.filled();
  return embedded;
}

/**
 * Writes the data to an emulator, into a table that is made if it is not there; items with the same keys are
 * overwritten.
 *
 * @param endpoint on this machine
 * @param keyId of the key by which it is called
 * @returns how many items were written
 * @throws ReadFault when the emulator cannot be reached or refuses
 */
export async function loadData(
  { items }: RealData,
  { table, region, endpoint, keyId }: NamedTable & { readonly endpoint: string; readonly keyId: string },
  progress: Progress,
): Promise<number> {
  const client = connectTable({ region, endpoint, credentials: emulatorCredentials(keyId) });
  try {
    await createReleaseTable(client, table, DOCUMENTED_KEYS);
    return await putItems(client, table, items, {
      onProgress: ({ written, total }) => progress.update(written, total),
    });
  } finally {
    client.destroy();
  }
}
