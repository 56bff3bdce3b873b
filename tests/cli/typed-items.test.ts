import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { dynamoDbJson } from '../../src/store/dynamodb-json.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';
import { EXAMPLE_ESTATE } from './published-estate.ts';
import { ownTable, runningTable } from './running-table.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-typed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const TYPED = EXAMPLE_ESTATE.map((item) => dynamoDbJson(item).item);
const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const answer = (items: readonly unknown[], more: object = {}) =>
  JSON.stringify(
    { Items: items, Count: items.length, ScannedCount: items.length, ConsumedCapacity: null, ...more },
    null,
    4,
  );
const exported = lines(TYPED.map((Item) => ({ Item })));

/** Every form of the same estate. */
const FORMS: readonly (readonly [string, string, string | Uint8Array])[] = [
  ['aws dynamodb scan', 'scan.json', answer(TYPED)],
  ['aws dynamodb scan --query Items', 'items.json', JSON.stringify(TYPED)],
  [
    'two pages, of which the first says so',
    'pages.ndjson',
    lines([
      { Items: TYPED.slice(0, 9), Count: 9, LastEvaluatedKey: TYPED[8] },
      { Items: TYPED.slice(9), Count: TYPED.length - 9 },
    ]),
  ],
  [
    'scans of two segments, printed one behind the other',
    'segments.json',
    `${answer(TYPED.slice(0, 9))}\n${answer(TYPED.slice(9))}\n`,
  ],
  ['answers of get-item, one a line', 'gets.ndjson', exported],
  ['the lines of an export to S3, compressed', 'export.json.gz', gzipSync(exported)],
  [
    'several compressed files of an export, one behind the other',
    'parts.json.gz',
    Buffer.concat([
      gzipSync(lines(TYPED.slice(0, 5).map((Item) => ({ Item })))),
      gzipSync(lines(TYPED.slice(5).map((Item) => ({ Item })))),
    ]),
  ],
  ['the answer of an SDK’s document client', 'document.json', JSON.stringify({ $metadata: {}, Items: EXAMPLE_ESTATE })],
  ['plain items, compressed', 'plain.ndjson.gz', gzipSync(lines(EXAMPLE_ESTATE))],
];

test.each(FORMS)('check --from reads %s as it reads plain items', async (_, name, content) => {
  const at = ['--format', 'json', '--now', '2026-11-20T12:00:00Z'];
  const plain = await releaseMatrix(['check', 'v1.4.0', '--from', 'docs/examples/estate.ndjson', ...at]);
  const said = await releaseMatrix(['check', 'v1.4.0', '--from', file(name, content), ...at]);
  expect(said).toEqual(plain);
  expect(JSON.parse(said.stdout)).toMatchObject({ verdict: 'fail' });
});

eachTable((table, dynamo) => {
  test.each(FORMS)('import takes %s', async (_, name, content) => {
    const said = await releaseMatrix(['import', file(name, content), ...table.words]);
    expect([said.exitCode, said.stdout]).toEqual([0, '16 items: 16 written\n']);
    const items = (await table.items()).map(({ publishedAt: _at, publishedBy: _by, writeId: _id, ...item }) => item);
    expect(items).toHaveLength(EXAMPLE_ESTATE.length);
    expect(items).toEqual(expect.arrayContaining(EXAMPLE_ESTATE.map((item) => expect.objectContaining(item))));
  });

  test('a table’s own scan goes into another, and says what the plain form leaves out', async () => {
    const put = (Item: Record<string, AttributeValue>) =>
      dynamo.client.send(new PutItemCommand({ TableName: table.table, Item }));
    const key = (name: string) => ({ version: { S: 'v1.4.0' }, 'component#name': { S: name } });
    await put({ ...key('kafka#user.created'), producers: { SS: ['b', 'a'] }, big: { N: '12345678901234567890' } });
    await put({ ...key('backend#api'), replicas: { N: '3' }, bytes: { B: new Uint8Array([1, 2, 3]) } });
    const { Items = [], Count } = await dynamo.client.send(new ScanCommand({ TableName: table.table }));
    // The CLI prints bytes as base64.
    const printed = JSON.stringify({ Items, Count }, (_, value) =>
      value !== null && typeof value === 'object' && value[0] === 1 ? Buffer.from([1, 2, 3]).toString('base64') : value,
    );
    const other = await runningTable(dynamo, { release: 'pk', component: 'sk' });
    const said = await releaseMatrix(['import', file('own.json', printed), ...other.words]);
    expect([said.exitCode, said.stdout]).toEqual([0, '2 items: 2 written\n']);
    expect(said.stderr).toMatch(/^Of 1 items sets are written as lists, and numbers beyond JavaScript's as text\.$/m);
    expect(await other.items()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          pk: 'v1.4.0',
          sk: 'kafka#user.created',
          producers: ['a', 'b'],
          big: '12345678901234567890',
        }),
        expect.objectContaining({ pk: 'v1.4.0', sk: 'backend#api', replicas: 3, bytes: new Uint8Array([1, 2, 3]) }),
      ]),
    );
    await other.drop();
  });

  test('import writes what can be read, counts what cannot and says why of each', async () => {
    const good = { version: { S: 'v1.4.0' }, 'component#name': { S: 'backend#api' } };
    const items = [
      good,
      { ...good, 'component#name': { S: 'backend#ui' }, replicas: { N: 'three' } },
      { ...good, 'component#name': { S: 'backend#db' }, deep: { M: { list: { L: [{ X: 'y' }] } } } },
      { ...good, 'component#name': { N: '7' } },
      'nothing',
    ];
    const said = await releaseMatrix(['import', file('bad.json', answer(items)), ...table.words]);
    expect([said.exitCode, said.stdout]).toEqual([2, '5 items: 1 written, 4 invalid\n']);
    expect(said.stderr).toMatch(/^item 2: replicas cannot be read: N is not a decimal number: \{"N":"three"\}$/m);
    expect(said.stderr).toMatch(/^item 3: deep cannot be read: unknown type: \{"X":"y"\}$/m);
    expect(said.stderr).toMatch(/^item 4: “component#name” must hold/m);
    expect(said.stderr).toMatch(/^item 5: expected an item \(a JSON object\)/m);
    expect(await table.items()).toMatchObject([{ 'component#name': 'backend#api' }]);
  });

  test('changes of an incremental export are none of a table’s items: each is refused by its line', async () => {
    const Keys = { version: { S: 'v1.4.0' }, 'component#name': { S: 'backend#api' } };
    const change = { Metadata: { WriteTimestampMicros: { N: '1' } }, Keys, NewImage: Keys };
    const said = await releaseMatrix([
      'import',
      file('changes.ndjson', lines([change, { Item: Keys }, { ...change, NewImage: undefined }])),
      ...table.words,
    ]);
    expect([said.exitCode, said.stdout]).toEqual([2, '3 items: 1 written, 2 invalid\n']);
    expect(said.stderr).toMatch(/^line 1: is a change, of an incremental export: expected items/m);
  });

  test('one page of several is imported, and said to be one', async () => {
    const page = answer(TYPED.slice(0, 3), { NextToken: 'eyJF' });
    const said = await releaseMatrix(['import', file('page.json', page), ...table.words]);
    expect([said.exitCode, said.stdout]).toEqual([0, '3 items: 3 written\n']);
    expect(said.stderr).toMatch(/page\.json, line 1: it is one page and not the last .*What comes after/);
  });
});

