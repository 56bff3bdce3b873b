import { afterEach, describe, expect, test } from 'vitest';
import { MAX_ITEM_BYTES, MAX_REPLACED_BYTES } from '../../src/limits/limits.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { itemBytes } from '../../src/store/item-size.ts';
import { plainItem } from '../../src/store/plain-item.ts';
import { type PublishOptions, publishFragment } from '../../src/store/publish-fragment.ts';
import { type Answer, awsError, cannedClient, cannedServer } from './canned-server.ts';

// What publishing asks of a table, call by call, when others write the same key in between.

const TABLE = { table: 'Releases', keys: DOCUMENTED_KEYS };
const KEY = { version: 'v1.4.0', 'component#name': 'backend#api' };
const STAMP = { publishedAt: '2026-11-20T12:00:00.000Z', publishedBy: 'https://ci.example/1', writeId: 'ours' };
const ITEM: Item = { ...KEY, commit: 'abcdef1' };
const WRITTEN = { ...ITEM, ...STAMP };

const DONE: Answer = { body: '{}' };
const REFUSED = awsError('ConditionalCheckFailedException', 'The conditional request failed');
const found = (item: Item): Answer => ({ body: JSON.stringify({ Item: attributeValues(item) }) });
const NOTHING: Answer = { body: '{}' };

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

/** Publishes to a table that gives these answers in turn, the last one for good. */
async function publish(item: Item, answers: readonly Answer[], more: Partial<PublishOptions> = {}) {
  server = await cannedServer((_, index) => answers[Math.min(index, answers.length - 1)] ?? DONE);
  const client = cannedClient(server.origin);
  const { calls } = server;
  const outcome = await publishFragment(client, TABLE, item, { replace: false, stamp: STAMP, ...more }).catch(
    (error: unknown) => error,
  );
  const items = calls.flatMap(({ input }) => (input.Item === undefined ? [] : [plainItem(input.Item)]));
  return { outcome, calls, operations: calls.map(({ operation }) => operation), items };
}

test('an item is put where nothing is under its key, and nothing is read', async () => {
  const { outcome, calls, operations, items } = await publish(ITEM, [DONE]);
  expect([outcome, operations, items]).toEqual([{ outcome: 'published' }, ['PutItem'], [WRITTEN]]);
  expect(calls[0]?.input).toMatchObject({
    TableName: 'Releases',
    ConditionExpression: 'attribute_not_exists(#k)',
    ExpressionAttributeNames: { '#k': 'version' },
  });
});

test('outside of a CI no run is written', async () => {
  const { items } = await publish(ITEM, [DONE], { stamp: { ...STAMP, publishedBy: null } });
  expect(items).toEqual([{ ...ITEM, publishedAt: STAMP.publishedAt, writeId: 'ours' }]);
});

test('an item that was published elsewhere keeps when and by whom, and not the id of that write', async () => {
  const elsewhere = {
    ...ITEM,
    publishedAt: '2025-01-01T00:00:00.000Z',
    publishedBy: 'https://ci.example/0',
    writeId: 'theirs',
  };
  const { items } = await publish(elsewhere, [DONE]);
  expect(items).toEqual([{ ...elsewhere, writeId: 'ours' }]);
});

test('what is under the key is asked for as it is now, and not as a replica remembers it', async () => {
  const { calls } = await publish(ITEM, [REFUSED, found(WRITTEN)]);
  expect(calls[1]).toMatchObject({
    operation: 'GetItem',
    input: { TableName: 'Releases', Key: attributeValues(KEY), ConsistentRead: true },
  });
});

