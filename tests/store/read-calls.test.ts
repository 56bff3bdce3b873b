import { afterEach, describe, expect, test } from 'vitest';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { countChanges } from '../../src/store/change-counter.ts';
import { readChangeCounters, readChangeTotal } from '../../src/store/read-change-counter.ts';
import { readReleases } from '../../src/store/read-release.ts';
import { readItemAt } from '../../src/store/single-item.ts';
import { describeTable } from '../../src/store/table-keys.ts';
import { createReleaseTable, putItems } from '../../src/store/write-items.ts';
import { type Answer, awsError, type Call, cannedClient, cannedServer, DESCRIBED_TABLE } from './canned-server.ts';

// What each way of reading and writing asks of a table, and what it makes of the answer.

const DESCRIBED = { table: 'Releases', keys: DOCUMENTED_KEYS };
const SIGNAL = new AbortController().signal;

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

/** A client of a table that answers so; `asked` are the inputs of its calls, in their order. */
async function open(answer: (call: Call, index: number) => Answer) {
  server = await cannedServer(answer);
  const { calls } = server;
  return {
    client: cannedClient(server.origin),
    operations: () => calls.map(({ operation }) => operation),
    asked: () => calls.map(({ input }) => input),
  };
}

const json = (answer: object): Answer => ({ body: JSON.stringify(answer) });
const units = (CapacityUnits: number) => ({ ConsumedCapacity: { TableName: 'Releases', CapacityUnits } });
const item = (component: string, more: Item = {}): Item => ({ version: 'v1', 'component#name': component, ...more });
const DENIED = awsError('AccessDeniedException', 'User: x is not authorized to perform: dynamodb:Query');

describe('single releases', () => {
  const query = (release: string) => ({
    TableName: 'Releases',
    KeyConditionExpression: '#release = :release',
    ExpressionAttributeNames: { '#release': 'version' },
    ExpressionAttributeValues: { ':release': { S: release } },
    ReturnConsumedCapacity: 'TOTAL',
  });

  test('none are asked for: nothing is', async () => {
    const { client, asked } = await open(() => json({}));
    expect(await readReleases(client, DESCRIBED, [], { consistent: false })).toEqual([]);
    expect(asked()).toEqual([]);
  });

  test('are read to their last page, as a replica remembers them', async () => {
    const next = attributeValues(item('a'));
    const { client, asked, operations } = await open((_, index) =>
      index === 0
        ? json({ Items: [attributeValues(item('a'))], LastEvaluatedKey: next, ...units(1) })
        : json({ Items: [attributeValues(item('b'))], ...units(0.5) }),
    );
    expect(await readReleases(client, DESCRIBED, ['v1'], { consistent: false })).toEqual([
      { release: 'v1', items: [item('a'), item('b')], readUnits: 1.5 },
    ]);
    expect(operations()).toEqual(['Query', 'Query']);
    expect(asked()).toEqual([query('v1'), { ...query('v1'), ExclusiveStartKey: next }]);
  });

  test('as they are now, each in its place, whichever answer is first', async () => {
    const { client, asked } = await open(({ input }) => {
      const { ':release': release } = input.ExpressionAttributeValues as Record<string, { S: string }>;
      return json({
        Items: release?.S === 'v2' ? [] : [attributeValues({ ...item('a'), version: release?.S ?? '' })],
        ...units(1),
      });
    });
    const releases = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
    const readings = await readReleases(client, DESCRIBED, releases, { consistent: true });
    expect(readings.map(({ release, items }) => [release, items.map(({ version }) => version)])).toEqual(
      releases.map((release) => [release, release === 'v2' ? [] : [release]]),
    );
    expect(asked()).toEqual(
      expect.arrayContaining(releases.map((release) => ({ ...query(release), ConsistentRead: true }))),
    );
    expect(asked()).toHaveLength(6);
  });

  test('four at once', async () => {
    const { client, asked } = await open(() => ({ does: 'hang' }));
    const stop = new AbortController();
    const reading = readReleases(client, DESCRIBED, ['a', 'b', 'c', 'd', 'e', 'f'], {
      consistent: false,
      signal: stop.signal,
    });
    await expect.poll(() => asked().length).toBe(4);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked()).toHaveLength(4);
  });

  test('one that cannot be had is the fault of all, and those that wait are not asked for', async () => {
    const { client, asked } = await open(() => DENIED);
    const reading = readReleases(client, DESCRIBED, ['a', 'b', 'c', 'd', 'e', 'f'], { consistent: false });
    await expect(reading).rejects.toMatchObject({ name: 'ReadFault', code: 'access-denied' });
    expect(asked().length).toBeLessThanOrEqual(4);
  });

  test('of more than two hundred pages none is one', async () => {
    const { client, asked } = await open((_, index) =>
      json({ Items: [], LastEvaluatedKey: attributeValues(item(String(index))) }),
    );
    await expect(readReleases(client, DESCRIBED, ['v1'], { consistent: false })).rejects.toMatchObject({
      code: 'unexpected-answer',
      message: 'v1 has more than 200 pages.',
    });
    expect(asked()).toHaveLength(200);
  });

  test('cost nothing known where one page counts nothing', async () => {
    const next = attributeValues(item('a'));
    const answers = [{ LastEvaluatedKey: next, ...units(1) }, { LastEvaluatedKey: next }, units(1)];
    const { client } = await open((_, index) => json({ Items: [], ...answers[index] }));
    expect((await readReleases(client, DESCRIBED, ['v1'], { consistent: false }))[0]?.readUnits).toBeNull();
  });
});

