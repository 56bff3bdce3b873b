import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { awsError, cannedServer, DESCRIBED_TABLE } from '../store/canned-server.ts';
import { dropTable } from '../store/tables.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';
import { runningTable } from './running-table.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const item = (release: string, key: string, more: Item = {}): Item => ({
  version: release,
  'component#name': key,
  ...more,
});

eachTable((table, dynamo) => {
  test('a table goes into another and is the same there, in one order', async () => {
    const items = [
      item('v1.4.0-rc.1', 'backend#api', { commit: 'abcdef1' }),
      item('v1.4.0', 'frontend#ui', { links: { a: 'https://a.example' }, list: [1, 'x', null, true] }),
      item('v1.4.0', 'backend#api', { bytes: { $binary: 'AQID' } }),
      item('autumn', 'backend#api'),
      item('policy', 'policy#release-matrix', { document: { graceMinutes: 5 } }),
    ];
    const said = await releaseMatrix(['import', file('plain.json', items), ...table.words]);
    expect(said).toMatchObject({ exitCode: 0, stdout: '5 items: 5 written\n' });
    expect(said.stderr).toContain('Importing 100% (5/5)\n');
    expect(await table.counters()).toMatchObject({ 'release#v1.4.0': 2, 'release#autumn': 1 });

    const exported = join(folder, 'out.ndjson');
    const out = await releaseMatrix(['export', exported, ...table.words]);
    expect([out.exitCode, out.stdout]).toEqual([0, '']);
    expect(out.stderr).toContain(`5 items exported to ${exported}; 5 of bookkeeping left out`);
    const lines = readFileSync(exported, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((one) => `${one.version} ${one['component#name']}`)).toEqual([
      'v1.4.0 backend#api',
      'v1.4.0 frontend#ui',
      'v1.4.0-rc.1 backend#api',
      'autumn backend#api',
      'policy policy#release-matrix',
    ]);

    const other = await runningTable(dynamo, { release: 'pk', component: 'sk' });
    expect((await releaseMatrix(['import', exported, ...other.words])).stdout).toBe('5 items: 5 written\n');
    expect((await releaseMatrix(['import', exported, ...other.words])).stdout).toBe(
      '5 items: 0 written, 5 there already\n',
    );
    const copy = join(folder, 'copy.json');
    await releaseMatrix(['export', copy, ...other.words]);
    const renamed = JSON.parse(readFileSync(copy, 'utf8')).map(({ pk, sk, writeId: _, ...rest }: Item) => ({
      version: pk,
      'component#name': sk,
      ...rest,
    }));
    expect(renamed).toEqual(lines.map(({ writeId: _, ...rest }) => rest));
    await other.drop();
  });

  test.each([
    { release: 'release', component: 'component#name' },
    { release: 'version', component: 'sk' },
  ])('a documented export goes into a table with the keys $release and $component', async (keys) => {
    const other = await runningTable(dynamo, keys);
    const estate = [item('v1.0.0', 'backend#api'), item('v1.0.0', 'frontend#ui', { owner: 'web' })];
    const said = await releaseMatrix(['import', file('documented.json', estate), ...other.words]);
    expect([said.exitCode, said.stdout]).toEqual([0, '2 items: 2 written\n']);
    // What is called as a documented key, in an item that has the table's own, is an attribute like any other.
    const own = { version: '2.0.0', 'component#name': 'x', [keys.release]: 'v2.0.0', [keys.component]: 'backend#api' };
    expect((await releaseMatrix(['import', file('own.json', [own]), ...other.words])).exitCode).toBe(0);
    expect(await other.items()).toContainEqual(expect.objectContaining(own));
    const ids = (await other.items()).map((one) => `${one[keys.release]} ${one[keys.component]}`);
    expect(ids.toSorted()).toEqual(['v1.0.0 backend#api', 'v1.0.0 frontend#ui', 'v2.0.0 backend#api']);
    await other.drop();
  });

  test('export to standard output is NDJSON, and twice the same', async () => {
    const changelog = '##[set-env name=x]y\u009b2J';
    const items = [item('v2.0.0', 'b#b', { changelog }), item('v2.0.0', 'a#a')];
    await releaseMatrix(['import', file('two.json', items), ...table.words]);
    const [first, second] = [
      await releaseMatrix(['export', '-', ...table.words]),
      await releaseMatrix(['export', '-', ...table.words]),
    ];
    expect(first.stdout.split('\n').map((line) => line.slice(0, 45))).toHaveLength(3);
    expect(second.stdout).toBe(first.stdout);
    // Nothing in it acts on a terminal or a CI, and it reads back as it was.
    expect(first.stdout).not.toMatch(/##\[|[^\P{Cc}\n]/u);
    expect(JSON.parse(first.stdout.split('\n')[1] ?? '')).toMatchObject({ changelog });
  });

  test('fragments, conflicts and bad lines: all good ones written, exit 4', async () => {
    await releaseMatrix([
      'import',
      file('before.json', [item('v1.4.0', 'backend#api', { owner: 'x' })]),
      ...table.words,
    ]);
    const lines = [
      item('v1.4.0', 'backend#api', { owner: 'y' }),
      { release: 'v1.4.0', type: 'backend', component: 'ledger' },
      item('v1.4.0', 'no-hash'),
      { release: 'v1.4.0', type: 'backend', component: 'x', commit: 'main' },
      item('release-matrix:changes', 'total', { count: 5 }),
    ];
    const text = [...lines.map((line) => JSON.stringify(line)), 'nope', '[]'].join('\n');
    const path = file('mixed.ndjson', text);
    const said = await releaseMatrix(['import', path, ...table.words]);
    expect([said.exitCode, said.stdout]).toEqual([4, '6 items: 1 written, 1 conflicts, 4 invalid\n']);
    expect(said.stderr).toContain('1 change counters are left out');
    expect(said.stderr).toMatch(/^line 3: .*holds no #/m);
    expect(said.stderr).toMatch(/^line 4: commit is not a commit/m);
    expect(said.stderr).toMatch(/^line 6: is not JSON/m);
    expect(said.stderr).toMatch(/^line 7: expected an item \(a JSON object\)/m);
    expect(said.stderr).toContain('  owner: published "x", offered "y"');
    const replaced = await releaseMatrix(['import', path, '--replace', ...table.words]);
    expect([replaced.exitCode, replaced.stdout]).toEqual([
      2,
      '6 items: 0 written, 1 there already, 1 replaced, 4 invalid\n',
    ]);
    expect((await table.items()).find((one) => one['component#name'] === 'backend#api')).toMatchObject({
      owner: 'y',
      replaced: [{ owner: 'x' }],
    });
  });

  test('one key twice in a file: with other content neither is written, exit 2; with the same it is one', async () => {
    const lines = [
      item('v1.4.0', 'backend#api', { owner: 'x' }),
      item('v1.4.0', 'backend#ui', { owner: 'x', writeId: '1' }),
      { release: 'v1.4.0', type: 'backend', component: 'api', owner: 'y' },
      item('v1.4.0', 'backend#ui', { owner: 'x', writeId: '2' }),
    ];
    const said = await releaseMatrix(['import', file('twice.json', lines), '--replace', ...table.words]);
    expect([said.exitCode, said.stdout]).toEqual([2, '4 items: 1 written, 1 there already, 2 invalid\n']);
    expect(said.stderr).toMatch(/^element 1: v1\.4\.0 backend#api is also in element 3, .*\(owner\)/m);
    expect(said.stderr).toMatch(/^element 3: v1\.4\.0 backend#api is also in element 1/m);
    expect(await table.items()).toMatchObject([{ 'component#name': 'backend#ui' }]);
  });

  test('what no client of ours wrote is exported as it is read', async () => {
    const Item = {
      version: { S: 'v1.0.0' },
      'component#name': { S: 'a#b' },
      big: { N: '12345678901234567890' },
      set: { SS: ['b', 'a'] },
    };
    await dynamo.client.send(new PutItemCommand({ TableName: table.table, Item }));
    const { stdout } = await releaseMatrix(['export', '-', ...table.words]);
    expect(JSON.parse(stdout)).toEqual(item('v1.0.0', 'a#b', { big: '12345678901234567890', set: ['a', 'b'] }));
  });

  test('table create makes a table that publish and describe use, and leaves one that is there', async () => {
    const words = ['--table', `${table.table}-new`, '--endpoint', table.origin];
    const made = await releaseMatrix(['table', 'create', ...words]);
    expect([made.exitCode, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toMatch(
      /-new is active for the key id releasematrix: keys version \(HASH\) and component#name \(RANGE\), billed by request, with(out)? point-in-time recovery/,
    );
    expect((await releaseMatrix(['table', 'create', ...words])).stdout).toContain('is there already');
    await releaseMatrix([
      'import',
      file('p.json', [item('policy', 'policy#release-matrix', { document: { graceMinutes: -1 } })]),
      ...words,
    ]);
    const said = await releaseMatrix(['table', 'describe', ...words]);
    expect([said.exitCode, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toMatch(/^status {4}ACTIVE$/m);
    expect(said.stdout).toMatch(/^keys {6}version \(HASH\), component#name \(RANGE\), by its key schema$/m);
    expect(said.stdout).toMatch(/^policy {4}the table’s own item\n {2}graceMinutes: /m);
    const json = JSON.parse((await releaseMatrix(['table', 'describe', '--format', 'json', ...words])).stdout);
    expect(json).toMatchObject({
      schema: 1,
      table: `${table.table}-new`,
      status: 'ACTIVE',
      keys: { release: 'version', component: 'component#name' },
      keysFrom: 'table',
      policy: { source: 'table', faults: [expect.stringContaining('graceMinutes')] },
      onlyChanges: null,
    });
    await dropTable(dynamo.client, `${table.table}-new`);
  });
});

test('table describe says where a table seems to hold only what changed, or that it could not be read', async () => {
  const parts = ['a', 'b', 'c', 'd'];
  const changes = [parts, ['a'], ['b'], ['c'], ['d']].flatMap((names, patch) =>
    names.map((name) => ({ version: { S: `v1.0.${patch}` }, 'component#name': { S: `backend#${name}` } })),
  );
  let readable = true;
  const server = await cannedServer(({ operation }) => {
    if (operation === 'DescribeTable') return { body: DESCRIBED_TABLE };
    if (operation !== 'Scan') return { body: '{}' };
    return readable ? { body: JSON.stringify({ Items: changes }) } : awsError('AccessDeniedException', 'no');
  });
  const words = ['table', 'describe', '--endpoint', server.origin];
  const said = await releaseMatrix(words);
  expect([said.exitCode, said.stderr]).toEqual([
    0,
    '4 of 4 patches lack more than half of what the releases before have: patches seem to hold only what changed. If so, say it in the policy, and the rest is carried over:\n  { "patchReleases": "carried" }\n',
  ]);
  const onlyChanges = { releases: 4, lacking: 4, patches: true };
  expect(JSON.parse((await releaseMatrix([...words, '--format', 'json'])).stdout)).toMatchObject({ onlyChanges });
  readable = false;
  const denied = await releaseMatrix(words);
  await server.close();
  expect([denied.exitCode, denied.stdout.slice(0, 5)]).toEqual([0, 'table']);
  expect(denied.stderr).toMatch(/^What it holds could not be read: [^\n]+\n$/);
});

test.each([
  ['import', ['import', 'no-such-file', '--endpoint', 'http://127.0.0.1:1'], 2, /no-such-file cannot be read/],
  ['import without file', ['import'], 2, /missing required argument/],
  ['export into no folder', ['export'], 2, /missing required argument/],
  ['describe of no table', ['table', 'describe', '--endpoint', 'http://127.0.0.1:1'], 3, /Cannot reach DynamoDB/],
  ['create without service', ['table', 'create', '--endpoint', 'http://127.0.0.1:1'], 3, /Cannot reach DynamoDB/],
  ['table alone', ['table'], 2, /Commands:\n {2}create [\s\S]*\n {2}describe /],
] as const)('%s', async (_, words, exitCode, expected) => {
  const said = await releaseMatrix(words);
  expect([said.exitCode, said.stdout]).toEqual([exitCode, '']);
  expect(said.stderr).toMatch(expected);
});

test('an import that may not write the policy item writes the others, exit 3', async () => {
  const server = await cannedServer(({ operation, input }) => {
    if (operation === 'DescribeTable') return { body: DESCRIBED_TABLE };
    const isPolicy = Object(input.Item).version?.S === 'policy';
    return isPolicy ? awsError('AccessDeniedException', 'no') : { body: '{}' };
  });
  const others = Array.from({ length: 30 }, (_, index) => item('v1.0.0', `x#${index}`));
  const items = [item('policy', 'policy#release-matrix'), ...others];
  const words = ['--save', join(folder, 'policy.ndjson'), '--endpoint', server.origin];
  const said = await releaseMatrix(['import', file('with-policy.json', items), ...words]);
  await server.close();
  expect([said.exitCode, said.stdout]).toEqual([3, '31 items: 30 written, 1 not written\n']);
  expect(said.stderr).toMatch(/^Access denied\n/m);
  expect(said.stderr).toMatch(/^element 1: policy policy#release-matrix failed: no$/m);
});

describe('an import that loses the table', () => {
  const lost = async (...more: string[]) => {
    let puts = 0;
    const server = await cannedServer(({ operation }) => {
      if (operation === 'DescribeTable') return awsError('AccessDeniedException', 'no');
      if (operation === 'PutItem') puts += 1;
      return puts > 10 ? { status: 503, body: '{}' } : { body: '{}' };
    });
    const items = Array.from({ length: 30 }, (_, index) => item('v1.0.0', `a#${index}`));
    const path = file('30.json', items);
    const said = await releaseMatrix(['import', path, '--endpoint', server.origin, ...more]);
    await server.close();
    return { ...said, origin: server.origin };
  };

  test('saves the rest, exit 3, and prints the command that goes on', async () => {
    const save = join(folder, 'rest.ndjson');
    const said = await lost('--save', save, '--replace', '--table', 'Other');
    expect([said.exitCode, said.stdout]).toEqual([3, '30 items: 10 written, 20 not written\n']);
    expect(readFileSync(save, 'utf8').trimEnd().split('\n')).toHaveLength(20);
    expect(said.stderr).toContain(
      `Continue with: release-matrix import ${save} --replace --table Other --endpoint ${said.origin}\n`,
    );
  });

  test.each(['text', 'json'])('and cannot save the rest: exit 3, said, with the report as %s', async (format) => {
    const save = join(folder, 'no-such-folder', 'rest.ndjson');
    const said = await lost('--save', save, '--format', format);
    expect(said.exitCode).toBe(3);
    expect(said.stderr).toContain('20 not written, and not saved: ENOENT');
    expect(said.stderr).not.toContain('please report this');
    if (format === 'text') expect(said.stdout).toBe('30 items: 10 written, 20 not written\n');
    else expect(JSON.parse(said.stdout)).toMatchObject({ results: { length: 30 }, saved: null });
  });
});
