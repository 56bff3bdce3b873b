import { expect, test } from 'vitest';
import { simulateWrites } from './simulated-writes.ts';

test('20,000 writes, some announced and some not: none is lost, and none is later than the page says', async () => {
  const seen = await simulateWrites({
    seed: 7,
    writes: 20_000,
    everyMs: 250,
    releases: 60,
    components: 12,
    readUnitsPerHour: 60_000,
  });
  process.stdout.write(`${JSON.stringify(seen)}\n`);
  expect(seen).toMatchObject({ writes: 20_000, lost: 0, different: 0, setBacks: 0, heldBack: 0 });
  expect(seen.restarts).toBeGreaterThan(0);
  expect(seen.failedPolls).toBeGreaterThan(0);
  expect(seen.worst.announcedMs).toBeLessThanOrEqual(seen.bound.announcedMs);
  expect(seen.worst.otherMs).toBeLessThanOrEqual(seen.bound.otherMs);
  expect(seen.readUnitsPerHour).toBeLessThanOrEqual(60_000);
}, 120_000);
