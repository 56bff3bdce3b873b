import { getEventListeners } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { withinTime } from '../../src/store/time-limit.ts';

test.each([
  ['succeeds', async () => 'ok'],
  ['fails', () => Promise.reject(new Error('Not now.'))],
])(
  'a call that %s leaves nothing behind: no timer, for which a command would wait, and no listener',
  async (_, call) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { signal } = new AbortController();
    await withinTime<string>(call, 1_000, signal).catch(() => {});
    // It is put away after whoever waits has the answer.
    await vi.advanceTimersByTimeAsync(0);
    expect([vi.getTimerCount(), getEventListeners(signal, 'abort')]).toEqual([0, []]);
  },
);
