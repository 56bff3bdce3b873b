import { expect, test } from 'vitest';
import { ReadFault } from '../../../src/contract/read-fault.ts';
import { lazyReader } from '../../../src/dashboard/faults/lazy-reader.ts';
import type { TableReader } from '../../../src/live/table-reader.ts';

/** Its own fault passes through, which tells that it was asked. */
const LOADED: TableReader = {
  read: async () => {
    throw new ReadFault('throttled', 'The table is throttled.');
  },
  restMs: () => 0,
};

/** What each of some readings ends with: the code of its fault. */
async function readTimes(reader: TableReader, times: number): Promise<unknown[]> {
  const ends: unknown[] = [];
  for (let time = 0; time < times; time++) {
    ends.push(
      await reader
        .read(null, () => {}, new AbortController().signal)
        .catch((error: unknown) => {
          return error instanceof ReadFault ? error.code : error;
        }),
    );
  }
  return ends;
}

test('loads once, at the first reading', async () => {
  const asked: boolean[] = [];
  const reader = lazyReader(
    async (retries) => {
      asked.push(retries);
      return LOADED;
    },
    async () => 'ours',
  );
  expect(asked).toEqual([]);
  expect(await readTimes(reader, 3)).toEqual(['throttled', 'throttled', 'throttled']);
  expect(asked).toEqual([false]);
});

test.each([
  // It comes with the second try: no fresh page is needed.
  { answers: 'ours' as const, loads: [false, true], ends: ['local-server-stopped', 'throttled', 'throttled'] },
  // The server is gone, and stays so.
  { answers: 'silent' as const, loads: [false, false, false], ends: Array(3).fill('local-server-stopped') },
  // Another program has its place, which a fresh page would come from.
  { answers: 'foreign' as const, loads: [false, false, false], ends: Array(3).fill('local-server-stopped') },
  // It is back, and the browser keeps the failed module for failed.
  { answers: 'ours' as const, loads: [false, false], ends: ['local-server-stopped', 'local-server-restarted'] },
])('a program that does not come: $ends', async ({ answers, loads, ends }) => {
  const left = [...loads];
  const reader = lazyReader(
    async () => {
      if (left.shift()) return LOADED;
      throw new TypeError('Failed to fetch dynamically imported module');
    },
    async () => answers,
  );
  expect(await readTimes(reader, ends.length)).toEqual(ends);
});