describe('an item that is deleted in between', () => {
  test('is put again: it is not called published without having been written', async () => {
    const { outcome, operations, items, calls } = await publish(ITEM, [REFUSED, NOTHING, DONE]);
    expect([outcome, operations]).toEqual([{ outcome: 'published' }, ['PutItem', 'GetItem', 'PutItem']]);
    expect(items).toEqual([WRITTEN, WRITTEN]);
    expect(calls[2]?.input).toEqual(calls[0]?.input);
  });

  test('and comes again, is looked at again', async () => {
    const other = found({ ...ITEM, commit: 'other' });
    const { outcome, operations } = await publish(ITEM, [REFUSED, NOTHING, REFUSED, other]);
    expect(outcome).toMatchObject({ outcome: 'conflict' });
    expect(operations).toEqual(['PutItem', 'GetItem', 'PutItem', 'GetItem']);
  });
});

describe('the same content is there', () => {
  test.each([
    ['of another write', { ...WRITTEN, writeId: 'theirs' }, 'already-published'],
    ['of a client that writes no ids', ITEM, 'already-published'],
    ['of our own write, whose answer was lost', WRITTEN, 'published'],
    [
      'of our own write, which replaced something',
      { ...WRITTEN, replaced: [{ commit: 'x', replacedAt: STAMP.publishedAt }] },
      'replaced',
    ],
    [
      'of our own write, after one that had replaced something',
      { ...WRITTEN, replaced: [{ commit: 'x', replacedAt: '2026-11-19T12:00:00.000Z' }] },
      'published',
    ],
    ['of our own write, beside a past that is none', { ...WRITTEN, replaced: 'x' }, 'published'],
    ['of our own write, beside a past of texts', { ...WRITTEN, replaced: ['x'] }, 'published'],
  ] as const)('%s', async (_, stored, outcome) => {
    const said = await publish(ITEM, [REFUSED, found(stored)]);
    expect([said.outcome, said.operations]).toEqual([
      outcome === 'replaced' ? { outcome, differences: [] } : { outcome },
      ['PutItem', 'GetItem'],
    ]);
  });
});

