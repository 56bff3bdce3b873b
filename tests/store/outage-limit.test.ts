import { Readable } from 'node:stream';
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReadFault } from '../../src/contract/read-fault.ts';

import type { OutageLimit } from '../../src/store/outage-limit.ts';
import { send } from '../../src/store/send.ts';
import { limitedClient } from './limited-client.ts';

const THROTTLED = new ReadFault('throttled', 'Too much.');

type Outcome = 'ok' | 'lost' | 'denied';

/** A table whose answers a test gives, one by one or at once, in the order in which the requests came. */
function answeredTable() {
  const waiting: ((outcome: Outcome) => void)[] = [];
  let sent = 0;
  const handle = async () => {
    sent += 1;
    const outcome = await new Promise<Outcome>((resolve) => waiting.push(resolve));
    if (outcome === 'lost') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const denied = outcome === 'denied';
    const body = denied ? { __type: 'com.amazon.coral.service#AccessDeniedException' } : { Items: [], Count: 0 };
    return {
      response: {
        statusCode: denied ? 400 : 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Readable.from([JSON.stringify(body)]),
      },
    };
  };
  const limited = limitedClient(handle);
  const { client } = limited;
  return {
    ...limited,
    sent: () => sent,
    scan: () => client.send(new ScanCommand({ TableName: 'T' })).then(() => 'ok', nameOf),
    get: () =>
      client.send(new GetItemCommand({ TableName: 'T', Key: { version: { S: 'v' } } })).then(() => 'ok', nameOf),
    /** Answers those requests that are under way, when there are so many. */
    async answer(count: number, outcome: Outcome) {
      await expect.poll(() => waiting.length).toBe(count);
      for (const resume of waiting.splice(0)) resume(outcome);
    },
  };
}

const nameOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(Reflect.get(Object(error), 'name'));

test('F1: what four segments lost at once is repeated, one of them first', async () => {
  const { scan, answer, sent } = answeredTable();
  const scans = Promise.all([scan(), scan(), scan(), scan()]);
  await answer(4, 'lost');
  await answer(1, 'ok');
  await answer(3, 'ok');
  expect([await scans, sent()]).toEqual([['ok', 'ok', 'ok', 'ok'], 8]);
});

test('F4: where the one that is repeated fails too, so do all', async () => {
  const { scan, answer, sent } = answeredTable();
  const scans = Promise.all([scan(), scan(), scan(), scan()]);
  await answer(4, 'lost');
  await answer(1, 'lost');
  await answer(1, 'lost');
  expect([await scans, sent()]).toEqual([Array(4).fill('ECONNRESET'), 6]);
});

test('each of two faults that come one after the other is repeated', async () => {
  const { scan, answer } = answeredTable();
  for (const lost of [2, 2]) {
    const one = scan();
    for (let time = 0; time < lost; time += 1) await answer(1, 'lost');
    await answer(1, 'ok');
    expect(await one).toBe('ok');
  }
});

test('in an outage the first call goes alone, and those behind it fail with it', async () => {
  const { limit, get, scan, answer, sent } = answeredTable();
  limit.end(THROTTLED);
  limit.begin();
  const both = Promise.all([get(), scan()]);
  await answer(1, 'lost');
  expect([await both, sent()]).toEqual([['ECONNRESET', 'ECONNRESET'], 1]);
});

test('in an outage what is denied is an answer like any other', async () => {
  const { limit, get, scan, answer } = answeredTable();
  limit.end(THROTTLED);
  limit.begin();
  const both = Promise.all([get(), scan()]);
  await answer(1, 'denied');
  await answer(1, 'ok');
  expect(await both).toEqual(['AccessDeniedException', 'ok']);
});

