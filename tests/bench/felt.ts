import type { Browser, Page } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import { type CannedTable, cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import { runningItems, type TextItem } from './generated-items.ts';
import { measureStart } from './measure-start.ts';
import type { Line } from './results.ts';
import { askEach } from './views.ts';

/** What a table is called, and of how many releases and components it is generated. */
export type FeltSize = readonly [name: string, releases: number, components: number];

export const FELT_SIZES: readonly FeltSize[] = [
  ['2,000', 20, 100],
  ['20,000', 200, 100],
  ['100,000', 500, 200],
];

/** A change waits for the next poll, milliseconds; what is measured begins with the answer. */
const POLL_MS = 1_000;

/** No version of a generated item. */
const OTHER_VERSION = '777.0.0';

/**
 * What the person at the screen waits for, in milliseconds: from navigation to the first rows and to the whole matrix with
 * its findings; from the answer that brings one changed fragment to the frame that shows it; and of the views the slowest,
 * from the click to the frame with its answer.
 */
export async function benchFelt(
  browser: Browser,
  dashboardFolder: string,
  sizes: readonly FeltSize[],
  rounds: number,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [name, releases, components] of sizes) {
    const items = runningItems(releases, components);
    const table = cannedTable(items, [1, 4]);
    const served = await serveTables(new Map([['felt', table]]));
    const dashboard = await serveDashboard(dashboardFolder, served.origin, ['felt'], POLL_MS);
    const found = { 'first rows': [], all: [], 'one change': [], 'a view': [] } satisfies Record<string, number[]>;
    const felt: Record<keyof typeof found, number[]> = found;
    try {
      for (let round = 0; round < rounds; round++) {
        const { firstRows, painted } = await measureStart(browser, `${dashboard.origin}/felt`, 'dashboard', {
          onceThere: async (page) => {
            felt['one change'].push(await changeMs(page, table, items, round));
            felt['a view'].push(Math.max(...(await askEach(page)).values()));
          },
        });
        felt['first rows'].push(firstRows);
        felt.all.push(painted);
      }
    } finally {
      await dashboard.stop();
      await served.stop();
    }
    for (const [measure, ours] of Object.entries(felt)) {
      lines.push({ subject: name, measure, ours, target: null, under: 'felt' });
    }
  }
  return lines;
}

/** Changes the first component of the newest release. @returns milliseconds from the answer to the frame that shows it */
async function changeMs(page: Page, table: CannedTable, items: readonly TextItem[], round: number): Promise<number> {
  const newest = await page.evaluate(() => document.querySelector('[data-open]')?.getAttribute('data-open') ?? '');
  const item = items.find((each) => each.version === newest && each['component#name']?.startsWith('frontend#'));
  if (item === undefined) throw new Error(`The newest release, ${newest}, has no component of the first type.`);
  const componentVersion = `${OTHER_VERSION}-${round}`;
  const seen = page.evaluate(
    (version) =>
      new Promise<number>((resume) => {
        const look = () => {
          if (document.querySelector(`[role=gridcell][aria-label*="${version}"]`) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resume(Date.now()));
        };
        look();
      }),
    componentVersion,
  );
  const answered = await table.publish({ ...item, componentVersion });
  return (await seen) - answered;
}
