import type { Browser, Page } from '@playwright/test';
import { serveTables, type TableServer } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import { runningItems } from './generated-items.ts';
import { VIEWPORT } from './measure.ts';
import type { Line } from './results.ts';

/** Each answer takes so long that the reading lasts as long as all that is done meanwhile, milliseconds. */
const LATENCY_MS = 1_900;
const RELEASES = 500;
/** Polls must not come between, milliseconds. */
const NO_POLL_MS = 600_000;

/**
 * Whether the page stutters where it is used while 100,000 fragments are read anew: it is scrolled, filtered, and each view
 * is opened. Counted are tasks of more than 50 ms of its main thread after the frame with the first rows.
 */
export async function benchBusy(browser: Browser, dashboardFolder: string, rounds: number): Promise<Line[]> {
  const table = cannedTable(runningItems(RELEASES, 200), [1, 4]);
  const served = await serveTables(new Map([['busy', table]]));
  const dashboard = await serveDashboard(dashboardFolder, served.origin, ['busy'], NO_POLL_MS);
  const counts: number[] = [];
  const longest: number[] = [];
  const blocked: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: VIEWPORT });
      const page = await context.newPage();
      await openOnEarlierVisit(page, `${dashboard.origin}/busy`, served);
      await page.evaluate(watchTasks);
      await use(page);
      if (await page.evaluate(isLive)) throw new Error('The table had been read before all was done.');
      const tasks = await page.evaluate<number[]>(() => Reflect.get(window, 'benchTasks'));
      counts.push(tasks.length);
      longest.push(Math.max(0, ...tasks));
      blocked.push(tasks.reduce((sum, ms) => sum + ms - 50, 0));
      await context.close();
    }
  } finally {
    await dashboard.stop();
    await served.stop();
  }
  const subject = 'used while 100,000 are read';
  return [
    { subject, measure: 'tasks over 50 ms', ours: counts, target: null, id: 'busy-long-tasks' },
    { subject, measure: 'longest task, ms', ours: longest, target: null, under: 'G3' },
    { subject, measure: 'blocked, ms', ours: blocked, target: null, under: 'G3' },
  ];
}

/**
 * Opens the dashboard for the second time: what the first visit has kept is shown at once, with all its views, while the
 * table is read anew.
 */
async function openOnEarlierVisit(page: Page, url: string, served: TableServer): Promise<void> {
  served.slow(0);
  await page.goto(url);
  await page.waitForFunction(isLive);
  await page.waitForFunction(hasKept, RELEASES, { polling: 500 });
  // Behind the last release it still says that the whole is kept.
  await page.waitForTimeout(1_000);
  served.slow(LATENCY_MS);
  await page.reload({ waitUntil: 'commit' });
  await page.getByRole('gridcell').first().waitFor();
  if (!(await filterBox(page).isVisible())) throw new Error('Nothing was there of the earlier visit.');
}

const filterBox = (page: Page) => page.getByRole('combobox', { name: 'Filter and find' });

/** Runs in the page. */
function watchTasks(): void {
  const tasks: number[] = [];
  Reflect.set(window, 'benchTasks', tasks);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
}

/** Runs in the page. */
async function hasKept(releases: number): Promise<boolean> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('release-matrix-last-state');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = await new Promise<number>((resolve, reject) => {
    const request = database.transaction('releases').objectStore('releases').count();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  database.close();
  return kept >= releases;
}

/** Runs in the page. */
function isLive(): boolean {
  return document.querySelector('[role=status]')?.textContent?.includes('Live') === true;
}

/** What somebody may do who does not wait: scroll, filter, look at each view. */
async function use(page: Page): Promise<void> {
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  for (const [across, down] of [
    [0, 900],
    [0, 900],
    [600, 0],
    [-600, 0],
    [0, -1_800],
  ] as const) {
    await page.mouse.wheel(across, down);
    await twoFrames(page);
  }
  const search = filterBox(page);
  await search.fill('component-1');
  await twoFrames(page);
  await search.fill('');
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  for (let index = (await views.count()) - 1; index >= 0; index--) {
    await views.nth(index).click();
    await twoFrames(page);
  }
}

async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(() => resume(null)))),
  );
}
