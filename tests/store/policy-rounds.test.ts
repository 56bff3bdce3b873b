import { afterEach, expect, test } from 'vitest';
import { MAX_ITEM_BYTES } from '../../src/limits/limits.ts';
import { POLICY_ITEM } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { itemBytes } from '../../src/store/item-size.ts';
import { plainItem } from '../../src/store/plain-item.ts';
import { changePolicyItem, PolicyTooLarge, readPolicyItem } from '../../src/store/policy-item.ts';
import { type Answer, awsError, cannedClient, cannedServer } from './canned-server.ts';

// What changing a policy asks of a table, call by call, when others change it in between.

const TABLE = { table: 'Releases', keys: DOCUMENTED_KEYS };
const KEY = { version: POLICY_ITEM.release, 'component#name': POLICY_ITEM.component };
const STAMP = { publishedAt: '2026-11-20T12:00:00.000Z', publishedBy: 'jane', writeId: 'ours' };
const STORED: Item = { ...KEY, document: '{"of":"theirs"}', writeId: 'theirs' };

const DONE: Answer = { body: '{}' };
const NOTHING: Answer = { body: '{}' };
const REFUSED = awsError('ConditionalCheckFailedException', 'The conditional request failed');
const found = (item: Item): Answer => ({ body: JSON.stringify({ Item: attributeValues(item) }) });

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

/** Changes the policy of a table that gives these answers in turn, the last one for good. */
async function change(document: string | null, answers: readonly Answer[]) {
  server = await cannedServer((_, index) => answers[Math.min(index, answers.length - 1)] ?? DONE);
  const { calls } = server;
  const changing = changePolicyItem(cannedClient(server.origin), TABLE, () => document, STAMP, {});
  return {
    outcome: await changing.catch((error: unknown) => error),
    operations: calls.map(({ operation }) => operation),
    items: calls.flatMap(({ input }) => (input.Item === undefined ? [] : [plainItem(input.Item)])),
  };
}

test('the first document is put alone', async () => {
  const { outcome, operations, items } = await change('{}', [NOTHING, DONE]);
  expect([outcome, operations]).toEqual([{ written: true, forgotten: 0 }, ['GetItem', 'PutItem']]);
  expect(items).toEqual([{ ...KEY, document: '{}', ...STAMP }]);
});

test('where the table says so already, nothing is written, and that is told', async () => {
  const { outcome, operations } = await change(null, [found(STORED)]);
  expect([outcome, operations]).toEqual([{ written: false, forgotten: 0 }, ['GetItem']]);
});

test('a document that fills the item to the byte is written, and one that is larger is not', async () => {
  const largest = 'x'.repeat(MAX_ITEM_BYTES - itemBytes({ ...KEY, document: '', ...STAMP }));
  expect((await change(largest, [NOTHING, DONE])).outcome).toEqual({ written: true, forgotten: 0 });
  await server?.close();
  const { outcome, operations } = await change(`${largest}x`, [NOTHING]);
  expect(outcome).toBeInstanceOf(PolicyTooLarge);
  expect(operations).toEqual(['GetItem']);
});

test('what has changed a hundred times in between is given up, and said to be', async () => {
  const answers = Array.from({ length: 100 }, () => [found(STORED), REFUSED]).flat();
  const { outcome, operations } = await change('{}', [...answers, DONE]);
  expect(outcome).toMatchObject({
    code: 'throttled',
    message: 'The policy changed 100 times between being read and being written.',
  });
  expect(operations).toHaveLength(2 * 100);
});

test.each<[string, Item, readonly unknown[]]>([
  ['none', {}, []],
  ['no list', { replaced: 'x' }, []],
  ['members that are no documents', { replaced: ['x', null, 1, ['y'], { document: 'z' }] }, ['z']],
])('a past that another client wrote is read as far as it is one: %s', async (_, more, documents) => {
  server = await cannedServer(() => found({ ...STORED, ...more }));
  const stored = await readPolicyItem(cannedClient(server.origin), TABLE, {});
  expect(stored?.replaced).toEqual(documents.map((document) => ({ document, publishedBy: null, publishedAt: null })));
});
