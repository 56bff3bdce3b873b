import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FaultCode, ReadFault } from '../../../src/contract/read-fault.ts';
import { useFreshToken } from '../../../src/dashboard/state/fresh-token.ts';
import { reloadOnce } from '../../../src/dashboard/state/reload-once.ts';
import type { Reading } from '../../../src/live/poll-status.ts';
import type { Answering } from '../../../src/live/server-secret.ts';

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('reloads once a minute at most', () => {
  const reload = vi.fn();
  const outcomes = [1_000_000, 1_001_000, 1_059_999, 1_060_000].map((now) => reloadOnce(sessionStorage, now, reload));
  expect(outcomes).toEqual([true, false, false, true]);
  expect(reload).toHaveBeenCalledTimes(2);
});

test('F14: a server that restarts twice within a minute is followed both times, and never another program', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const reload = vi.fn();
  /** A reading that ends at this second. */
  const failed = (second: number, code: FaultCode = 'local-server-restarted'): Reading => {
    const now = 1_000_000 + second * 1_000;
    vi.setSystemTime(now);
    const fault = new ReadFault(code, 'refused');
    return {
      table: null,
      fault,
      wholeFault: null,
      slowMs: null,
      failures: 1,
      startedAt: now,
      endedAt: now,
      pauseMs: 1_000,
    };
  };
  let answers: Answering = 'ours';
  const ask = async () => answers;
  /** Whoever answers has answered. */
  const answered = () => act(async () => {});
  const open = () =>
    renderHook<void, Reading | null>((reading) => useFreshToken(reading, reload, ask), { initialProps: null });
  const first = open();
  first.rerender(failed(0, 'local-server-stopped'));
  await answered();
  expect(reload).not.toHaveBeenCalled();
  answers = 'foreign';
  first.rerender(failed(1));
  await answered();
  expect(reload).not.toHaveBeenCalled();
  answers = 'ours';
  first.rerender(failed(2));
  await answered();
  expect(reload).toHaveBeenCalledTimes(1);
  first.unmount();
  const second = open();
  second.rerender(failed(20));
  second.rerender(failed(40));
  await answered();
  expect(reload).toHaveBeenCalledTimes(1);
  second.rerender(failed(62));
  await answered();
  expect(reload).toHaveBeenCalledTimes(2);
});
