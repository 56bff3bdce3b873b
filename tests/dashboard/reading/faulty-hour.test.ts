// @vitest-environment node
import { test } from 'vitest';
import { liveThroughHour } from './faulty-hour.ts';

test.each([1, 2, 3, 4, 5, 6, 7, 8].flatMap((s) => [400, 2000].map((w) => [s, w] as const)))(
  'seed %d',
  async (seed, writesEveryMs) => {
    const seen = await liveThroughHour({ seed, pollIntervalMs: 5_000, readUnitsPerHour: 60_000, writesEveryMs });
    process.stdout.write(`${seed} ${writesEveryMs} ${JSON.stringify(seen)}\n`);
  },
  120_000,
);