describe('one item', () => {
  const KEY = { release: 'v1', component: 'a' };
  const get = { TableName: 'Releases', Key: attributeValues(item('a')), ReturnConsumedCapacity: 'TOTAL' };

  test.each([
    ['as a replica remembers it', {}, get],
    ['as it is now', { consistent: true }, { ...get, ConsistentRead: true }],
  ])('%s', async (_, options, input) => {
    const { client, asked, operations } = await open(() =>
      json({ Item: attributeValues(item('a', { n: 1 })), ...units(0.5) }),
    );
    expect(await readItemAt(client, DESCRIBED, KEY, options)).toEqual({ item: item('a', { n: 1 }), readUnits: 0.5 });
    expect([operations(), asked()]).toEqual([['GetItem'], [input]]);
  });

  test('that is not there', async () => {
    const { client } = await open(() => json({}));
    expect(await readItemAt(client, DESCRIBED, KEY)).toEqual({ item: null, readUnits: null });
  });

  test.each([
    ['an answer that is not an object', { body: '[]' }, 'unexpected-answer', 'Received JSON that is not an object.'],
    ['a denial', DENIED, 'access-denied', expect.any(String)],
  ] as const)('%s is a fault, and not "none is there"', async (_, answer, code, message) => {
    const { client } = await open(() => answer);
    await expect(readItemAt(client, DESCRIBED, KEY)).rejects.toMatchObject({ name: 'ReadFault', code, message });
  });
});

