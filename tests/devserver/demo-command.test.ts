import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { progressBar } from '../../src/cli/context/progress-bar.ts';
import { openDemoTable } from '../../src/demo/open-demo.ts';
import { runDemo } from '../../src/demo/run-demo.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';

let folder = '';
let file = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-command-'));
  file = join(folder, 'releases.json');
  const releases = Array.from({ length: 40 }, (_, minor) => ({
    release: `1.${minor}.0`,
    date: '2024-01-02T03:04:05Z',
    packages: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`@acme/package-${index}`, `0.${minor}.0`])),
  }));
  await writeFile(file, JSON.stringify([...releases, { release: '0.1.0', date: '2023-01-01', packages: {} }]));
  await writeFile(join(folder, 'wrong.json'), '{}');
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs the command; what it says is collected. */
async function run(...given: string[]) {
  const err = new PassThrough();
  let out = '';
  let shown: EmbeddedTable | null = null;
  const exitCode = await runDemo(given, {
    environment: {},
    out: (text) => {
      out += text;
    },
    err,
    show: async (table) => {
      shown = table;
    },
  });
  err.end();
  return { exitCode, out, err: (await buffer(err)).toString(), shown: shown as EmbeddedTable | null };
}

/** An emulator of DynamoDB on a port of this machine. */
async function emulator(): Promise<{ server: Server; table: EmbeddedTable; url: string }> {
  const table = await openEmbeddedTable({ table: 'Another', region: 'us-east-1', data: 'test' });
  const server = createServer(async (request, response) => {
    const headers = { 'x-amz-target': String(request.headers['x-amz-target']) };
    const answer = await table.handle(await buffer(request), headers);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, table, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('npm run demo', () => {
  it('shows the data in an embedded table, with a line of progress for every tenth in a log', async () => {
    const { exitCode, out, err, shown } = await run('--data', file, '--table', 'Releases');
    expect([exitCode, out]).toEqual([0, '']);
    expect(err.split('\n')).toEqual([
      'Left out, as they list nothing: 0.1.0.',
      'Loading Backstage 10% (50/400)',
      'Loading Backstage 20% (100/400)',
      'Loading Backstage 30% (125/400)',
      'Loading Backstage 40% (175/400)',
      'Loading Backstage 50% (200/400)',
      'Loading Backstage 60% (250/400)',
      'Loading Backstage 70% (300/400)',
      'Loading Backstage 80% (325/400)',
      'Loading Backstage 90% (375/400)',
      'Loading Backstage 100% (400/400)',
      '',
    ]);
    expect([shown?.table, shown?.data, await shown?.measure()]).toEqual(['Releases', 'Backstage releases', 400]);
    await shown?.close();
  });

  it('keeps the data in a folder, which a later server shows as they are', async () => {
    const kept = join(folder, 'kept');
    const { exitCode, shown } = await run('--data', file, '--folder', kept);
    expect([exitCode, shown?.isFilled]).toEqual([0, false]);
    await shown?.close();
    const later = await openDemoTable({
      table: 'ReleaseFragments',
      region: 'us-east-1',
      simulatedCi: false,
      simulatedCiPace: 'slow',
      embeddedFolder: kept,
    });
    const answer = await later.handle(Buffer.from('{"TableName":"ReleaseFragments"}'), {
      'x-amz-target': 'DynamoDB_20120810.DescribeTable',
    });
    expect([later.data, later.notice]).toEqual(['Backstage releases', null]);
    expect(JSON.parse(answer.body.toString()).Table.ItemCount).toBe(400);
    await later.close();
  });

  it('writes into the table of an emulator, which it makes, and says how many', async () => {
    const { server, table, url } = await emulator();
    const first = await run('--data', file, '--endpoint', url, '--table', 'Loaded');
    expect([first.exitCode, first.out]).toEqual([
      0,
      `400 fragments of 41 releases written to Loaded at ${url} (key id releasematrix).\n`,
    ]);
    // Once more: nothing is doubled.
    const second = await run('--data', file, '--endpoint', url, '--table', 'Loaded');
    expect(second.exitCode).toBe(0);
    const answer = await table.handle(Buffer.from('{"TableName":"Loaded","Select":"COUNT"}'), {
      'x-amz-target': 'DynamoDB_20120810.Scan',
    });
    expect(JSON.parse(answer.body.toString()).Count).toBe(400);
    server.closeAllConnections();
    server.close();
    await table.close();
  });

  it('ends with 3 where nothing answers at the endpoint', async () => {
    const { server, table, url } = await emulator();
    await new Promise((resolve) => server.close(resolve));
    await table.close();
    const { exitCode, out, err } = await run('--data', file, '--endpoint', url);
    expect([exitCode, out]).toEqual([3, '']);
    expect(err).toContain(`error: ReleaseFragments at ${url}: `);
  });

  it.each([
    [['--data'], 'argument missing'],
    [[], "required option '--data <file>' not specified"],
    [['--data', 'releases.json', '--speed', '3'], "unknown option '--speed'"],
    [['--data', 'releases.json', 'more'], 'too many arguments'],
    [['--data', 'no-such-file.json'], 'error: --data: no-such-file.json cannot be read: ENOENT'],
    [['--data', 'releases.json', '--table', 'a b'], 'error: --table: expected a table name'],
    [['--data', 'releases.json', '--region', 'Mars'], 'error: --region: expected a region'],
    [
      ['--data', 'releases.json', '--endpoint', 'https://dynamodb.eu-central-1.amazonaws.com'],
      'error: --endpoint: expec',
    ],
    [
      ['--data', 'releases.json', '--endpoint', 'http://127.0.0.1:8000', '--folder', 'x'],
      'error: --folder: expected without --endpoint',
    ],
    [['--data', 'releases.json', '--folder', 'a\nb'], 'error: --folder: expected the path of a folder'],
    [['--data', 'releases.json', '--endpoint', 'localhost'], 'error: --endpoint: expected an address on this machine'],
  ])('ends with 2 for %j', async (given, words) => {
    const { exitCode, out, err } = await run(...given);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  it('ends with 2 for a file of another kind', async () => {
    const { exitCode, err } = await run('--data', join(folder, 'wrong.json'));
    expect(exitCode).toBe(2);
    expect(err).toContain('received an empty object.');
  });

  it('prints its help to the output and ends with 0', async () => {
    const { exitCode, out, err } = await run('--help');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('--endpoint <url>');
  });
});

describe('progress in a terminal', () => {
  it('is a bar, which is ended also where nothing began', async () => {
    const terminal = Object.assign(new PassThrough(), {
      isTTY: true,
      columns: 80,
      cursorTo() {},
      clearLine() {},
      moveCursor() {},
    });
    const context = { terminal, stderr() {} };
    progressBar(context, 'Nothing').end();
    const progress = progressBar(context, 'Loading');
    progress.update(10, 40);
    progress.update(40, 40);
    progress.end();
    terminal.end();
    const text = (await buffer(terminal)).toString();
    expect(text).toContain('Loading');
    expect(text).toContain('100% | 40/40');
    expect(text).not.toContain('Nothing');
  });
});
