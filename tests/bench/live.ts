import type { Browser } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { generatedItems } from './generated-items.ts';
import { inFreshPage } from './measure.ts';
import type { Line } from './results.ts';

const WAYS = ['first load', 'poll that finds all unchanged', 'one changed fragment'] as const;

/**
 * Whether the page stutters while a hundred thousand fragments are read, compared, pivoted and checked: tasks of more
 * than 50 ms, the longest of them, and how long the whole took.
 *
 * @param origin of the built pages
 */
export async function benchLive(chrome: Browser, origin: string, rounds: number): Promise<Line[]> {
  const canned = cannedTable(generatedItems(500, 200), [1, 4]);
  const served = await serveTables(new Map([['generated', canned]]));
  const measured = new Map(
    WAYS.map((way) => [way, { counts: [] as number[], longest: [] as number[], ms: [] as number[] }]),
  );
  for (let round = 0; round < rounds; round++) {
    await inFreshPage(chrome, `${origin}/live.html`, async (page) => {
      for (const [way, { counts, longest, ms }] of measured) {
        const done = await page.evaluate(
          async ([by, from]) => window.bench?.work?.(by ?? '', from ?? ''),
          [way, `${served.origin}/generated`],
        );
        if (done === undefined) throw new Error('The page cannot work.');
        counts.push(done.longTasks.length);
        longest.push(Math.max(0, ...done.longTasks));
        ms.push(done.ms);
      }
    });
  }
  await served.stop();
  const subject = `live ${canned.items}`;
  return [...measured].flatMap(([way, { counts, longest, ms }]): Line[] => [
    { subject, measure: `${way}: tasks over 50 ms`, ours: counts, target: { atMost: 0, goal: 'G3' } },
    { subject, measure: `${way}: longest of them, ms`, ours: longest, target: null },
    { subject, measure: `${way}: all of it, ms`, ours: ms, target: null },
  ]);
}