describe('the counter', () => {
  const total = (count: number, last: readonly string[] = []): Answer =>
    json({
      Item: attributeValues({ count, ...Object.fromEntries(last.map((one, index) => [`last${index + 1}`, one])) }),
      ...units(0.5),
    });

  test('is asked for as a replica remembers it, and believed where it has not gone back', async () => {
    const { client, asked } = await open(() => total(5, ['v1']));
    const reading = await readChangeTotal(client, DESCRIBED, 5);
    expect(reading).toEqual({ total: { count: 5, last: ['v1'] }, readUnits: 0.5 });
    expect(asked()).toEqual([
      {
        TableName: 'Releases',
        Key: { version: { S: 'release-matrix:changes' }, 'component#name': { S: 'total' } },
        ReturnConsumedCapacity: 'TOTAL',
      },
    ]);
  });

  test('that seems to have gone back is asked for as it is now, and both are paid for', async () => {
    const { client, asked } = await open(({ input }) => total(input.ConsistentRead === true ? 5 : 4));
    expect(await readChangeTotal(client, DESCRIBED, 5)).toEqual({ total: { count: 5, last: [] }, readUnits: 1 });
    expect(asked().map(({ ConsistentRead }) => ConsistentRead)).toEqual([undefined, true]);
  });

  test.each([0, 1])('costs nothing known where the answer %i counts nothing', async (uncounted) => {
    const { client } = await open((_, index) => (index === uncounted ? json({}) : total(1)));
    expect((await readChangeTotal(client, DESCRIBED, 5)).readUnits).toBeNull();
  });

  test('of each release is read by one Query, as it is now', async () => {
    const { client, asked, operations } = await open(() =>
      json({
        Items: [
          { 'component#name': { S: 'release#v1' }, count: { N: '3' } },
          { 'component#name': { S: 'release#v2' }, count: { S: 'x' } },
          { 'component#name': { S: 'other' }, count: { N: '1' } },
          { 'component#name': { N: '1' }, count: { N: '1' } },
          { 'component#name': { S: 'total' }, count: { N: '9' }, last1: { S: 'v1' } },
        ],
        ...units(1),
      }),
    );
    expect(await readChangeCounters(client, DESCRIBED, SIGNAL)).toEqual({
      total: { count: 9, last: ['v1'] },
      counters: new Map([
        ['v1', 3],
        ['v2', Number.NaN],
      ]),
      readUnits: 1,
    });
    expect(operations()).toEqual(['Query']);
    expect(asked()[0]).toMatchObject({
      ConsistentRead: true,
      ExpressionAttributeValues: { ':release': { S: 'release-matrix:changes' } },
    });
  });

  test('is not there at all', async () => {
    const { client } = await open(() => json({ Items: [] }));
    expect(await readChangeCounters(client, DESCRIBED, SIGNAL)).toEqual({
      total: { count: 0, last: [] },
      counters: new Map(),
      readUnits: null,
    });
  });

  test('is added to: first that of each release, then the one that all look at, with their names', async () => {
    const { client, asked, operations } = await open(() => json({}));
    await countChanges(
      client,
      DESCRIBED,
      new Map([
        ['v1', 2],
        ['v2', 1],
      ]),
    );
    expect(operations()).toEqual(['UpdateItem', 'UpdateItem', 'UpdateItem']);
    const one = (range: string, count: string) => ({
      TableName: 'Releases',
      Key: { version: { S: 'release-matrix:changes' }, 'component#name': { S: range } },
      UpdateExpression: 'ADD #count :count',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':count': { N: count } },
    });
    const shifted = Array.from(
      { length: 14 },
      (_, index) => `last${index + 3} = if_not_exists(last${index + 1}, :none)`,
    );
    expect(asked()).toEqual([
      one('release#v1', '2'),
      one('release#v2', '1'),
      {
        ...one('total', '2'),
        UpdateExpression: `ADD #count :count SET last1 = :r0, last2 = :r1, ${shifted.join(', ')}`,
        ExpressionAttributeValues: { ':count': { N: '2' }, ':r0': { S: 'v2' }, ':r1': { S: 'v1' }, ':none': { S: '' } },
      },
    ]);
  });

  test('of sixteen releases names all, of more the last, and has no value that nothing uses', async () => {
    const { client, asked } = await open(() => json({}));
    await countChanges(client, DESCRIBED, new Map(Array.from({ length: 18 }, (_, index) => [`v${index}`, 1])));
    const values = asked().at(-1)?.ExpressionAttributeValues;
    expect(values).toEqual({
      ':count': { N: '18' },
      ...Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`:r${index}`, { S: `v${17 - index}` }])),
    });
  });

  test('is left alone where nothing was written; a fault of it is told', async () => {
    const { client, asked } = await open(() => DENIED);
    await countChanges(client, DESCRIBED, new Map());
    expect(asked()).toEqual([]);
    await expect(countChanges(client, DESCRIBED, new Map([['v1', 1]]))).rejects.toMatchObject({
      name: 'ReadFault',
      code: 'access-denied',
    });
  });
});

