import { readFile } from 'node:fs/promises';
import { type ProgressBar, progressBar } from '../cli/context/progress-bar.ts';
import { emulatorCredentials } from '../contract/emulator-credentials.ts';
import { ReadFault } from '../contract/read-fault.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../devserver/table/embedded-table.ts';
import { StoreFolderInUse } from '../devserver/table/store-folder.ts';
import { DOCUMENTED_KEYS } from '../release/item/item.ts';
import { connectTable } from '../store/client.ts';
import { createReleaseTable, putItems } from '../store/write-items.ts';
import { type DemoArguments, readArguments } from './arguments.ts';
import { type RealData, readRealData, WrongData } from './real-data.ts';

/** What the command touches besides files. */
export interface DemoContext {
  readonly environment: NodeJS.ProcessEnv;
  /** For results. */
  readonly out: (text: string) => void;
  /** For people: what is wrong, and progress. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
  /** Shows a table on the dashboard, which then keeps the process alive. */
  readonly show: (table: EmbeddedTable, region: string) => Promise<void>;
}

/**
 * `npm run demo -- --data <file> [--endpoint <url>]`.
 *
 * @param given the arguments after the program's name
 * @returns exit code: 0 done (or the dashboard was started), 2 wrong arguments or a wrong file, 3 the endpoint cannot
 *   be reached or refuses, or the folder is in use
 */
export async function runDemo(
  given: readonly string[],
  { environment, out, err, show }: DemoContext,
): Promise<0 | 2 | 3> {
  const say = (text: string) => void err.write(text);
  const request = readArguments(given, environment, out, say);
  if (request.kind === 'said') return request.exitCode;
  const { wanted } = request;
  const data = await readData(wanted.data, say);
  if (data === null) return 2;
  if (data.empty.length > 0) {
    say(`Left out, as they list nothing: ${data.empty.join(', ')}.\n`);
  }
  const bar = progressBar({ terminal: err.isTTY ? err : null, stderr: say }, `Loading ${data.project}`);
  try {
    if (wanted.emulator === null) {
      const table = await embedData(data, wanted, bar).finally(bar.end);
      if (table.notice !== null) say(`${table.notice}\n`);
      await show(table, wanted.region);
    } else {
      const written = await loadData(data, { ...wanted, ...wanted.emulator }, bar).finally(bar.end);
      const { endpoint, keyId } = wanted.emulator;
      const where = `${wanted.table} at ${endpoint} (key id ${keyId})`;
      out(`${written} fragments of ${data.releases} releases written to ${where}.\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof StoreFolderInUse) {
      say(`error: --folder: ${error.message}\n`);
      return 3;
    }
    if (!(error instanceof ReadFault)) throw error;
    say(`error: ${describeTarget(wanted)}: ${error.message}\n`);
    return 3;
  }
}

function describeTarget({ table, emulator }: DemoArguments): string {
  return emulator === null ? `the embedded table ${table}` : `${table} at ${emulator.endpoint}`;
}

async function readData(path: string, say: (text: string) => void): Promise<RealData | null> {
  try {
    return readRealData(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof WrongData) say(`error: --data: ${path}: ${error.message}\n`);
    else if (error instanceof Error && 'code' in error)
      say(`error: --data: ${path} cannot be read: ${error.message}\n`);
    else throw error;
    return null;
  }
}

/**
 * Opens an embedded table with the data in it; in a folder, beside what that holds already.
 *
 * @throws StoreFolderInUse when another server has the folder open
 */
async function embedData(
  { project, items }: RealData,
  { table, region, folder }: DemoArguments,
  bar: ProgressBar,
): Promise<EmbeddedTable> {
  const embedded = await openEmbeddedTable({ table, region, data: `${project} releases`, folder });
  await putItems(embedded.client, table, items, {
    onProgress: ({ written, total }) => bar.update(written, total),
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
async function loadData(
  { items }: RealData,
  { table, region, endpoint, keyId }: DemoArguments & { readonly endpoint: string; readonly keyId: string },
  bar: ProgressBar,
): Promise<number> {
  const client = connectTable({ region, endpoint, credentials: emulatorCredentials(keyId) });
  try {
    await createReleaseTable(client, table, DOCUMENTED_KEYS);
    return await putItems(client, table, items, {
      onProgress: ({ written, total }) => bar.update(written, total),
    });
  } finally {
    client.destroy();
  }
}
