import type { Browser } from '@playwright/test';
import { inFreshPage } from './measure.ts';
import { type Line, ratios } from './results.ts';
import { measureInTurn } from './turns.ts';

/** G7: what the report costs beside grouping the same fragments by release and component. */
export async function benchPivot(browser: Browser, pagesOrigin: string, rounds: number): Promise<Line[]> {
  const of = await measureInTurn(rounds, ['report', 'roll-up'], (what) =>
    inFreshPage(browser, `${pagesOrigin}/pivot.html`, async (page) => {
      const done = await page.evaluate(
        (asked) => window.bench?.pivot?.(asked, { releases: 500, components: 200 }),
        what,
      );
      if (done?.cells !== 100_000) throw new Error(`${what} made ${done?.cells} cells instead of 100,000.`);
      return done.ms;
    }),
  );
  return [
    {
      subject: '500 × 200, cold',
      measure: 'ratio to the roll-up alone',
      ours: ratios(of('report'), of('roll-up')),
      other: of('report'),
      otherName: 'itself, ms',
      target: null,
      id: 'pivot-cold',
    },
  ];
}
