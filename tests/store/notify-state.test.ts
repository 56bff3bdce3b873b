import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { CLAIM_MS, claimNews, settleNews } from '../../src/store/notify-state.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { dropTable, TEST_DYNAMOS, type TestDynamo } from './tables.ts';

const TABLE = { table: 'NotifyStates', keys: DOCUMENTED_KEYS };
const START = Date.parse('2026-11-20T12:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

describe.each(TEST_DYNAMOS)('against $name', ({ start }) => {
  let dynamo: TestDynamo;
  beforeAll(async () => {
    dynamo = await start();
    await dropTable(dynamo.client, TABLE.table);
    await createReleaseTable(dynamo.client, TABLE.table, TABLE.keys, { lookEveryMs: 5 });
  });
  afterAll(async () => {
    await dropTable(dynamo.client, TABLE.table);
    dynamo.client.destroy();
    await dynamo.close();
  });

  /** One release of its own, of which jobs tell. */
  function telling() {
    const release = `v1.0.0-${randomUUID()}`;
    const news = (state: string, readMs: number) => ({ release, state, readAt: at(readMs) });
    const claim = async (state: string, ms: number, claimId: string = randomUUID(), readMs = ms) => {
      const options = { now: at(ms), claimId };
      const { outcome } = await claimNews(dynamo.client, TABLE, news(state, readMs), options);
      const settle = (wasTold: boolean) => settleNews(dynamo.client, TABLE, news(state, readMs), wasTold, options);
      return { outcome, settle };
    };
    return claim;
  }

  test('what was told is not told again, what is new is', async () => {
    const claim = telling();
    const first = await claim('a', 0);
    expect(first.outcome).toBe('claimed');
    await first.settle(true);
    expect((await claim('a', 1)).outcome).toBe('told');
    const second = await claim('b', 2);
    expect(second.outcome).toBe('claimed');
    await second.settle(true);
    expect((await claim('a', 3)).outcome).toBe('claimed');
  });

  test('what could not be told is told by the next; what was told before is remembered', async () => {
    const claim = telling();
    await (await claim('a', 0)).settle(true);
    await (await claim('b', 1)).settle(false);
    expect((await claim('a', 2)).outcome).toBe('told');
    expect((await claim('b', 3)).outcome).toBe('claimed');
  });

  test('of twenty jobs at once one may tell', async () => {
    const claim = telling();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim('a', 0)));
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ outcome }) => outcome === 'elsewhere')).toHaveLength(19);
  });

  test('a claim holds for its time; who lost it cannot settle it', async () => {
    const claim = telling();
    const killed = await claim('a', 0);
    expect((await claim('a', CLAIM_MS - 1)).outcome).toBe('elsewhere');
    const heir = await claim('a', CLAIM_MS);
    expect(heir.outcome).toBe('claimed');
    await killed.settle(false);
    expect((await claim('a', CLAIM_MS + 1)).outcome).toBe('elsewhere');
    await heir.settle(true);
    expect((await claim('a', CLAIM_MS + 2)).outcome).toBe('told');
  });

  test('a claim of a clock that is hours ahead blocks nobody', async () => {
    const claim = telling();
    await claim('a', 4 * 3_600_000);
    expect((await claim('a', 0)).outcome).toBe('claimed');
  });

  test('a claim whose answer was lost is found to be made', async () => {
    const claim = telling();
    await claim('a', 0, 'mine');
    expect((await claim('a', 1, 'mine')).outcome).toBe('claimed');
  });

  test('an older reading is not told after a newer one', async () => {
    const claim = telling();
    await (await claim('b', 10)).settle(true);
    expect((await claim('a', 20, randomUUID(), 5)).outcome).toBe('elsewhere');
  });
});