describe('what was seen to run, and is seen again', () => {
  const seen = (publishedAt: unknown) => found({ ...ITEM, publishedAt, writeId: 'theirs' } as Item);
  const BEFORE = '2026-11-20T11:59:59.999Z';

  test('gets the time and the run of this look, where it still is what was read', async () => {
    const { outcome, operations, calls } = await publish(ITEM, [REFUSED, seen(BEFORE), DONE], { observed: true });
    expect([outcome, operations]).toEqual([{ outcome: 'observed-again' }, ['PutItem', 'GetItem', 'UpdateItem']]);
    expect(calls[2]?.input).toMatchObject({
      TableName: 'Releases',
      Key: attributeValues(KEY),
      UpdateExpression:
        'SET #set_publishedAt = :set_publishedAt, #set_publishedBy = :set_publishedBy, #set_writeId = :set_writeId, #set_firstPublishedAt = :set_firstPublishedAt',
      ExpressionAttributeNames: {
        '#set_firstPublishedAt': 'firstPublishedAt',
        '#set_publishedAt': 'publishedAt',
        '#set_publishedBy': 'publishedBy',
        '#set_writeId': 'writeId',
      },
      ExpressionAttributeValues: {
        ':set_publishedAt': { S: STAMP.publishedAt },
        ':set_publishedBy': { S: 'https://ci.example/1' },
        ':set_writeId': { S: 'ours' },
        ':set_firstPublishedAt': { S: BEFORE },
      },
    });
    expect(calls[2]?.input.ConditionExpression).toMatch(/^attribute_exists\(#n0\) AND #n1 = :v0/);
  });

  test.each<[string, Item, string]>([
    ['as it keeps it already', { firstPublishedAt: '2026-11-01T00:00:00.000Z' }, '2026-11-01T00:00:00.000Z'],
    ['and of what another client put nobody knows it', { writeId: null }, 'unknown'],
    ['nor where the item says no time', { publishedAt: null }, 'unknown'],
  ])('keeps when it was written first: %s', async (_, more, first) => {
    const item = { ...ITEM, publishedAt: BEFORE, writeId: 'theirs', ...more };
    const stored = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
    const { calls } = await publish(ITEM, [REFUSED, found(stored), DONE], { observed: true });
    expect(calls[2]?.input.ExpressionAttributeValues).toMatchObject({ ':set_firstPublishedAt': { S: first } });
  });

  test('loses the run of an earlier look where this one is of none', async () => {
    const stamp = { ...STAMP, publishedBy: null };
    const { calls } = await publish(ITEM, [REFUSED, seen(BEFORE), DONE], { observed: true, stamp });
    expect(calls[2]?.input.UpdateExpression).toBe(
      'SET #set_publishedAt = :set_publishedAt, #set_writeId = :set_writeId, #set_firstPublishedAt = :set_firstPublishedAt REMOVE #set_publishedBy',
    );
  });

  test.each([
    ['at the same time', STAMP.publishedAt],
    ['later', '2026-11-20T12:00:00.001Z'],
  ])('by another that looked %s: his counts', async (_, publishedAt) => {
    const { outcome, operations } = await publish(ITEM, [REFUSED, seen(publishedAt)], { observed: true });
    expect([outcome, operations]).toEqual([{ outcome: 'already-published' }, ['PutItem', 'GetItem']]);
  });

  test.each([
    ['at no time that is one', 'yesterday'],
    ['at a number', 5],
    ['at a number that could be a year', 9999],
  ])('%s: ours counts', async (_, publishedAt) => {
    const { outcome } = await publish(ITEM, [REFUSED, seen(publishedAt), DONE], { observed: true });
    expect(outcome).toEqual({ outcome: 'observed-again' });
  });

  test('is read again where it has changed in between', async () => {
    const answers = [REFUSED, seen(BEFORE), REFUSED, seen(STAMP.publishedAt)];
    const { outcome, operations } = await publish(ITEM, answers, { observed: true });
    expect(outcome).toEqual({ outcome: 'already-published' });
    expect(operations).toEqual(['PutItem', 'GetItem', 'UpdateItem', 'GetItem']);
  });
});

describe('other content is there', () => {
  const OTHER = { ...ITEM, commit: 'other', publishedAt: '2026-11-01T00:00:00.000Z', writeId: 'theirs' };

  test('stays, and both contents are told', async () => {
    const { outcome, operations } = await publish(ITEM, [REFUSED, found(OTHER)]);
    const differences = [{ name: 'commit', stored: 'other', offered: 'abcdef1' }];
    expect(outcome).toEqual({ outcome: 'conflict', stored: OTHER, differences });
    expect(operations).toEqual(['PutItem', 'GetItem']);
  });

  test('is replaced where that is asked for and it still is what was read; the item keeps what it was', async () => {
    const { outcome, operations, items, calls } = await publish(ITEM, [REFUSED, found(OTHER), DONE], { replace: true });
    expect(outcome).toMatchObject({ outcome: 'replaced', differences: [{ name: 'commit' }] });
    expect(operations).toEqual(['PutItem', 'GetItem', 'PutItem']);
    const past = { commit: 'other', publishedAt: OTHER.publishedAt, writeId: 'theirs', replacedAt: STAMP.publishedAt };
    expect(items[1]).toEqual({ ...WRITTEN, replaced: [past] });
    expect(calls[2]?.input.ConditionExpression).toMatch(/^attribute_exists\(#n0\) AND #n1 = :v0 AND /);
    expect(calls[2]?.input.ExpressionAttributeValues).toMatchObject({ ':v0': { S: 'theirs' } });
  });

  test('keeps its mark only where nothing was before it', async () => {
    const stored = { ...OTHER, replaced: [{ commit: 'first' }] };
    const { items } = await publish(ITEM, [REFUSED, found(stored), DONE], { replace: true });
    const past = { commit: 'other', publishedAt: OTHER.publishedAt, replacedAt: STAMP.publishedAt };
    expect(items[1]).toEqual({ ...WRITTEN, replaced: [past, { commit: 'first' }] });
  });

  test('keeps its own past behind it, and that of the item that comes, ten in all', async () => {
    const past = (name: string, count: number) => Array.from({ length: count }, (_, index) => ({ name, index }));
    const stored = { ...OTHER, replaced: past('stored', 5) };
    const { items } = await publish({ ...ITEM, replaced: past('item', 6) }, [REFUSED, found(stored), DONE], {
      replace: true,
    });
    const replaced = items[1]?.replaced;
    const [newest, ...rest] = Array.isArray(replaced) ? replaced : [];
    expect(newest).toMatchObject({ commit: 'other' });
    expect(newest).not.toHaveProperty('replaced');
    expect(rest).toEqual([...past('stored', 5), ...past('item', 4)]);
  });

  test('that has changed a hundred times in between is given up, and said to be', async () => {
    const { outcome, operations } = await publish(
      ITEM,
      [REFUSED, ...Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? found(OTHER) : REFUSED))],
      { replace: true },
    );
    expect(outcome).toMatchObject({
      code: 'throttled',
      message: 'The item changed 100 times between being read and being replaced.',
    });
    expect(operations).toHaveLength(1 + 2 * 100);
  });
});

describe('what an item keeps of its past takes no more than there is room for', () => {
  const text = (bytes: number) => 'x'.repeat(bytes);
  const past = (bytes: number) => ({ note: text(bytes) });
  /** The longest note of a past of one content. */
  const LONGEST = MAX_REPLACED_BYTES - itemBytes({ replaced: [{ note: '', replacedAt: STAMP.publishedAt }] });

  /** @returns how many bytes of notes are kept, of each that is */
  async function kept(item: Item, stored: Item): Promise<readonly number[]> {
    const { items } = await publish(item, [REFUSED, found(stored), DONE], { replace: true });
    const written = items[1] ?? {};
    expect(itemBytes(written)).toBeLessThanOrEqual(MAX_ITEM_BYTES);
    const replaced = Array.isArray(written.replaced) ? written.replaced : [];
    return replaced.map((one) => String((one as Item).note ?? '').length);
  }

  test.each([
    ['a small one, whole', 10, 50_000, [40_000], [50_000, 40_000]],
    ['of two of 60 kB, the newer', 10, 60_000, [60_000], [60_000]],
    ['of three, those that are newer', 10, 10_000, [60_000, 60_000], [10_000, 60_000]],
    ['none of more than 100 kB', 10, 110_000, [], []],
    ['none beside an item that needs its 400 kB itself', 400_000, 10_000, [], []],
    ['none beside one that takes all but the last 4 kB of the 400', 405_600, 10, [], []],
    ['one that fills its 100 kB to the byte', 10, LONGEST, [], [LONGEST]],
    ['none that is a byte larger', 10, LONGEST + 1, [], []],
    ['as much as fits beside a large item', 390_000, 10_000, [10_000], [10_000]],
  ])('%s', async (_, own, now, before, expected) => {
    const stored = { ...KEY, ...past(now), replaced: before.map(past) };
    expect(await kept({ ...KEY, commit: 'abcdef1', own: text(own) }, stored)).toEqual(expected);
  });
});

test('a fault of each call is told in our own words', async () => {
  const denied = awsError('AccessDeniedException', 'User: x is not authorized to perform: dynamodb:PutItem');
  for (const answers of [[denied], [REFUSED, denied], [REFUSED, NOTHING, denied]]) {
    const { outcome } = await publish(ITEM, answers);
    expect(outcome).toMatchObject({ name: 'ReadFault', code: 'access-denied' });
    await server?.close();
  }
  const observed = await publish(ITEM, [REFUSED, found(ITEM), denied], { observed: true });
  expect(observed.outcome).toMatchObject({ name: 'ReadFault', code: 'access-denied' });
});

test.each([
  ['an answer that is not an object', '[]', 'Received JSON that is not an object.'],
  ['an item that is not a map', '{"Item":[]}', 'Received an item that is not a map.'],
])('%s is never taken for "nothing is there"', async (_, body, message) => {
  const { outcome, operations } = await publish(ITEM, [REFUSED, { body }]);
  expect(outcome).toMatchObject({ code: 'unexpected-answer', message });
  expect(operations).toEqual(['PutItem', 'GetItem']);
});
