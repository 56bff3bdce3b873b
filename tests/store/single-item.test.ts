import { afterEach, describe, expect, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { putWhere, setWhere } from '../../src/store/single-item.ts';
import { notThere } from '../../src/store/unchanged-condition.ts';
import { type Answer, awsError, cannedClient, cannedServer } from './canned-server.ts';

const KEY = { version: 'v1', 'component#name': 'a' };
const CONDITION = notThere(DOCUMENTED_KEYS);

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

type Client = ReturnType<typeof cannedClient>;

describe.each<[string, (client: Client) => Promise<boolean>]>([
  ['put', (client) => putWhere(client, 'Releases', KEY, CONDITION, {})],
  ['changed', (client) => setWhere(client, 'Releases', KEY, { note: 'x' }, CONDITION, {})],
])('whether an item was %s', (_, write) => {
  async function written(answer: Answer) {
    server = await cannedServer(() => answer);
    return await write(cannedClient(server.origin));
  }

  test('is told where that is known', async () => {
    expect(await written({ body: '{}' })).toBe(true);
    await server?.close();
    expect(await written(awsError('ConditionalCheckFailedException', 'The conditional request failed'))).toBe(false);
  });

  test.each([
    ['access-denied', awsError('AccessDeniedException', 'no')],
    ['service-failing', awsError('InternalServerError', 'oops', 500)],
  ])('is not known after a fault: %s', async (code, answer) => {
    await expect(written(answer)).rejects.toMatchObject({ name: 'ReadFault', code });
  });
});

test('several attributes are set and several removed by one call', async () => {
  server = await cannedServer(() => ({ body: '{}' }));
  const attributes = { a: 'x', b: null, c: 'y', d: null };
  await setWhere(cannedClient(server.origin), 'Releases', KEY, attributes, CONDITION, {});
  expect(server.calls.map(({ input }) => input)).toEqual([
    {
      TableName: 'Releases',
      Key: { version: { S: 'v1' }, 'component#name': { S: 'a' } },
      UpdateExpression: 'SET #set_a = :set_a, #set_c = :set_c REMOVE #set_b, #set_d',
      ConditionExpression: 'attribute_not_exists(#k)',
      ExpressionAttributeNames: { '#k': 'version', '#set_a': 'a', '#set_b': 'b', '#set_c': 'c', '#set_d': 'd' },
      ExpressionAttributeValues: { ':set_a': { S: 'x' }, ':set_c': { S: 'y' } },
    },
  ]);
});