test.each<[string, string | Uint8Array, number, RegExp]>([
  ['one page of several', answer(TYPED, { LastEvaluatedKey: TYPED[0] }), 3, /it is one page and not the last/],
  [
    'an export in Amazon Ion',
    '$ion_1_0 {Item:{version:"v1.4.0"}}\n',
    2,
    /line 1 is Amazon Ion: expected DynamoDB JSON/,
  ],
  ['a scan that was cut', answer(TYPED).slice(0, 500), 2, /is not JSON/],
  ['a compressed file that was cut', gzipSync(exported).subarray(0, 200), 2, /cannot be read: unexpected end of file/],
])('check --from %s gives no verdict', async (_, content, exitCode, words) => {
  const said = await releaseMatrix(['check', 'v1.4.0', '--from', file('no-verdict', content)]);
  expect([said.exitCode, said.stdout]).toEqual([exitCode, '']);
  expect(said.stderr).toMatch(words);
});

test('a file of more text than can be held is refused with the limit, compressed or not', async () => {
  const plain = file('huge.json', '');
  truncateSync(plain, 512 * 1024 * 1024 + 1); // sparse: it takes no room
  // Members of a gzip file follow one another: a thousand times half a megabyte of blanks.
  const packed = file('huge.json.gz', Buffer.concat(Array(1025).fill(gzipSync(' '.repeat(512 * 1024)))));
  for (const path of [plain, packed]) {
    const said = await releaseMatrix(['check', 'v1.4.0', '--from', path]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('cannot be read: it holds more than 512 MiB of text; divide it into files of less.');
  }
  rmSync(plain);
});

test('an attribute that cannot be read costs a check no item, as when a table is read', async () => {
  const items: Item[] = JSON.parse(JSON.stringify(TYPED));
  Object.assign(items[0] ?? {}, { commit: { S: 7 } });
  const said = await releaseMatrix(['check', 'v1.3.0', '--from', file('marked.json', answer(items))]);
  expect(said.exitCode).toBe(0);
  expect(said.stdout).toContain('6 fragments');
});

test('import refuses what an export could not read: the mark is no content', async () => {
  const marked = { ...EXAMPLE_ESTATE[0], owner: { $unreadable: 'unknown type: {"X":"y"}' } };
  const path = file('mark.json', JSON.stringify([marked]));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(1);
  const table = await ownTable();
  const said = await releaseMatrix(['import', path, ...table.words]);
  expect([said.exitCode, said.stdout]).toEqual([2, '1 items: 0 written, 1 invalid\n']);
  expect(said.stderr).toContain('element 1: owner cannot be read: unknown type');
  await table.close();
});

test.each([
  ['a scan', answer(TYPED)],
  ['lines of an export', exported],
  ['items', lines(TYPED)],
])('publish --input of %s says that import takes it', async (_, text) => {
  const said = await releaseMatrix(['publish', '--dry-run', '--input', file('table.json', text)]);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toMatch(/^line 1: is in the JSON of DynamoDB: expected a fragment; .* release-matrix import$/m);
});
