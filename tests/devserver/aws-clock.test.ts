import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openAwsClock } from '../../src/devserver/credentials/aws-clock.ts';

// One look at AWS's clock, on a clock of this machine that the test sets.

const NOW = Date.parse('2026-11-22T12:00:00.300Z');
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOW });
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockReset();
});

/** Has AWS answer with this date, so many milliseconds after it was asked. */
function answers(date: string | null, afterMs = 0): void {
  fetched.mockImplementation(async () => {
    vi.advanceTimersByTime(afterMs);
    return new Response(null, { headers: date === null ? {} : { date } });
  });
}

describe('where AWS’s clock says the same, but for what an answer’s seconds leave open, ours goes on', () => {
  test.each([
    ['the same second', 'Sun, 22 Nov 2026 12:00:00 GMT'],
    ['almost two seconds ahead', 'Sun, 22 Nov 2026 12:00:01 GMT'],
    ['almost two seconds behind', 'Sun, 22 Nov 2026 11:59:58 GMT'],
  ])('%s', async (_, date) => {
    answers(date);
    const clock = await openAwsClock('eu-central-1', {});
    vi.advanceTimersByTime(5_000);
    expect(clock?.()).toBe(NOW + 5_000);
  });
});

describe('where it says another, its own goes on, whatever is done to ours', () => {
  test.each([
    ['ahead', 'Sun, 22 Nov 2026 12:00:02 GMT', '2026-11-22T12:00:02.500Z'],
    ['behind', 'Sun, 22 Nov 2026 11:59:57 GMT', '2026-11-22T11:59:57.500Z'],
    ['a day ahead', 'Mon, 23 Nov 2026 12:00:00 GMT', '2026-11-23T12:00:00.500Z'],
  ])('%s', async (_, date, theirs) => {
    answers(date);
    const clock = await openAwsClock('eu-central-1', {});
    vi.setSystemTime(Date.now() - 86_400_000);
    vi.advanceTimersByTime(1_000);
    expect(clock?.()).toBe(Date.parse(theirs) + 1_000);
  });

  test('two seconds are another', async () => {
    vi.setSystemTime(NOW + 200);
    answers('Sun, 22 Nov 2026 12:00:02 GMT');
    const clock = await openAwsClock('eu-central-1', {});
    vi.setSystemTime(NOW);
    expect(clock?.()).toBe(Date.parse('2026-11-22T12:00:02.500Z'));
  });

  test('half of the time that its answer took is added', async () => {
    vi.advanceTimersByTime(5_000);
    answers('Mon, 23 Nov 2026 12:00:00 GMT', 1_000);
    expect((await openAwsClock('eu-central-1', {}))?.()).toBe(Date.parse('2026-11-23T12:00:01.000Z'));
  });
});

describe('none is known', () => {
  test.each([
    ['without a date', null],
    ['by a date that is none', 'soon'],
  ])('%s', async (_, date) => {
    answers(date);
    expect(await openAwsClock('eu-central-1', {})).toBeNull();
  });

  test('without an answer', async () => {
    fetched.mockRejectedValue(new Error('no network'));
    expect(await openAwsClock('eu-central-1', {})).toBeNull();
  });
});

test.each([
  ['eu-central-1', {}, 'https://sts.eu-central-1.amazonaws.com'],
  ['cn-north-1', {}, 'https://sts.cn-north-1.amazonaws.com.cn'],
  ['eu-central-1', { AWS_ENDPOINT_URL: 'http://all' }, 'http://all'],
  ['eu-central-1', { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_STS: 'http://sts' }, 'http://sts'],
  ['eu-central-1', { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_STS: '' }, 'https://sts.eu-central-1.amazonaws.com'],
])(
  'in %s with %j %s is asked, without a body and following nowhere, for three seconds at most',
  async (region, env, url) => {
    const limit = vi.spyOn(AbortSignal, 'timeout');
    answers(null);
    await openAwsClock(region, env);
    const signal = limit.mock.results[0]?.value;
    expect(limit.mock.calls).toEqual([[3_000]]);
    expect(fetched.mock.calls).toEqual([[url, { method: 'HEAD', redirect: 'manual', signal }]]);
    limit.mockRestore();
  },
);