describe('what a table is', () => {
  const described = (more: object = {}) => json({ Table: { ...JSON.parse(DESCRIBED_TABLE).Table, ...more } });
  const describeIt = async (answer: Answer, configuredKeys: typeof DOCUMENTED_KEYS | null = null) => {
    const { client } = await open(() => answer);
    return describeTable(client, { table: 'Releases', configuredKeys });
  };
  const OWN = { release: 'pk', component: 'sk' };

  test('its keys, size and status', async () => {
    expect(await describeIt(described({ ItemCount: 3, TableSizeBytes: 400 }))).toEqual({
      table: 'Releases',
      keys: DOCUMENTED_KEYS,
      keysFrom: 'table',
      denied: null,
      itemCount: 3,
      sizeBytes: 400,
      status: 'ACTIVE',
    });
    expect(await describeIt(described({ TableStatus: undefined }))).toMatchObject({
      itemCount: null,
      sizeBytes: null,
      status: null,
    });
  });

  test.each([
    ['CREATING', false],
    ['DELETING', false],
    ['ARCHIVING', false],
    ['ARCHIVED', false],
    ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', false],
    ['UPDATING', true],
    ['ACTIVE', true],
  ])('%s: it can be read: %s', async (TableStatus, readable) => {
    const asked = describeIt(described({ TableStatus }));
    if (readable) expect((await asked).status).toBe(TableStatus);
    else
      await expect(asked).rejects.toMatchObject({
        code: 'table-not-ready',
        message: `Table Releases is ${TableStatus}.`,
      });
  });

  test.each([
    ['a denial', DENIED],
    ['an endpoint that does not know the call', awsError('UnknownOperationException', 'x')],
  ])('is guessed after %s, and said to be', async (_, answer) => {
    const guess = { table: 'Releases', itemCount: null, sizeBytes: null, status: null, denied: { name: 'ReadFault' } };
    expect(await describeIt(answer)).toMatchObject({ ...guess, keys: DOCUMENTED_KEYS, keysFrom: 'documentation' });
    await server?.close();
    expect(await describeIt(answer, OWN)).toMatchObject({ ...guess, keys: OWN, keysFrom: 'settings' });
  });

  test.each<[string, Answer, string, string]>([
    [
      'not there',
      awsError('ResourceNotFoundException', 'Requested resource not found'),
      'table-missing',
      'Requested resource not found',
    ],
    [
      'an answer without a table',
      json({}),
      'unexpected-answer',
      'Received an answer to DescribeTable without a table.',
    ],
    [
      'without a HASH key',
      described({ KeySchema: [{ AttributeName: 'a', KeyType: 'RANGE' }] }),
      'keys-unsuitable',
      'Table Releases has no HASH key; expected one of type S that holds the release.',
    ],
    [
      'without a RANGE key',
      described({ KeySchema: [{ AttributeName: 'version', KeyType: 'HASH' }] }),
      'keys-unsuitable',
      'Table Releases has no RANGE key; expected one of type S that holds <type>#<name>.',
    ],
    [
      'without keys',
      described({ KeySchema: undefined }),
      'keys-unsuitable',
      'Table Releases has no HASH key; expected one of type S that holds the release.',
    ],
    [
      'with a key of another type',
      described({ AttributeDefinitions: [{ AttributeName: 'version', AttributeType: 'N' }] }),
      'keys-unsuitable',
      'The HASH key "version" of table Releases is of type N; expected S.',
    ],
    [
      'with a key of a type that is not said',
      described({ AttributeDefinitions: undefined }),
      'keys-unsuitable',
      'The HASH key "version" of table Releases is of type unknown; expected S.',
    ],
  ])('%s', async (_, answer, code, message) => {
    await expect(describeIt(answer)).rejects.toMatchObject({ name: 'ReadFault', code, message });
  });
});

