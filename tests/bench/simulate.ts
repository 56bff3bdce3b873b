import { allPartsAreHere } from '../../src/live/later-part.ts';
import { simulateWrites } from '../live/simulated-writes.ts';
import type { Line } from './results.ts';

/** Other dice in each round. */
const SEEDS = [1, 2, 3];

/** How late a dashboard shows what is written, of what it says of itself: `--only simulate`. */
export async function benchSimulation(): Promise<Line[]> {
  // There is no local server that could be asked who it is before a part is loaded.
  allPartsAreHere();
  const seen = [];
  for (const seed of SEEDS) {
    const options = { seed, writes: 20_000, everyMs: 360, releases: 120, components: 40, readUnitsPerHour: 200_000 };
    seen.push(await simulateWrites(options));
  }
  const subject = '20,000 writes by publishers with clocks a minute apart';
  // The worst of all rounds: what is lost once is lost.
  const line = (measure: string, ours: readonly number[], atMost: number): Line => ({
    subject,
    measure,
    ours: [Math.max(...ours)],
    target: { atMost, goal: 'G12' },
  });
  return [
    line(
      'fragments that differ at the end',
      seen.map(({ lost, different, setBacks }) => lost + different + setBacks),
      0,
    ),
    line(
      'worst delay of what was counted, of what the page says',
      seen.map(({ worst, bound }) => worst.announcedMs / bound.announcedMs),
      1,
    ),
    line(
      'worst delay of anything else, of what the page says',
      seen.map(({ worst, bound }) => worst.otherMs / bound.otherMs),
      1,
    ),
  ];
}
