import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { send } from '../../src/store/send.ts';
import { awsError, type Call, cannedClient, cannedServer } from './canned-server.ts';

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

test('a session that ends again and again gets fresh credentials each time', async () => {
  const keyOf = (call: Call) => Number(/Credential=key(\d+)\//.exec(call.headers.authorization ?? '')?.[1]);
  let fetched = 0;
  let ended = 1;
  server = await cannedServer((call) =>
    keyOf(call) <= ended ? awsError('ExpiredTokenException', 'stale') : { body: '{}' },
  );
  const client = cannedClient(server.origin, 'node', {
    credentials: async () => {
      fetched += 1;
      return { accessKeyId: `key${fetched}`, secretAccessKey: 's', expiration: new Date(Date.now() + 3_600_000) };
    },
  });
  const get = () => send(client, new GetItemCommand({ TableName: 'T', Key: { version: { S: 'v1' } } }));
  for (ended = 1; ended <= 3; ended += 1) await get();
  expect(server.calls.map(keyOf)).toEqual([1, 2, 2, 3, 3, 4]);
});