describe('a table is made', () => {
  const made = (statuses: readonly string[], first: Answer = json({})) =>
    open(({ operation }, index) =>
      operation === 'CreateTable'
        ? first
        : json({ Table: { TableStatus: statuses[Math.min(index - 1, statuses.length - 1)] } }),
    );

  test('with both keys as texts, billed by request, and waited for', async () => {
    const { client, asked, operations } = await made(['CREATING', 'ACTIVE']);
    await createReleaseTable(client, 'Releases', { release: 'pk', component: 'sk' }, { lookEveryMs: 1 });
    expect(operations()).toEqual(['CreateTable', 'DescribeTable', 'DescribeTable']);
    expect(asked().slice(0, 2)).toEqual([
      {
        TableName: 'Releases',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
      { TableName: 'Releases' },
    ]);
  });

  test('unless it is there', async () => {
    const { client } = await made(['ACTIVE'], awsError('ResourceInUseException', 'Table already exists'));
    await createReleaseTable(client, 'Releases', DOCUMENTED_KEYS);
  });

  test('and given up after its time', async () => {
    const { client, operations } = await made(['CREATING']);
    await expect(
      createReleaseTable(client, 'Releases', DOCUMENTED_KEYS, { lookEveryMs: 1, limitMs: 2 }),
    ).rejects.toMatchObject({
      code: 'timed-out',
      message: 'Table Releases was not active after 2 ms.',
    });
    expect(operations()).toEqual(['CreateTable', 'DescribeTable', 'DescribeTable', 'DescribeTable']);
  });

  test('not at all where that is denied', async () => {
    const { client } = await made([], awsError('AccessDeniedException', 'no'));
    await expect(createReleaseTable(client, 'Releases', DOCUMENTED_KEYS)).rejects.toMatchObject({
      code: 'access-denied',
    });
  });
});

describe('items are put', () => {
  const put = (count: number) => Array.from({ length: count }, (_, index) => item(`c${index}`));
  const requested = ({ RequestItems }: Record<string, unknown>) =>
    (RequestItems as { Releases: { PutRequest: { Item: Record<string, { S: string }> } }[] }).Releases.map(
      ({ PutRequest }) => PutRequest.Item['component#name']?.S,
    );

  test('twenty-five at a time; of several with the same keys the last one', async () => {
    const { client, asked, operations } = await open(() => json({}));
    const steps: object[] = [];
    const items = [item('c0', { n: 'first' }), ...put(26)];
    const written = await putItems(client, 'Releases', items, {
      concurrency: 1,
      onProgress: (step) => steps.push(step),
    });
    expect([written, operations()]).toEqual([26, ['BatchWriteItem', 'BatchWriteItem']]);
    expect(asked().map((input) => requested(input).length)).toEqual([25, 1]);
    expect(JSON.stringify(asked())).not.toContain('first');
    expect(steps).toEqual([
      { written: 25, total: 26 },
      { written: 26, total: 26 },
    ]);
  });

  test('again where the table has not taken them, and only those', async () => {
    const { client, asked } = await open((_, index) =>
      index < 2
        ? json({ UnprocessedItems: { Releases: [{ PutRequest: { Item: attributeValues(item('c1')) } }] } })
        : json({}),
    );
    expect(await putItems(client, 'Releases', put(3), { firstPauseMs: 1 })).toBe(3);
    expect(asked().map(requested)).toEqual([['c0', 'c1', 'c2'], ['c1'], ['c1']]);
  });

  test('eight times at most', async () => {
    const { client, asked } = await open(() =>
      json({ UnprocessedItems: { Releases: put(2).map((one) => ({ PutRequest: { Item: attributeValues(one) } })) } }),
    );
    await expect(putItems(client, 'Releases', put(2), { firstPauseMs: 1 })).rejects.toMatchObject({
      code: 'throttled',
      message: '2 items were refused for lack of capacity.',
    });
    expect(asked()).toHaveLength(8);
  });

  test('no more after one batch has failed', async () => {
    const { client, asked } = await open(() => awsError('ValidationException', 'bad'));
    await expect(putItems(client, 'Releases', put(100), { concurrency: 1 })).rejects.toMatchObject({
      name: 'ReadFault',
      code: 'request-refused',
    });
    expect(asked()).toHaveLength(1);
  });

  test('not at all by whoever has stopped it', async () => {
    const { client, asked } = await open(() => json({}));
    await expect(putItems(client, 'Releases', put(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The writing was stopped.',
    });
    expect(asked()).toEqual([]);
  });
});
