import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import { readTable } from '../../src/store/read-table.ts';
import { describeTable } from '../../src/store/table-keys.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const TABLE = 'ReleaseFragments';
/** How often a writer is killed; `npm run robustness` does it a hundred times. */
const KILLS = Number(process.env.KILLS ?? 4);

// Below the repository, so that the built writer finds its packages.
const place = mkdtempSync(join(REPOSITORY, 'node_modules', '.kept-table-'));
const writer = join(place, 'writer.mjs');
const data = mkdtempSync(join(tmpdir(), 'release-matrix-kept-'));
const opened: EmbeddedTable[] = [];

beforeAll(async () => {
  // One file of JavaScript, as each of the many writers must start within moments.
  await build({
    configFile: false,
    logLevel: 'error',
    root: REPOSITORY,
    build: {
      ssr: join(import.meta.dirname, 'kept-table-writer.ts'),
      outDir: place,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
});
afterAll(async () => {
  for (const table of opened) await table.close();
  for (const folder of [place, data]) rmSync(folder, { recursive: true, force: true });
});

async function open(folder: string): Promise<EmbeddedTable> {
  const table = await openEmbeddedTable({ table: TABLE, region: 'eu-central-1', data: 'test', folder });
  opened.push(table);
  return table;
}

const put = ({ client }: EmbeddedTable, component: string) =>
  client.send(new PutCommand({ TableName: TABLE, Item: { version: 'v1.0.0', 'component#name': component } }));

async function componentsOf({ client }: EmbeddedTable): Promise<string[]> {
  const described = await describeTable(client, { table: TABLE, configuredKeys: null });
  return (await readTable(client, { described })).items.map((item) => String(item['component#name'])).sort();
}

/** Fills a table with some items and closes it, so that LevelDB has files of its own. */
async function fill(name: string): Promise<string> {
  const folder = join(data, name);
  const table = await open(folder);
  for (let index = 0; index < 40; index += 1) await put(table, `backend#kept-${index}`);
  await table.filled();
  await table.close();
  return folder;
}

/** Starts a writer; what it has acknowledged is in the lines it printed. */
function startWriter(folder: string, run: string, command = [process.execPath, writer, folder, run]) {
  const [program = '', ...rest] = command;
  const child: ChildProcess = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let onLines: (count: number) => void = () => {};
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    output += part;
    onLines(lines().length);
  });
  const error = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  // The last line may have been cut by the kill: it counts only with its end.
  const lines = () => output.split('\n').slice(0, -1);
  return {
    lines,
    ended: async () => {
      await ended;
      return await error;
    },
    acknowledged: (count: number) =>
      new Promise<void>((enough) => {
        onLines = (seen) => seen >= count && enough();
        onLines(lines().length);
        void ended.then(enough);
      }),
    kill: () => child.kill('SIGKILL'),
  };
}

test('a table in a folder is found again, with what it was filled with', async () => {
  const folder = await fill('again');
  const table = await open(folder);
  expect([table.isFilled, table.data, table.notice]).toEqual([true, 'test', null]);
  expect(await componentsOf(table)).toHaveLength(40);
  await table.close();
});

test('a filling that was cut short is not taken for a whole one', async () => {
  const folder = join(data, 'cut-short');
  const table = await open(folder);
  await put(table, 'backend#one');
  await table.close();
  expect((await open(folder)).isFilled).toBe(false);
});

test('a server that starts itself anew has the folder twice for a moment', async () => {
  const folder = await fill('anew');
  const before = await open(folder);
  const after = await open(folder);
  await before.close();
  await put(after, 'backend#after');
  expect(await componentsOf(after)).toHaveLength(41);
  await after.close();
  expect(await componentsOf(await open(folder))).toHaveLength(41);
});

test('F33: a second server on one folder refuses at its start and names the first, whose data stay', async () => {
  const folder = await fill('shared');
  const first = await open(folder);
  const port = '45179'; // never listened on: the start ends before
  const second = spawn(process.execPath, [join(REPOSITORY, 'node_modules/vite/bin/vite.js')], {
    cwd: REPOSITORY,
    env: { PATH: process.env.PATH, HOME: data, PORT: port, EMBEDDED_TABLE_FOLDER: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const code = new Promise<number | null>((done) => second.once('close', done));
  expect(await text(second.stderr)).toBe(`${folder} is in use by pid ${process.pid}.\n`);
  expect(await code).toBe(1);
  await put(first, 'backend#after');
  expect(await componentsOf(first)).toHaveLength(41);
  await first.close();
});

describe('F34, E19: a folder that cannot be used', () => {
  const level = (folder: string) => join(folder, 'database');
  const fileOf = (folder: string, ending: RegExp): string => {
    const name = readdirSync(level(folder)).find((each) => ending.test(each));
    if (name === undefined) throw new Error(`No file ${ending} in ${readdirSync(level(folder))}`);
    return join(level(folder), name);
  };

  test.each<[string, (folder: string) => void]>([
    ['its list of files is cut off', (folder) => truncateSync(fileOf(folder, /^MANIFEST/), 20)],
    ['its first file is gone', (folder) => rmSync(join(level(folder), 'CURRENT'))],
    ['its first file is empty', (folder) => truncateSync(join(level(folder), 'CURRENT'), 0)],
    ['a file of its data is gone', (folder) => rmSync(fileOf(folder, /\.ldb$/))],
    ['a file of its data is cut off', (folder) => truncateSync(fileOf(folder, /\.ldb$/), 100)],
  ])('%s: it is moved aside whole, and a new one begun', async (name, damage) => {
    const folder = await fill(name.replaceAll(' ', '-'));
    await (await open(folder)).close(); // LevelDB writes its log into a data file only when it is opened again
    damage(folder);
    // The data; LevelDB writes its log and its list of files anew at each start.
    const files = readdirSync(level(folder)).filter((each) => each.endsWith('.ldb'));
    const table = await open(folder);
    expect(table.notice).toMatch(/could not be read \(.+\)\. It was moved to .+\.broken-\S+, and a new one begun\.$/);
    expect([table.isFilled, await componentsOf(table)]).toEqual([false, []]);
    const aside = readdirSync(folder).find((each) => each.startsWith('database.broken-')) ?? '';
    expect(readdirSync(join(folder, aside))).toEqual(expect.arrayContaining(files));
    await put(table, 'backend#new');
    expect(await componentsOf(table)).toEqual(['backend#new']);
    await table.close();
  });

  test.each<[string, () => string]>([
    [
      'a file stands in its place',
      () => {
        writeFileSync(join(data, 'file'), 'mine');
        return join(data, 'file');
      },
    ],
    ['its parent is a file', () => join(writer, 'below')],
    ['it lies where nobody may write', () => '/proc/release-matrix'],
  ])('%s: the table is in memory, and that is said', async (_, folderOf) => {
    const folder = folderOf();
    const table = await open(folder);
    expect(table.notice).toContain(`The folder ${folder} cannot be used (`);
    expect(table.notice).toContain('kept in memory only');
    await put(table, 'backend#memory');
    expect(await componentsOf(table)).toEqual(['backend#memory']);
    if (existsSync(join(data, 'file'))) expect(readFileSync(join(data, 'file'), 'utf8')).toBe('mine');
  });

  // The system refuses to write any further, as it does on a full disk.
  test.runIf(process.platform === 'linux')(
    'no room is left: writes are refused, reads go on, nothing ends',
    async () => {
      const folder = join(data, 'full');
      const limited = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`;
      const run = startWriter(folder, 'full', ['bash', '-c', limited, process.execPath, writer, folder, 'full']);
      expect(await run.ended()).not.toContain('Error');
      const lines = run.lines();
      const acknowledged = lines.slice(0, -1);
      expect(lines.at(-1)).toMatch(
        /^refused: InternalServerError: .*folder of the embedded table fails.*; still reads \d+$/,
      );
      const table = await open(folder);
      expect(await componentsOf(table)).toEqual(expect.arrayContaining(acknowledged));
      await table.close();
    },
  );
});

test(`F35: killed ${KILLS} times in the middle of writing: nothing acknowledged is lost`, {
  timeout: 600_000,
}, async () => {
  const folder = join(data, 'killed');
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const run = startWriter(folder, `run${kill}`);
    // At another moment each time, also while the table is being opened.
    await run.acknowledged(kill % 10 === 9 ? 0 : 1 + ((kill * 37) % 90));
    run.kill();
    expect(await run.ended()).not.toContain('Error');
    acknowledged.push(...run.lines());
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  const table = await open(folder);
  expect(table.notice).toBeNull();
  const found = new Set(await componentsOf(table));
  expect(acknowledged.filter((component) => !found.has(component))).toEqual([]);
  await table.close();
});
