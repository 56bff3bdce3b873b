import type { Browser, Page } from '@playwright/test';
import { type CannedCall, serveTables } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import { generatedItems } from './generated-items.ts';
import { mainMs, VIEWPORT } from './measure.ts';
import type { Line } from './results.ts';

/** How long each stretch is, milliseconds, and how often it is polled in it. */
const STRETCH_MS = 6_000;
const POLL_MS = 1_000;
/** Polls of the bare page. */
const BARE_POLLS = 10;
/** What a whole reading of 100,000 fragments of 500 bytes costs. */
const RESCAN_UNITS = 44 * 128;

/** G12: what a poll costs in which nothing is new. */
export async function benchIdle(
  browser: Browser,
  dashboardFolder: string,
  pagesOrigin: string,
  rounds: number,
): Promise<Line[]> {
  const served = await serveTables(new Map([['2k', cannedTable(generatedItems(20, 100), [1, 4])]]));
  const dashboard = await serveDashboard(dashboardFolder, served.origin, ['2k'], POLL_MS);
  const requests: number[] = [];
  const bytes: number[] = [];
  const units: number[] = [];
  const commits: number[] = [];
  const main: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: VIEWPORT });
      try {
        const page = await context.newPage();
        await page.addInitScript(countCommits);
        await page.goto(`${dashboard.origin}/2k`);
        await page.getByRole('gridcell').first().waitFor();
        await page.waitForTimeout(2_000);
        const live = await stretch(page, served.takeCalls);
        await page.getByRole('button', { name: 'More' }).click();
        await page.getByRole('button', { name: 'Pause reading' }).click();
        await page.waitForTimeout(1_000);
        const paused = await stretch(page, served.takeCalls);
        const bare = await barePollMs(page, `${pagesOrigin}/bare.html`, `${served.origin}/2k`);
        served.takeCalls();
        const polls = pollsOf(live.calls);
        const sum = (of: (call: CannedCall) => number) => live.calls.reduce((total, call) => total + of(call), 0);
        requests.push(live.calls.length / polls);
        bytes.push(sum(({ bytesUp, bytesDown }) => bytesUp + bytesDown) / 1000 / polls);
        units.push(sum(({ readUnits }) => readUnits) / polls);
        commits.push((live.commits - paused.commits) / polls);
        main.push((live.main - paused.main) / polls / bare);
      } finally {
        await context.close();
      }
    }
  } finally {
    await dashboard.stop();
    await served.stop();
  }
  const line = (measure: string, ours: number[], id: NonNullable<Line['id']>): Line => ({
    subject: 'one poll, nothing new',
    measure,
    ours,
    target: null,
    id,
  });
  return [
    line('requests', requests, 'idle-requests'),
    line('both ways', bytes, 'idle-bytes'),
    line('read units', units, 'idle-units'),
    line(
      'read units beside a reading of 100k',
      units.map((each) => each / RESCAN_UNITS),
      'idle-share',
    ),
    line('React commits', commits, 'idle-commits'),
    line('main thread, ratio to a bare fetch', main, 'idle-main'),
  ];
}

/** Calls that come close together are one poll. */
const APART_MS = 400;

function pollsOf(calls: readonly CannedCall[]): number {
  return calls.filter(({ at }, index) => index === 0 || at - (calls[index - 1]?.at ?? 0) > APART_MS).length;
}

async function stretch(page: Page, takeCalls: () => CannedCall[]) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  takeCalls();
  const before = { main: await mainMs(session), commits: await commitsOf(page) };
  await page.waitForTimeout(STRETCH_MS);
  const after = { main: await mainMs(session), commits: await commitsOf(page) };
  await session.detach();
  return { calls: takeCalls(), main: after.main - before.main, commits: after.commits - before.commits };
}

async function barePollMs(page: Page, url: string, endpoint: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(() => window.bench !== undefined);
  const ask = () => page.evaluate((from) => window.bench?.ask?.(from), endpoint);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  // The first asks for leave and compiles.
  await ask();
  const before = await mainMs(session);
  for (let poll = 0; poll < BARE_POLLS; poll++) {
    await ask();
    await page.waitForTimeout(100);
  }
  return ((await mainMs(session)) - before) / BARE_POLLS;
}

/** Runs in the page. React tells what it draws to whoever is there before it, as its developer tools are. */
function countCommits(): void {
  let commits = 0;
  Reflect.set(window, 'benchCommits', () => commits);
  Reflect.set(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: () => {
      commits += 1;
    },
    onCommitFiberUnmount: () => {},
  });
}

async function commitsOf(page: Page): Promise<number> {
  return page.evaluate(() => Reflect.get(window, 'benchCommits')());
}
