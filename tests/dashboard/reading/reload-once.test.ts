import { beforeEach, expect, test, vi } from 'vitest';
import { reloadOnce } from '../../../src/dashboard/reading/reload-once.ts';

beforeEach(() => sessionStorage.clear());

test('reloads once a minute at most', () => {
  const reload = vi.fn();
  const outcomes = [1_000_000, 1_001_000, 1_059_999, 1_060_000].map((now) => reloadOnce(sessionStorage, now, reload));
  expect(outcomes).toEqual([true, false, false, true]);
  expect(reload).toHaveBeenCalledTimes(2);
});