test('a table that is back is read by all segments at once, as soon as the first page is there', async () => {
  const { limit, get, scan, answer } = answeredTable();
  limit.end(THROTTLED);
  limit.begin();
  const first = Promise.all([get(), get()]);
  await answer(1, 'ok');
  await answer(1, 'ok');
  expect(await first).toEqual(['ok', 'ok']);
  const scans = Promise.all([scan(), scan(), scan(), scan()]);
  await answer(1, 'ok');
  // None waits for another: each has its time limit, which runs while it waits.
  await answer(3, 'ok');
  expect(await scans).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('F40: a clock that is put back stops nothing', async () => {
  const { limit, get, answer, pass } = answeredTable();
  const one = get();
  for (let time = 0; time < 3; time += 1) await answer(1, 'lost');
  expect(await one).toBe('ECONNRESET');
  limit.end(THROTTLED);
  expect(limit.restMs()).toBe(5_000);
  pass(-3_600_000);
  expect(limit.restMs()).toBe(0);
});

test('F1: a table whose answers take three seconds is slow, and read so that it is asked twelve times a minute', async () => {
  const { limit, get, answer, pass, sent } = answeredTable();
  for (let reading = 1; reading <= 3; reading += 1) {
    limit.begin();
    const one = get();
    await expect.poll(sent).toBe(reading);
    pass(3_000);
    await answer(1, 'ok');
    await one;
    limit.end(null);
    expect([limit.slowMs(), limit.restMs()]).toEqual([3_000, 2_000]);
    pass(2_000);
  }
  limit.begin();
  const quick = get();
  await answer(1, 'ok');
  await quick;
  limit.end(null);
  expect([limit.slowMs(), limit.restMs()]).toEqual([null, 0]);
});

test('F1: what was asked in vain is not forgotten with the next good reading', async () => {
  const { limit, get, answer, pass } = answeredTable();
  for (let time = 0; time < 4; time += 1) {
    limit.begin();
    const lost = get();
    for (let tries = 0; tries < 3; tries += 1) await answer(1, 'lost');
    await lost;
    limit.end(THROTTLED);
    pass(1_000);
    limit.begin();
    const good = get();
    await answer(1, 'ok');
    await good;
    limit.end(null);
  }
  // Twelve in vain within these four seconds: the first of them must be a minute ago.
  expect(limit.restMs()).toBe(57_000);
});

test('F1: calls that were made with the one that failed count, though their own failures come later', async () => {
  const { limit, pass } = answeredTable();
  await tryInVain(limit, 10, () => pass(5_000));
  await readWell(limit);
  limit.begin();
  await limit.count(fails).catch(() => {});
  limit.count(() => new Promise(() => {}));
  limit.end(THROTTLED);
  // Twelve: the first of them was sent 50 s ago.
  expect(limit.restMs()).toBe(11_000);
});

test('F1: a reading that turns out slow after an outage asks the rest as the minute has room for it', async () => {
  const { limit, get, scan, answer, pass, sent } = passingTable();
  await tryInVain(limit, 11, () => pass(5_000));
  await readWell(limit);
  await pass(5_000);
  limit.begin();
  const first = Promise.all([get(), get()]);
  for (const call of [1, 2]) {
    await expect.poll(sent).toBe(call);
    await pass(3_000);
    await answer(1, 'ok');
  }
  await first;
  const scans = [scan(), scan()];
  // The try of 66 s ago makes room for one of them, and that of 56 s ago for the other, 5 s from now.
  await expect.poll(sent).toBe(3);
  await pass(3_000);
  await answer(1, 'ok');
  await scans[0];
  await pass(1_999);
  expect(sent()).toBe(3);
  await pass(1);
  await answer(1, 'ok');
  expect(await Promise.all(scans)).toEqual(['ok', 'ok']);
});

test('F1: a call waits until the minute has room for it, and its own time begins when it has its turn', async () => {
  const { scanInTime, answer, pass, sent } = await slowAfterOutage();
  const next = scanInTime();
  await pass(58_999);
  expect(sent()).toBe(1);
  await pass(1);
  await expect.poll(sent).toBe(2);
  await pass(9_999);
  await answer(1, 'ok');
  expect(await next).toBe('ok');
});

test('F1: a reading that waited for room was slow, though the table was quick again in the end', async () => {
  const { limit, scanInTime, answer, pass } = await slowAfterOutage();
  const next = scanInTime();
  await pass(59_000);
  await answer(1, 'ok');
  await next;
  limit.end(null);
  expect(limit.slowMs()).toBe(2_000);
});

test('F40: where the clock is put back while a call waits for room, it waits no longer for that', async () => {
  const { scanInTime, answer, putBack, pass, sent } = await slowAfterOutage();
  const next = scanInTime();
  putBack(3_600_000);
  await pass(58_999);
  expect(sent()).toBe(1);
  await pass(1);
  await answer(1, 'ok');
  expect(await next).toBe('ok');
});

test('what is stopped while it waits for its turn is never sent, and leaves nothing behind', async () => {
  const { scanInTime, pass, sent } = await slowAfterOutage();
  const stop = new AbortController();
  const next = scanInTime(stop.signal);
  await pass(11_000);
  stop.abort();
  expect(await next).toBe('cancelled');
  await pass(60_000);
  expect([sent(), vi.getTimerCount()]).toEqual([1, 0]);
});

test('a slow reading of more requests than a minute has room for goes on as ever', async () => {
  const { limit, get, answer, pass, sent } = passingTable();
  const slow = get();
  await expect.poll(sent).toBe(1);
  await pass(3_000);
  await answer(1, 'ok');
  await slow;
  for (let more = 0; more < 11; more += 1) await limit.count(async () => {});
  const next = get();
  await answer(1, 'ok');
  expect(await next).toBe('ok');
});

test.each([
  ['throttled', 1],
  ['endpoint-unreachable', 2],
  ['local-server-stopped', 2],
  // By the browser, on both connections that it had kept.
  ['unreachable', 3],
] as const)('what is lost first counts with its repeats on the way: %s', async (code, counted) => {
  const { limit } = answeredTable();
  await limit.count(fails).catch(() => {});
  limit.end(new ReadFault(code, 'Lost.'));
  // And in the outage itself no connection is kept that could be lost.
  limit.begin();
  await limit.count(fails).catch(() => {});
  limit.end(new ReadFault(code, 'Lost.'));
  expect(await triesLeft(limit)).toBe(11 - counted);
});

test('of a reading that meets an outage, what it asked before the items counts with what was in vain', async () => {
  const { limit, get, answer } = answeredTable();
  for (const _ of ['policy', 'counters', 'items']) {
    const one = get();
    await answer(1, 'ok');
    await one;
  }
  await limit.count(fails).catch(() => {});
  limit.end(THROTTLED);
  expect(await triesLeft(limit)).toBe(9);
});

test('in an outage all requests of a try count, and another try like it waits for as many', async () => {
  const { limit } = answeredTable();
  await tryInVain(limit, 1, () => {});
  limit.begin();
  for (const request of [async () => {}, async () => {}, fails]) await limit.count(request).catch(() => {});
  limit.end(THROTTLED);
  expect(limit.restMs()).toBe(15_000);
  expect(await triesLeft(limit)).toBe(8);
});

test('the minute begins with the request that was sent first, also where another failed before it', async () => {
  const { limit, pass } = answeredTable();
  let lose = () => {};
  const first = limit.count(
    () =>
      new Promise<never>((_, reject) => {
        lose = () => reject(new Error('Not now.'));
      }),
  );
  pass(1_000);
  await limit.count(fails).catch(() => {});
  lose();
  await first.catch(() => {});
  limit.end(THROTTLED);
  await tryInVain(limit, 10, () => {});
  expect(limit.restMs()).toBe(60_000);
});

test('where the minute has room for one request alone, calls go one by one, and none is repeated', async () => {
  const { limit, get, answer, sent } = answeredTable();
  await tryInVain(limit, 11, () => {});
  await readWell(limit);
  limit.begin();
  const both = Promise.all([get(), get()]);
  await answer(1, 'lost');
  expect([await both, sent()]).toEqual([['ECONNRESET', 'ECONNRESET'], 1]);
});

test('a minute after the last failure all calls go at once, whatever this reading has asked before', async () => {
  const { limit, get, answer, pass } = answeredTable();
  await tryInVain(limit, 12, () => {});
  await readWell(limit);
  pass(61_000);
  limit.begin();
  for (let request = 0; request < 12; request += 1) await limit.count(async () => {});
  const both = Promise.all([get(), get()]);
  await answer(2, 'ok');
  expect(await both).toEqual(['ok', 'ok']);
});

test.each([
  ['a second', [1_000], 2],
  ['half a second', [500, 500], 1],
])('with no room left and answers after %s, so many calls go at once as keep their time', async (_, heads, atOnce) => {
  const { limit, get, answer, pass, sent } = answeredTable();
  await tryInVain(limit, 11, () => {});
  await readWell(limit);
  limit.begin();
  for (const [before, ms] of heads.entries()) {
    const one = get();
    await expect.poll(sent).toBe(before + 1);
    pass(ms);
    await answer(1, 'ok');
    await one;
  }
  const both = Promise.all([get(), get()]);
  for (let answered = 0; answered < 2; answered += atOnce) await answer(atOnce, 'ok');
  expect(await both).toEqual(['ok', 'ok']);
});

test('a table that is back has all the calls of a large reading at once after twelve good answers', async () => {
  const { limit, get, answer } = answeredTable();
  await tryInVain(limit, 11, () => {});
  await readWell(limit);
  limit.begin();
  for (let page = 0; page < 12; page += 1) {
    const one = get();
    await answer(1, 'ok');
    await one;
  }
  const both = Promise.all([get(), get()]);
  await answer(2, 'ok');
  expect(await both).toEqual(['ok', 'ok']);
});

test('a slow table is asked by all calls of a reading at once', async () => {
  const { limit, get, answer, pass, sent } = answeredTable();
  const slow = get();
  await expect.poll(sent).toBe(1);
  pass(2_000);
  await answer(1, 'ok');
  await slow;
  limit.end(null);
  expect(limit.slowMs()).toBe(2_000);
  limit.begin();
  const all = Promise.all(Array.from({ length: 12 }, get));
  await answer(12, 'ok');
  expect(await all).toEqual(Array(12).fill('ok'));
});

test('what a call waits for its turn is no part of how long the table took', async () => {
  const { limit, get, answer, pass, sent } = answeredTable();
  await tryInVain(limit, 1, () => {});
  limit.begin();
  const both = Promise.all([get(), get()]);
  for (const call of [1, 2]) {
    await expect.poll(sent).toBe(call);
    pass(2_000);
    await answer(1, 'ok');
  }
  await both;
  limit.end(null);
  expect(limit.slowMs()).toBe(2_000);
});

test('of a reading that turns out slow, each call under way takes room once', async () => {
  const { limit, get, answer, pass, sent } = passingTable();
  await tryInVain(limit, 8, () => {});
  await readWell(limit);
  limit.begin();
  const slow = get();
  await expect.poll(sent).toBe(1);
  await pass(3_000);
  await answer(1, 'ok');
  await slow;
  const rest: Promise<string>[] = [];
  for (const call of [2, 3, 4]) {
    rest.push(get());
    await expect.poll(sent).toBe(call);
  }
  await answer(3, 'ok');
  expect(await Promise.all(rest)).toEqual(['ok', 'ok', 'ok']);
});

/** Its time passes for those who wait, too. */
function passingTable() {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const table = answeredTable();
  return {
    ...table,
    putBack: (ms: number) => table.pass(-ms),
    async pass(ms: number) {
      table.pass(ms);
      await vi.advanceTimersByTimeAsync(ms);
    },
  };
}

/** Eleven tries in vain at once, and in the reading after them one answer that took two seconds: there is room for none. */
async function slowAfterOutage() {
  const { limit, client, get, answer, putBack, pass, sent } = passingTable();
  await tryInVain(limit, 11, async () => {});
  await readWell(limit);
  limit.begin();
  const slow = get();
  await expect.poll(sent).toBe(1);
  await pass(2_000);
  await answer(1, 'ok');
  await slow;
  return {
    limit,
    answer,
    putBack,
    pass,
    sent,
    scanInTime: (signal?: AbortSignal) =>
      send(client, new ScanCommand({ TableName: 'T' }), { timeLimitMs: 10_000, signal }).then(() => 'ok', nameOf),
  };
}

const fails = () => Promise.reject(new Error('Not now.'));

async function tryInVain(limit: OutageLimit, tries: number, pause: () => unknown) {
  for (let tried = 0; tried < tries; tried += 1) {
    limit.begin();
    await limit.count(fails).catch(() => {});
    limit.end(THROTTLED);
    await pause();
  }
}

/** How many tries in vain the minute has room for, as the pause after them tells. */
async function triesLeft(limit: OutageLimit): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    await tryInVain(limit, 1, () => {});
    if (limit.restMs() > 5_000) return tries;
  }
}

async function readWell(limit: OutageLimit) {
  limit.begin();
  await limit.count(async () => {});
  limit.end(null);
}
