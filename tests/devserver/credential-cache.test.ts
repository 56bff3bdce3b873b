import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cacheUntilStale } from '../../src/devserver/credentials/credential-cache.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STARTED = Date.parse('2026-11-22T12:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'], now: STARTED });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sessions of a quarter of an hour, told apart by their number. */
function sessions(lifeMs: number | null = 15 * MINUTE) {
  let made = 0;
  const fetch = vi.fn(async () => ({ number: ++made, lifeMs }));
  return { fetch, read: cacheUntilStale({ fetch, limitMs: 10_000, onLimit: () => new Error('limit') }) };
}

/** Sessions whose fetches end when a test ends them. */
function heldSessions() {
  const ends: ((number: number) => void)[] = [];
  const fetch = vi.fn(async () => {
    const number = await new Promise<number>((resolve) => ends.push(resolve));
    return { number, lifeMs: 15 * MINUTE };
  });
  const read = cacheUntilStale({ fetch, limitMs: 10_000, onLimit: () => new Error('limit') });
  return { ends, fetch, asked: () => read().then(({ value }) => value.number, String) };
}

describe('the life of what is kept, whatever is done to this machine’s clock', () => {
  test.each([
    ['F20', 'a day ahead, set right', -24 * HOUR],
    ['F20, F21', 'left alone', 0],
  ])('%s: %s', async (_, __, jump) => {
    const { read } = sessions();
    await read();
    vi.setSystemTime(Date.now() + jump);
    vi.advanceTimersByTime(4 * MINUTE);
    expect(await read()).toEqual({ value: { number: 1, lifeMs: 15 * MINUTE }, ageMs: 4 * MINUTE });
    vi.advanceTimersByTime(2 * MINUTE);
    expect(await read()).toMatchObject({ value: { number: 2 }, ageMs: 0 });
  });

  test('F20: what AWS refuses is exchanged after a clock that was a day ahead was set right', async () => {
    const { read } = sessions();
    await read();
    vi.setSystemTime(Date.now() - 24 * HOUR);
    vi.advanceTimersByTime(29_000);
    expect(await read(true)).toMatchObject({ value: { number: 1 } });
    vi.advanceTimersByTime(1_000);
    expect(await read(true)).toMatchObject({ value: { number: 2 } });
  });

  test('F21: a clock that was a day behind and was set right costs one exchange', async () => {
    const { read } = sessions();
    await read();
    vi.setSystemTime(Date.now() + 24 * HOUR);
    expect(await read()).toMatchObject({ value: { number: 2 }, ageMs: 0 });
    expect(await read()).toMatchObject({ value: { number: 2 } });
  });

  test('F16: a night asleep, in which the monotonic clock stands still', async () => {
    const { read } = sessions();
    await read();
    vi.setSystemTime(Date.now() + 8 * HOUR);
    expect(await read()).toMatchObject({ value: { number: 2 }, ageMs: 0 });
  });

  test('a value of unknown end is fetched again after a minute', async () => {
    const { read } = sessions(null);
    await read();
    vi.setSystemTime(Date.now() - HOUR);
    vi.advanceTimersByTime(MINUTE);
    expect(await read()).toMatchObject({ value: { number: 1 } });
    vi.advanceTimersByTime(1);
    expect(await read()).toMatchObject({ value: { number: 2 } });
  });
});

test('a fetch that never ends is waited for by all, and given up after a minute', async () => {
  const { ends, fetch, asked } = heldSessions();
  const [first, second] = [asked(), asked()];
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await Promise.all([first, second])).toEqual(['Error: limit', 'Error: limit']);
  await vi.advanceTimersByTimeAsync(49_000);
  void asked();
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  const third = asked();
  expect(fetch).toHaveBeenCalledTimes(2);
  ends[1]?.(2);
  expect(await third).toBe(2);
  ends[0]?.(1); // what was given up may still end, and must not take the newer one's place
  await vi.advanceTimersByTimeAsync(0);
  expect(await asked()).toBe(2);
});

test('one that was given up and ends late lets the newer one go on alone', async () => {
  const { ends, fetch, asked } = heldSessions();
  void asked();
  await vi.advanceTimersByTimeAsync(MINUTE);
  const second = asked();
  ends[0]?.(1);
  await vi.advanceTimersByTimeAsync(0);
  const third = asked();
  ends[1]?.(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  expect(fetch).toHaveBeenCalledTimes(2);
});

describe('a value that is kept', () => {
  const opened = (lifeMs: number | null) => {
    const state = { made: 0, fails: false };
    const fetch = vi.fn(async () => {
      if (state.fails) throw new Error('AWS fails');
      return { number: ++state.made, lifeMs };
    });
    const read = cacheUntilStale({ fetch, limitMs: 10_000, onLimit: () => new Error('limit') });
    const asked = (refused?: boolean) => read(refused).then(({ value }) => value.number, String);
    return { state, fetch, asked };
  };

  test.each([
    ['ten minutes of life left', 5 * MINUTE, 1],
    ['less than that', 5 * MINUTE + 1, 2],
  ])('with %s', async (_, ageMs, number) => {
    const { asked } = opened(15 * MINUTE);
    await asked();
    vi.advanceTimersByTime(ageMs);
    expect(await asked()).toBe(number);
  });

  test.each([
    ['six minutes of life left', 9 * MINUTE, 1],
    ['less than that', 9 * MINUTE + 1, 'Error: AWS fails'],
  ])('with %s, where AWS fails', async (_, ageMs, outcome) => {
    const { asked, state } = opened(15 * MINUTE);
    await asked();
    state.fails = true;
    vi.advanceTimersByTime(ageMs);
    expect(await asked()).toBe(outcome);
  });

  test('that AWS refuses is not handed out where AWS fails, though it has life left; to others it is', async () => {
    const { asked, state } = opened(HOUR);
    await asked();
    state.fails = true;
    vi.advanceTimersByTime(30_000);
    expect([await asked(true), await asked()]).toEqual(['Error: AWS fails', 1]);
  });

  test('none is kept: the fault is told, and the next one asks again', async () => {
    const { asked, state, fetch } = opened(HOUR);
    state.fails = true;
    expect([await asked(), await asked(true)]).toEqual(['Error: AWS fails', 'Error: AWS fails']);
    state.fails = false;
    expect([await asked(), fetch.mock.calls.length]).toEqual([1, 3]);
  });

  test('its age begins when it is there, not when it was asked for', async () => {
    const fetch = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return { lifeMs: HOUR };
    };
    const read = cacheUntilStale({ fetch, limitMs: 10_000, onLimit: () => new Error('limit') });
    const first = read();
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await first).ageMs).toBe(0);
    vi.advanceTimersByTime(500);
    expect((await read()).ageMs).toBe(500);
  });

  test('no clock goes on running for whoever has got his value', async () => {
    const { asked } = opened(HOUR);
    await asked();
    expect(vi.getTimerCount()).toBe(0);
  });
});
