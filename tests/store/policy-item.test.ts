import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { MAX_REPLACED_BYTES, MAX_REPLACED_CONTENTS } from '../../src/limits/limits.ts';
import { POLICY_ITEM } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { countChanges } from '../../src/store/change-counter.ts';
import { announcePolicy, changePolicyItem, readPolicyItem } from '../../src/store/policy-item.ts';
import { readChangeTotal } from '../../src/store/read-change-counter.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { eachDynamo } from './each-dynamo.ts';
import { dropTable } from './tables.ts';

eachDynamo('against $name', (dynamo) => {
  let at = { table: '', keys: DOCUMENTED_KEYS };
  beforeEach(async () => {
    at = { table: `policies-${randomUUID()}`, keys: DOCUMENTED_KEYS };
    await createReleaseTable(dynamo.client, at.table, at.keys, { lookEveryMs: 5 });
    return () => dropTable(dynamo.client, at.table);
  });

  const KEY = { version: POLICY_ITEM.release, 'component#name': POLICY_ITEM.component };
  const stamp = (by: string, writeId: string = randomUUID()) => ({
    publishedAt: '2026-11-20T12:00:00.000Z',
    publishedBy: by,
    writeId,
  });
  const put = (document: string, by = 'jane', writeId?: string) =>
    changePolicyItem(dynamo.client, at, () => document, stamp(by, writeId), {});
  const read = () => readPolicyItem(dynamo.client, at, {});

  test('keeps what is replaced, with who wrote it and when, the latest first', async () => {
    expect(await read()).toBe(null);
    for (const by of ['a', 'b', 'c']) expect(await put(`{"of":"${by}"}`, by)).toEqual({ written: true, forgotten: 0 });
    expect(await read()).toEqual({
      document: '{"of":"c"}',
      publishedBy: 'c',
      publishedAt: '2026-11-20T12:00:00.000Z',
      replaced: ['b', 'a'].map((by) => ({
        document: `{"of":"${by}"}`,
        publishedBy: by,
        publishedAt: '2026-11-20T12:00:00.000Z',
      })),
    });
  });

  test('keeps ten, and says that the oldest is gone; fewer where they are large', async () => {
    for (let each = 0; each <= MAX_REPLACED_CONTENTS; each += 1) await put(`{"of":${each}}`);
    expect(await put('{"of":11}')).toEqual({ written: true, forgotten: 1 });
    expect((await read())?.replaced.at(-1)?.document).toBe('{"of":1}');
    const large = JSON.stringify({ of: 'x'.repeat(MAX_REPLACED_BYTES - 200) });
    expect(await put(large)).toEqual({ written: true, forgotten: 1 });
    expect(await put('{}')).toEqual({ written: true, forgotten: 10 });
    expect((await read())?.replaced.map(({ document }) => document)).toEqual([large]);
  });

  test('a document that no item can hold is refused, and nothing is written', async () => {
    await put('{}');
    await expect(put('x'.repeat(400 * 1024))).rejects.toThrow(/an item holds 409600/);
    expect((await read())?.document).toBe('{}');
  });

  test('an item that another client wrote is taken over, with all that it holds', async () => {
    await dynamo.client.send(
      new PutCommand({ TableName: at.table, Item: { ...KEY, document: { graceMinutes: 7 }, note: 'by hand' } }),
    );
    await put('{"graceMinutes":8}');
    expect((await read())?.replaced).toEqual([{ document: { graceMinutes: 7 }, publishedBy: null, publishedAt: null }]);
    const { Item } = await dynamo.client.send(new GetCommand({ TableName: at.table, Key: KEY }));
    expect(Item?.note).toBe('by hand');
  });

  test('a write whose answer was lost is not made again', async () => {
    await put('{}', 'jane', 'same');
    expect(await put('{}', 'jane', 'same')).toEqual({ written: true, forgotten: 0 });
    expect((await read())?.replaced).toEqual([]);
  });

  test('of twenty that add something at once each is in it, whoever was faster', async () => {
    const add = (name: string) =>
      changePolicyItem(
        dynamo.client,
        at,
        (stored) => JSON.stringify([...JSON.parse(String(stored?.document ?? '[]')), name]),
        stamp(name),
        {},
      );
    const names = Array.from({ length: 20 }, (_, each) => `n${each}`);
    await Promise.all(names.map(add));
    const stored = await read();
    expect(JSON.parse(String(stored?.document)).toSorted()).toEqual(names.toSorted());
    // Each built on the one before: no document was replaced twice.
    const lengths = [stored, ...(stored?.replaced ?? [])].map((one) => JSON.parse(String(one?.document)).length);
    expect(lengths).toEqual(Array.from({ length: 11 }, (_, each) => 20 - each));
  });

  test('of two that put at once one replaces the other, which is kept', async () => {
    await Promise.all([put('{"of":"a"}', 'a'), put('{"of":"b"}', 'b')]);
    const stored = await read();
    expect([stored?.publishedBy, stored?.replaced[0]?.publishedBy].toSorted()).toEqual(['a', 'b']);
  });

  test('is announced only where publishers count', async () => {
    const total = async () => (await readChangeTotal(dynamo.client, at, 0)).total;
    await announcePolicy(dynamo.client, at, {});
    expect((await total()).count).toBe(0);
    await countChanges(dynamo.client, at, new Map([['v1.0.0', 1]]));
    await announcePolicy(dynamo.client, at, {});
    expect(await total()).toMatchObject({ count: 2, last: ['policy', 'v1.0.0'] });
  });
});
