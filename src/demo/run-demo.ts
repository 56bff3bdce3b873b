import { readFile } from 'node:fs/promises';
import { ReadFault } from '../contract/read-fault.ts';
import type { EmbeddedTable } from '../devserver/table/embedded-table.ts';
import { StoreFolderInUse } from '../devserver/table/store-folder.ts';
import { type DemoArguments, readArguments } from './arguments.ts';
import { embedData, loadData } from './load-data.ts';
import { type PeopleStream, showProgress } from './progress.ts';
import { type RealData, readRealData, WrongData } from './real-data.ts';

/** What the command touches besides files. */
export interface DemoSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** For results. */
  readonly out: (text: string) => void;
  /** For people: what is wrong, and progress. */
  readonly err: PeopleStream & NodeJS.WritableStream;
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
  { environment, out, err, show }: DemoSurroundings,
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
  const progress = showProgress(err, `Loading ${data.project}`);
  try {
    if (wanted.emulator === null) {
      const table = await embedData(data, wanted, progress);
      progress.end();
      if (table.notice !== null) say(`${table.notice}\n`);
      await show(table, wanted.region);
    } else {
      const written = await loadData(data, { ...wanted, ...wanted.emulator }, progress);
      progress.end();
      const { endpoint, keyId } = wanted.emulator;
      const where = `${wanted.table} at ${endpoint} (key id ${keyId})`;
      out(`${written} fragments of ${data.releases} releases written to ${where}.\n`);
    }
    return 0;
  } catch (error) {
    progress.end();
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
