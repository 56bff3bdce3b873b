import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  type KeyType,
  type ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, expect, test } from 'vitest';
import { faultFrom } from '../../src/contract/read-fault.ts';
import { tableReader } from '../../src/live/table-reader.ts';
import { DYNAMODB_ERRORS, type FaultServer, startFaultServer } from '../browser/fault-server.ts';
import { putInto } from '../browser/running-dashboards.ts';
import { releaseMatrix } from '../cli/command.ts';
import { TRUSTING } from '../proofs.ts';

const TABLE = 'ReleaseFragments';
const folder = mkdtempSync(join(tmpdir(), 'release-matrix-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SAVED = join(folder, 'unpublished.ndjson');
type Keys = Readonly<Record<string, readonly [KeyType, ScalarAttributeType]>>;

let server: FaultServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** Deletes the table and makes it with other keys, with one item in it. */
async function makeAnew({ table: { client } }: FaultServer, keys: Keys): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: TABLE }));
  const made = new CreateTableCommand({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: Object.entries(keys).map(([AttributeName, [KeyType]]) => ({ AttributeName, KeyType })),
    AttributeDefinitions: Object.entries(keys).map(([AttributeName, [, AttributeType]]) => ({
      AttributeName,
      AttributeType,
    })),
  });
  await expect.poll(() => client.send(made).then(() => 'made', String), { timeout: 10_000 }).toBe('made');
  const values = Object.entries(keys).map(([name, [kind, type]]) => [
    name,
    type === 'N' ? 1 : kind === 'HASH' ? 'v9.0.0' : 'backend#auth',
  ]);
  const put = new PutCommand({ TableName: TABLE, Item: Object.fromEntries(values) });
  await expect.poll(() => client.send(put).then(() => 'put', String), { timeout: 10_000 }).toBe('put');
}

/** A page that has read the table as documented, with a policy of its own file or not. */
async function openPage(policy: null | object) {
  const faults = await startFaultServer(TABLE);
  server = faults;
  await putInto(faults)('v1.0.0', 'backend#auth');
  let now = Date.now();
  const reader = tableReader(
    {
      source: { kind: 'embedded', data: 'test', simulatedCi: false },
      table: TABLE,
      region: 'us-east-1',
      keyNames: null,
      policy,
      pollIntervalMs: 5_000,
      readUnitsPerHour: null,
    },
    { origin: faults.url, fetch, now: () => now, ...TRUSTING },
  );
  const { table } = await reader.read(null, () => {}, new AbortController().signal);
  const poll = () => {
    now += 5_000;
    return reader.read(table, () => {}, new AbortController().signal);
  };
  return { faults, poll };
}

const UNSUITABLE: readonly (readonly [string, Keys, RegExp])[] = [
  ['a HASH key alone', { version: ['HASH', 'S'] }, /has no RANGE key/],
  ['a HASH key alone, of another name', { id: ['HASH', 'S'] }, /has no RANGE key/],
  ['a RANGE key that is a number', { version: ['HASH', 'S'], 'component#name': ['RANGE', 'N'] }, /is of type N/],
];

for (const [how, policy] of [
  ['by GetItem and Scan', null],
  ['by Scan alone, as the policy is a file', {}],
] as const) {
  test.each(UNSUITABLE)(
    `a table made anew under an open page with %s is named at once (${how})`,
    async (_, keys, message) => {
      const { faults, poll } = await openPage(policy);
      await makeAnew(faults, keys);
      await expect(poll()).rejects.toMatchObject({ code: 'keys-unsuitable', message: expect.stringMatching(message) });
    },
  );

  test(`a table made anew under an open page with keys of other names is read by them (${how})`, async () => {
    const { faults, poll } = await openPage(policy);
    await makeAnew(faults, { pk: ['HASH', 'S'], sk: ['RANGE', 'S'] });
    const { table } = await poll();
    expect(table.keyNames).toEqual({ release: 'pk', component: 'sk' });
    expect(table.fragments.map(({ release, name }) => [release, name])).toEqual([['v9.0.0', 'auth']]);
  });
}

test.each(UNSUITABLE)('on the command line, %s is named at once', async (_, keys, message) => {
  const faults = await startFaultServer(TABLE);
  server = faults;
  await makeAnew(faults, keys);
  const where = ['--table', TABLE, '--region', 'us-east-1', '--endpoint', faults.url];
  const asked = [
    ['check', 'v1.0.0'],
    ['publish', '--release', 'v1.0.0', '--type', 'backend', '--component', 'auth', '--artifact', 'a', '--save', SAVED],
    ['export', join(folder, 'never-written.jsonl')],
  ];
  for (const words of asked) {
    const { exitCode, stderr } = await releaseMatrix([...words, ...where]);
    expect([exitCode === 0, stderr]).toEqual([false, expect.stringMatching(message)]);
    expect(stderr).toContain('Table has other keys');
  }
});

test('where DescribeTable is denied, other keys are told by the first call that names one', async () => {
  const { faults } = await openPage(null);
  await makeAnew(faults, { pk: ['HASH', 'S'] });
  faults.fail(DYNAMODB_ERRORS.denied, ['DescribeTable']);
  const where = ['--table', TABLE, '--region', 'us-east-1', '--endpoint', faults.url];
  for (const words of [
    ['check', 'v1.0.0'],
    ['publish', '--release', 'v1.0.0', '--type', 'backend', '--component', 'auth', '--artifact', 'a', '--save', SAVED],
  ]) {
    expect((await releaseMatrix([...words, ...where])).stderr).toContain('Table has other keys');
  }
});

// As DynamoDB itself words them; dynalite knows only some.
test.each([
  'The provided key element does not match the schema',
  'Query condition missed key schema element: component#name',
  'The provided starting key is invalid: The provided key element does not match the schema',
  "Exclusive Start Key must have same size as table's key schema",
  'One or more parameter values were invalid: Missing the key pk in the item',
  'One or more parameter values were invalid: Type mismatch for key version expected: N actual: S',
  'One or more parameter values were invalid: Condition parameter type does not match schema type',
])('"%s" tells of other keys', (message) => {
  const error = Object.assign(new Error(message), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  expect(faultFrom(error).code).toBe('keys-unsuitable');
});

test.each([
  'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: version',
  'Item size has exceeded the maximum allowed size',
])('"%s" does not', (message) => {
  const error = Object.assign(new Error(message), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
  expect(faultFrom(error).code).toBe('request-refused');
});
