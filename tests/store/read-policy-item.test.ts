import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import { POLICY_ITEM } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { policyOfTable } from '../../src/release/policy/read-policy.ts';
import { readItemAt } from '../../src/store/single-item.ts';
import { awsError, cannedClient, cannedServer } from './canned-server.ts';

const TABLE = { table: 'ReleaseFragments', keys: DOCUMENTED_KEYS };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('of a table', () => {
  const open = async () => {
    const table = await openEmbeddedTable({ table: 'ReleaseFragments', region: 'us-east-1', data: 'test' });
    closing.push(() => table.close());
    return table.client;
  };

  test('that holds no policy: half a unit, and nothing', async () => {
    expect(await readItemAt(await open(), TABLE, POLICY_ITEM)).toEqual({ item: null, readUnits: 0.5 });
  });

  test('that holds one as a map or as text: the same policy', async () => {
    const client = await open();
    const document = { graceMinutes: 5, environments: { order: ['dev', 'live'] } };
    for (const written of [document, JSON.stringify(document)]) {
      const Item = { version: 'policy', 'component#name': 'policy#release-matrix', document: written };
      await client.send(new PutCommand({ TableName: 'ReleaseFragments', Item }));
      const { item, readUnits } = await readItemAt(client, TABLE, POLICY_ITEM);
      expect(readUnits).toBe(0.5);
      expect(policyOfTable(item === null ? [] : [item], DOCUMENTED_KEYS)).toMatchObject({
        source: 'table',
        policy: { graceMinutes: 5, environments: { order: ['dev', 'live'] }, faults: [] },
      });
    }
  });
});

describe('what an endpoint may answer', () => {
  const answered = async (answer: Parameters<typeof cannedServer>[0]) => {
    const server = await cannedServer(answer);
    closing.push(() => server.close());
    return readItemAt(cannedClient(server.origin, 'node'), TABLE, POLICY_ITEM);
  };

  test('an item that the SDK could not read is an item', async () => {
    const body = '{"Item":{"version":{"S":"policy"},"document":{"L":[null]}}}';
    expect(await answered(() => ({ body }))).toEqual({
      item: { version: 'policy', document: [{ $unreadable: 'not an attribute value: null' }] },
      readUnits: null,
    });
  });

  test.each([
    ['an empty body', { body: '' }, 'unexpected-answer'],
    ['a web page', { body: '<html></html>' }, 'unexpected-answer'],
    ['a list', { body: '[]' }, 'unexpected-answer'],
    ['a refusal', awsError('AccessDeniedException', 'no'), 'access-denied'],
  ])('%s is a fault', async (_, answer, code) => {
    await expect(answered(() => answer)).rejects.toMatchObject({ code });
  });
});
