import { describe, expect, test } from 'vitest';
import { FAULT_CODES, type FaultCode, ReadFault } from '../../src/contract/read-fault.ts';
import { MAX_RETRY_MS } from '../../src/limits/limits.ts';
import { RetryWhileDown } from '../../src/store/retry-while-down.ts';

// How long a table that is down is tried again: on a clock of the test's own.

/** @param overslept milliseconds by which each pause is longer than asked, as on a machine that sleeps */
function opened({ random = 0.5, callMs = 0, overslept = 0 } = {}) {
  const state = { now: 1_000 };
  const pauses: number[] = [];
  const limits: number[] = [];
  const stop = new AbortController();
  const patience = {
    elapsedMs: () => state.now,
    pause: async (ms: number) => {
      pauses.push(ms);
      state.now += ms + overslept;
    },
    random: () => random,
  };
  const table = new RetryWhileDown(patience, stop.signal);
  /** Makes a call that ends so, try by try; the last one for good. */
  const run = (...outcomes: readonly (FaultCode | Error | 'ok')[]) => {
    let tries = 0;
    return table
      .run(async (limitMs) => {
        limits.push(limitMs);
        state.now += callMs;
        const outcome = outcomes[Math.min(tries++, outcomes.length - 1)];
        if (outcome === 'ok') return `ok after ${tries}`;
        throw outcome instanceof Error ? outcome : new ReadFault(outcome ?? 'failed', `fault ${tries}`);
      })
      .catch((error: unknown) => (error instanceof ReadFault ? `${error.code}: ${error.message}` : error));
  };
  return { table, run, state, pauses, limits, stop };
}

const PASSING: readonly FaultCode[] = [
  'throttled',
  'service-failing',
  'unreachable',
  'timed-out',
  'unexpected-answer',
  'table-not-ready',
  'local-server-busy',
  'endpoint-unreachable',
  'profile-sts-unreachable',
];

test.each(PASSING)('%s passes by itself: the call is made again', async (code) => {
  const { run, table } = opened();
  expect([await run(code, 'ok'), table.gaveUp]).toEqual(['ok after 2', null]);
});

test.each(FAULT_CODES.filter((code) => !PASSING.includes(code)))('%s does not: it is told at once', async (code) => {
  const { run, table, pauses } = opened();
  expect([await run(code, 'ok'), pauses]).toEqual([`${code}: fault 1`, []]);
  // What may be about the one item, or is the caller's own wish, says nothing of the next call.
  const isOnlyThis = ['request-refused', 'access-denied', 'cancelled'].includes(code);
  expect(table.gaveUp?.code ?? null).toBe(isOnlyThis ? null : code);
  expect(await run('ok')).toBe(isOnlyThis ? 'ok after 1' : `${code}: fault 1`);
});

test('what is no fault of a call is thrown as it is', async () => {
  const { run, table } = opened();
  const error = new RangeError('boom');
  expect([await run(error), table.gaveUp]).toEqual([error, null]);
});

describe('pauses', () => {
  test.each([
    [0.5, [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000]],
    [0, [400, 800, 1_600, 3_200, 6_400, 8_000, 8_000, 8_000, 8_000, 8_000]],
    [0.999999, [600, 1_200, 2_400, 4_800, 9_600, 12_000, 12_000, 12_000]],
  ])('double up to ten seconds, a fifth more or less (chance %f), for a minute in all', async (random, expected) => {
    const { run, pauses, table } = opened({ random });
    expect(await run('throttled')).toBe(`throttled: fault ${expected.length + 1}`);
    expect(pauses).toEqual(expected);
    expect(table.gaveUp?.code).toBe('throttled');
    expect(MAX_RETRY_MS).toBe(60_000);
  });

  test('begin anew, as does the minute, after a call that succeeded', async () => {
    const { run, pauses } = opened();
    await run('throttled', 'throttled', 'throttled', 'throttled', 'throttled', 'throttled', 'throttled', 'ok');
    pauses.length = 0;
    await run('throttled');
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000]);
  });

  test('of all calls together are of one minute', async () => {
    const { run, state } = opened();
    expect(await run('throttled', 'throttled', 'ok')).toBe('ok after 3');
    const begun = state.now;
    await Promise.all([run('throttled'), run('throttled')]);
    expect(state.now - begun).toBeLessThanOrEqual(60_000);
    expect(await run('ok')).toMatch(/^throttled/);
  });
});

test('a call gets ten seconds, and near the end of the minute what is left of it, half a second at least', async () => {
  const { run, limits } = opened({ callMs: 12_000 });
  await run('timed-out');
  // After 12.5, 25.5, 39.5 and 55.5 seconds with the pauses in between.
  expect(limits).toEqual([10_000, 10_000, 10_000, 10_000, 4_500]);
  const later = opened();
  later.state.now = 3_600_000;
  await later.run('ok');
  expect(later.limits).toEqual([10_000]);
  const asleep = opened({ overslept: 59_300 });
  await asleep.run('throttled', 'ok');
  expect(asleep.limits).toEqual([10_000, 500]);
});

test.each([
  ['a last call still has its half second', 58_000, 'ok after 3'],
  ['a millisecond is missing', 58_001, 'throttled: fault 2'],
])('the minute ends where %s', async (_, overslept, said) => {
  // The next pause is one second.
  const { run } = opened({ overslept });
  expect(await run('throttled', 'throttled', 'ok')).toBe(said);
});

test('whoever has seen enough lets every further call fail at once, by the first fault', async () => {
  const { table, run, limits } = opened();
  table.giveUp(new ReadFault('access-denied', 'enough'));
  table.giveUp(new ReadFault('throttled', 'later'));
  expect([await run('ok'), limits]).toEqual(['access-denied: enough', []]);
  expect(table.gaveUp?.message).toBe('enough');
});

test('whoever stops it in a pause is told so', async () => {
  const { run, stop } = opened();
  stop.abort();
  expect(await run('throttled', 'ok')).toBe('cancelled: The writing was stopped.');
});
