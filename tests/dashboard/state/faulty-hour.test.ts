// @vitest-environment node
import { expect, test, vi } from 'vitest';
import { type HourOptions, liveThroughHour } from './faulty-hour.ts';
import { FAULT_KINDS } from './faulty-transport.ts';

// An hour of a clock of its own takes as long as the processor lets it.
vi.setConfig({ testTimeout: 120_000 });

const POLL_MS = 5_000;
const BUSY: Omit<HourOptions, 'seed'> = {
  pollIntervalMs: POLL_MS,
  readUnitsPerHour: 60_000,
  writesEveryMs: 1_000,
  kinds: FAULT_KINDS,
};

/** Each hour takes seconds; `npm run robustness` lives through more of them. */
const SEEDS = Array.from({ length: Number(process.env.HOURS ?? 2) }, (_, at) => at + 1);
/**
 * In these hours the table was asked once too often, by calls that failed together and by a reading that turned out slow, or
 * a reading waited too long so as not to.
 */
const FAILED_ONCE = { faults: [6, 16, 29], slow: [5, 11, 13, 17, 19, 21, 26, 31] };
const withSeeds = (more: readonly number[]): readonly number[] => [...new Set([...SEEDS, ...more])];

test.each(withSeeds(FAILED_ONCE.faults))(
  'F1 to F7: an hour of random faults ends live, and nothing is lost: seed %d',
  async (seed) => {
    const seen = await liveThroughHour({ ...BUSY, seed });
    expect(seen).toMatchObject({ word: 'Live', different: 0, setBacks: 0 });
    expect(seen.outages).toBeGreaterThan(15);
    expect(seen.failedReadings).toBeGreaterThan(50);
    expect(seen.worstMinute.inVainOrSlow).toBeLessThanOrEqual(12);
    // Two polls and the lag of a replica, once the table is read again.
    expect(seen.worstAnnouncedMs).toBeLessThanOrEqual(2 * POLL_MS + 5_000);
  },
);

test.each(withSeeds(FAILED_ONCE.slow))(
  'F1: where nothing is written, a slow table is asked twelve times a minute: seed %d',
  async (seed) => {
    const kinds = ['three seconds late', 'reset'] as const;
    const seen = await liveThroughHour({ ...BUSY, seed, writesEveryMs: 3_600_000, kinds });
    expect(seen).toMatchObject({ word: 'Live', different: 0, setBacks: 0 });
    expect(seen.slowReadings).toBeGreaterThan(20);
    expect(seen.worstMinute.inVainOrSlow).toBeLessThanOrEqual(12);
  },
);
