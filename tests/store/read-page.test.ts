import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { readPage } from '../../src/store/read-page.ts';
import { cannedClient, cannedServer } from './canned-server.ts';

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

async function pageWith(answer: object) {
  server = await cannedServer(() => ({ body: JSON.stringify({ Items: [], ...answer }) }));
  return readPage(cannedClient(server.origin), new ScanCommand({ TableName: 'Releases' }), {});
}

test.each([
  ['no key', {}, null],
  ['null, as some emulators say', { LastEvaluatedKey: null }, null],
  ['a key', { LastEvaluatedKey: { version: { S: 'v1' } } }, { version: { S: 'v1' } }],
])('a page says where the reading goes on: %s', async (_, answer, next) => {
  expect(await pageWith(answer)).toEqual({ items: [], next, readUnits: null });
});

test.each<[string, unknown, string, string]>([
  ['a text', 'v1', 'unexpected-answer', 'Received a LastEvaluatedKey that is not a key.'],
  ['a number', 5, 'unexpected-answer', 'Received a LastEvaluatedKey that is not a key.'],
  ['a list', [{ S: 'v1' }], 'unexpected-answer', 'Received a LastEvaluatedKey that is not a key.'],
  ['nothing in it', {}, 'unexpected-answer', 'Received an empty LastEvaluatedKey.'],
  ['another type', { version: { N: '1' } }, 'keys-unsuitable', 'Key attribute "version" is not a string (S).'],
  ['no value', { version: 'v1' }, 'keys-unsuitable', 'Key attribute "version" is not a string (S).'],
])('one that cannot be gone on from is a fault, and not the last one: %s', async (_, key, code, message) => {
  await expect(pageWith({ LastEvaluatedKey: key })).rejects.toMatchObject({ name: 'ReadFault', code, message });
});
