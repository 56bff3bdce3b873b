import { randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import {
  CHANGES_KEY,
  changedSince,
  changeTotalOf,
  countChanges,
  releaseCounterKey,
  TOTAL_KEY,
} from '../../src/store/change-counter.ts';
import { connectTable } from '../../src/store/client.ts';
import { type PublishOptions, publishFragment } from '../../src/store/publish-fragment.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { eachDynamo } from './each-dynamo.ts';
import { lossyProxy } from './lossy-proxy.ts';
import { dropTable } from './tables.ts';

const TABLE = { table: 'PublishedFragments', keys: DOCUMENTED_KEYS };

const options = (more: Partial<PublishOptions> = {}): PublishOptions => ({
  replace: false,
  stamp: { publishedAt: '2026-11-20T12:00:00.000Z', publishedBy: null, writeId: randomUUID() },
  ...more,
});
const fragment = (more: Item = {}): Item => ({ version: 'v1.4.0', 'component#name': 'backend#api', ...more });
const KEY = { version: 'v1.4.0', 'component#name': 'backend#api' };

eachDynamo('against $name', (dynamo) => {
  afterAll(() => dropTable(dynamo.client, TABLE.table));
  beforeEach(async () => {
    await dropTable(dynamo.client, TABLE.table);
    await createReleaseTable(dynamo.client, TABLE.table, DOCUMENTED_KEYS, { lookEveryMs: 5 });
  });
  const publish = (item: Item, more: Partial<PublishOptions> = {}) =>
    publishFragment(dynamo.client, TABLE, item, options(more));
  const stored = async () =>
    (await dynamo.client.send(new GetCommand({ TableName: TABLE.table, Key: KEY, ConsistentRead: true }))).Item;

  test('published, again, and with other content', async () => {
    expect(await publish(fragment({ commit: 'abcdef1' }))).toEqual({ outcome: 'published' });
    expect(await publish(fragment({ commit: 'abcdef1' }))).toEqual({ outcome: 'already-published' });
    expect(await publish(fragment({ commit: 'abcdef2', owner: 'us' }))).toMatchObject({
      outcome: 'conflict',
      differences: [
        { name: 'commit', stored: 'abcdef1', offered: 'abcdef2' },
        { name: 'owner', stored: null, offered: 'us' },
      ],
    });
    expect(await stored()).toMatchObject({ commit: 'abcdef1', publishedAt: '2026-11-20T12:00:00.000Z' });
  });

  test('an item of another client that says the same is already published', async () => {
    await dynamo.client.send(
      new PutCommand({
        TableName: TABLE.table,
        Item: { ...KEY, npm_version: '1.0.0', producers: new Set(['b', 'a']), date: '2026-11-20T12:00:00Z' },
      }),
    );
    const same = fragment({ npmVersion: '1.0.0', producers: ['a', 'b'], date: '2026-11-20T12:00:00.000Z' });
    expect(await publish(same)).toEqual({ outcome: 'already-published' });
    expect(await stored()).not.toHaveProperty('writeId');
  });

  test('replacing keeps what was replaced, newest first, ten at most', async () => {
    await publish(fragment({ commit: 'c0', links: { a: 'x' } }));
    for (let round = 1; round <= 12; round += 1) {
      expect(
        await publish(fragment({ commit: `c${round}`, list: [{ deep: round }] }), { replace: true }),
      ).toMatchObject({
        outcome: 'replaced',
      });
    }
    const item = await stored();
    expect(item?.commit).toBe('c12');
    expect(item?.replaced.map((one: { commit: string }) => one.commit)).toEqual(
      Array.from({ length: 10 }, (_, index) => `c${11 - index}`),
    );
    expect(item?.replaced[0]).toEqual({
      commit: 'c11',
      list: [{ deep: 11 }],
      publishedAt: '2026-11-20T12:00:00.000Z',
      replacedAt: '2026-11-20T12:00:00.000Z',
    });
    expect(await publish(fragment({ commit: 'c12', list: [{ deep: 12 }] }), { replace: true })).toEqual({
      outcome: 'already-published',
    });
  });

  test('any kind of stored value can be the condition of a replacement', async () => {
    await dynamo.client.send(
      new PutItemCommand({
        TableName: TABLE.table,
        Item: {
          version: { S: KEY.version },
          'component#name': { S: KEY['component#name'] },
          number: { N: '12345678901234567890.5' },
          bytes: { B: new Uint8Array([1, 2, 3]) },
          texts: { SS: ['b', 'a'] },
          numbers: { NS: ['2', '1'] },
          flag: { BOOL: false },
          none: { NULL: true },
          empty: { M: {} },
          map: { M: { 'a.b': { L: [{ S: 'x' }, { M: { '#': { N: '1' } } }] } } },
          ...Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`many${index}`, { S: 'x' }])),
        },
      }),
    );
    expect(await publish(fragment({ commit: 'c1' }), { replace: true })).toMatchObject({ outcome: 'replaced' });
    expect((await stored())?.replaced[0]).toMatchObject({
      number: '12345678901234567890.5',
      map: { 'a.b': ['x', { '#': 1 }] },
    });
  });

  test.each<[string, string, unknown]>([
    ['a value', 'SET note = :x', 'other'],
    ['a member of a map', 'SET #map.#inner = :x', 'other'],
    ['a documented field that was absent', 'SET #owner = :x', 'other'],
  ])('%s that changes between reading and replacing is not overwritten unseen', async (_, UpdateExpression, value) => {
    await dynamo.client.send(
      new PutCommand({ TableName: TABLE.table, Item: { ...KEY, note: 'first', map: { inner: 'first' } } }),
    );
    const names = Object.entries({ '#map': 'map', '#inner': 'inner', '#owner': 'owner' });
    let meddled = false;
    const meddling = new Proxy(dynamo.client, {
      get(target, property) {
        if (property !== 'send') return Reflect.get(target, property);
        return async (...[command, more]: Parameters<typeof target.send>) => {
          const answer = await target.send(command, more);
          if (command instanceof GetItemCommand && !meddled) {
            meddled = true;
            await target.send(
              new UpdateCommand({
                TableName: TABLE.table,
                Key: KEY,
                UpdateExpression,
                ExpressionAttributeValues: { ':x': value },
                ...(UpdateExpression.includes('#')
                  ? {
                      ExpressionAttributeNames: Object.fromEntries(
                        names.filter(([name]) => UpdateExpression.includes(name)),
                      ),
                    }
                  : {}),
              }),
            );
          }
          return answer;
        };
      },
    });
    const said = await publishFragment(meddling, TABLE, fragment({ commit: 'c1' }), options({ replace: true }));
    expect([meddled, said.outcome]).toEqual([true, 'replaced']);
    const [kept] = (await stored())?.replaced ?? [];
    expect(JSON.stringify(kept)).toContain('other');
  });

  test('racing replacements lose none of one another', async () => {
    await publish(fragment({ commit: 'c0' }));
    await Promise.all(
      Array.from({ length: 9 }, (_, index) => publish(fragment({ commit: `c${index + 1}` }), { replace: true })),
    );
    const item = await stored();
    const commits = [item, ...(item?.replaced ?? [])].map((one) => one?.commit);
    expect(commits.toSorted()).toEqual(Array.from({ length: 10 }, (_, index) => `c${index}`));
  });

  test('counters: none lost among racing publishers, and the last changes are named', async () => {
    const total = async () =>
      changeTotalOf(
        ((
          await dynamo.client.send(
            new GetCommand({
              TableName: TABLE.table,
              Key: { version: CHANGES_KEY, 'component#name': TOTAL_KEY },
              ConsistentRead: true,
            }),
          )
        ).Item as Item | undefined) ?? null,
      );
    expect(await total()).toEqual({ count: 0, last: [] });
    await countChanges(
      dynamo.client,
      TABLE,
      new Map([
        ['v1.4.0', 2],
        ['v1.3.0', 1],
      ]),
    );
    const known = await total();
    expect(known).toEqual({ count: 2, last: ['v1.3.0', 'v1.4.0'] });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => countChanges(dynamo.client, TABLE, new Map([[`v2.${index % 3}.0`, 1]]))),
    );
    const now = await total();
    expect(now.count).toBe(12);
    expect(changedSince(now, known.count)?.toSorted()).toEqual(['v2.0.0', 'v2.1.0', 'v2.2.0']);
    expect([changedSince(now, 12), changedSince(now, 13)]).toEqual([[], null]);
    await countChanges(dynamo.client, TABLE, new Map(Array.from({ length: 20 }, (_, index) => [`v3.${index}.0`, 1])));
    expect(changedSince(await total(), 12)).toBe(null);
    expect(changedSince(await total(), 30)?.toSorted()).toEqual(['v3.18.0', 'v3.19.0']);
    const all = await dynamo.client.send(new ScanCommand({ TableName: TABLE.table }));
    const counts = new Map(all.Items?.map((item) => [item['component#name'], item.count]));
    expect([counts.get(releaseCounterKey('v1.4.0')), counts.get(releaseCounterKey('v2.0.0'))]).toEqual([2, 4]);
    expect(counts.size).toBe(1 + 2 + 3 + 20);
  });

  test('an answer that is lost: the SDK’s second try finds the item there, and it counts as published', async () => {
    const lossy = await lossyProxy((await dynamo.client.config.endpoint?.())?.port ?? 0, 'PutItem');
    const client = connectTable({ region: 'us-east-1', credentials: EMULATOR_CREDENTIALS, endpoint: lossy.origin });
    try {
      expect(await publishFragment(client, TABLE, fragment({ commit: 'c1' }), options())).toEqual({
        outcome: 'published',
      });
      expect(lossy.calls()).toEqual(['PutItem (answer dropped)', 'PutItem', 'GetItem']);
      const lostAgain = publishFragment(client, TABLE, fragment({ commit: 'c1' }), options());
      expect(await lostAgain).toEqual({ outcome: 'already-published' });
    } finally {
      client.destroy();
      await lossy.close();
    }
    const all = await dynamo.client.send(new ScanCommand({ TableName: TABLE.table }));
    expect(all.Items).toEqual([expect.objectContaining({ commit: 'c1' })]);
  });
});
