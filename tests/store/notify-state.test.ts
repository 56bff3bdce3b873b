import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { CLAIM_MS, claimNews, NOTIFY_KEY, settleNews } from '../../src/store/notify-state.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { awsError, cannedClient, cannedServer } from './canned-server.ts';
import { eachDynamo } from './each-dynamo.ts';
import { dropTable } from './tables.ts';

const TABLE = { table: 'NotifyStates', keys: DOCUMENTED_KEYS };
const START = Date.parse('2026-11-20T12:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

eachDynamo('against $name', (dynamo) => {
  beforeAll(async () => {
    await dropTable(dynamo.client, TABLE.table);
    await createReleaseTable(dynamo.client, TABLE.table, TABLE.keys, { lookEveryMs: 5 });
  });
  afterAll(() => dropTable(dynamo.client, TABLE.table));

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
    const key = { version: NOTIFY_KEY, 'component#name': release };
    const put = (item: object) =>
      dynamo.client.send(new PutCommand({ TableName: TABLE.table, Item: { ...key, ...item } }));
    const drop = () => dynamo.client.send(new DeleteCommand({ TableName: TABLE.table, Key: key }));
    return Object.assign(claim, { put, drop });
  }

  /** Has something happen between the reading and the writing of whoever writes next. */
  function beforeNextWrite(happens: () => Promise<unknown>) {
    let isNext = true;
    const { middlewareStack } = dynamo.client;
    middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const waits = isNext && commandName === 'PutItemCommand';
          if (waits) {
            isNext = false;
            await happens();
          }
          return next(args);
        },
      { name: 'beforeNextWrite' },
    );
    onTestFinished(() => void middlewareStack.remove('beforeNextWrite'));
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

  test('the same reading is not told again', async () => {
    const claim = telling();
    await (await claim('a', 0)).settle(true);
    expect((await claim('a', 1, randomUUID(), 0)).outcome).toBe('told');
  });

  test('a claim whose item is gone is not settled', async () => {
    const claim = telling();
    const first = await claim('a', 0);
    await claim.drop();
    await first.settle(true);
    expect((await claim('a', 1)).outcome).toBe('claimed');
  });

  test.each([
    ['by another job', async (claim: ReturnType<typeof telling>) => (await claim('z', 0)).settle(true)],
    ['by another program', (claim: ReturnType<typeof telling>) => claim.put({ told: 'z' })],
  ])('what was told %s, and is told anew while a job reads it, that one does not tell', async (_, tell) => {
    const claim = telling();
    await tell(claim);
    beforeNextWrite(async () => (await claim('a', 1)).settle(true));
    expect((await claim('a', 2)).outcome).toBe('told');
  });

  test('what this program does not write so blocks nobody', async () => {
    const claim = telling();
    await claim.put({ claimedAt: [at(0)], toldReadAt: [at(2)] });
    expect((await claim('a', 1)).outcome).toBe('claimed');
  });
});

test('an item that others change each time is left to them after twenty rounds', async () => {
  const news = { release: 'v1', state: 'a', readAt: at(0) };
  const changed = awsError('ConditionalCheckFailedException', 'The conditional request failed');
  const told = { body: JSON.stringify({ Item: { told: { S: 'a' } } }) };
  const server = await cannedServer(({ operation }, index) => {
    if (operation === 'PutItem') return changed;
    return index < 40 ? { body: '{}' } : told;
  });
  onTestFinished(server.close);
  await expect(
    claimNews(cannedClient(server.origin), TABLE, news, { now: at(0), claimId: 'mine' }),
  ).rejects.toMatchObject({ code: 'throttled', message: 'What was told of v1 changed 20 times on the way.' });
});
