import type { Page } from '@playwright/test';
import { releaseMatrix } from '../cli/command.ts';
import { cell, fill, grid, readInPage, setHidden, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { type LiveTable, TABLE, test } from './running-dashboards.ts';

/** Marks the page, so that a reload in mid-test would be seen. */
async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Reflect.set(globalThis, 'neverReloaded', true));
  return () => page.evaluate(() => Reflect.get(globalThis, 'neverReloaded') === true);
}

/**
 * Lets the page's time pass in small steps until it has read the table once. Not in one leap, which would also be over
 * the time limit of the call that it starts; nor for a given time, as a slow reading on a busy machine delays the next.
 */
async function expectNextReading(page: Page, live: LiveTable): Promise<void> {
  const calls: string[] = [];
  const step = async () => {
    // Once it asks, no more time passes: another one could begin.
    if (calls.length === 0) await page.clock.runFor(3_000);
    calls.push(...live.faults.takeCalls());
    return calls;
  };
  await expect.poll(step, { intervals: [250] }).toEqual(['GetItem', 'Scan']);
}

/** Opens the page by a clock of its own, and waits for the end of the first reading. */
async function openByClock(page: Page, live: LiveTable): Promise<void> {
  await fill(live);
  await readInPage(page);
  await page.clock.install();
  await page.goto(live.server.url);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  // The cell alone may be of what has been read so far.
  await expect(status(page)).toContainText('Live');
  live.faults.takeCalls();
}

test('a fragment that is put appears, changes and leaves, without a reload', async ({ page, live }) => {
  await fill(live);
  await page.goto(live.server.url);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  await expect(status(page)).toContainText('Live');
  // What reading costs is said where it costs something.
  await expect(status(page)).not.toContainText('read unit');
  await expect(page).toHaveTitle('Release Matrix – ReleaseFragments');
  const stayed = await markPage(page);

  await live.put('v1.1.0', 'kafka#user.created', { schemaVersion: '3.4.0', evolutionPolicy: 'FULL' });
  await expect(cell(page, 'user.created in v1.1.0: 3.4.0')).toBeVisible();
  await expect(page.getByRole('button', { name: '1 unseen change: mark all as seen' })).toBeVisible();

  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.1' });
  await expect(cell(page, 'auth in v1.1.0: 1.1.1')).toBeVisible();
  await page.getByRole('button', { name: '2 unseen changes: mark all as seen' }).click();
  await expect(page.getByRole('button', { name: /unseen/ })).toHaveCount(0);

  await live.remove('v1.1.0', 'kafka#user.created');
  await expect(page.getByRole('columnheader', { name: 'user.created' })).toHaveCount(0);
  expect(await stayed()).toBe(true);
});

test('an empty table says how to publish, and fills by itself', async ({ page, live }) => {
  await page.goto(live.server.url);
  await expect(page.getByRole('heading', { name: 'ReleaseFragments is empty' })).toBeVisible();
  const command = page.getByRole('region', { name: 'command that publishes a first fragment' });
  await expect(command).toContainText('aws dynamodb put-item --table-name ReleaseFragments');
  await expect(command).toContainText(`--endpoint-url ${live.faults.url}`);
  await expect(command).toContainText('"component#name": {"S": "backend#auth-service"}');
  await live.put('v1.0.0', 'backend#auth');
  await expect(cell(page, 'auth in v1.0.0: 1.0.0')).toBeVisible();
});

test('F29: items that are no fragments are counted and shown with their reasons', async ({ page, live }) => {
  await fill(live);
  await live.put('v1.1.0', 'no-hash');
  await live.put('v1.1.0', 'backend#');
  await page.goto(live.server.url);
  await page.getByRole('button', { name: '2 items could not be read' }).click();
  const items = page.getByRole('list', { name: 'Items that could not be read' }).getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.filter({ hasText: 'no-hash' })).toContainText('holds no #');
  await expect(items.filter({ hasText: 'no-hash' })).toContainText('"component#name": "no-hash"');
  await expect(grid(page)).toBeVisible();
});

test.describe('by its own clock', () => {
  // Nothing is read in a test's own time, only when it moves the page's clock.
  test.use({ pollSeconds: 60 });

  test('F17: a hidden tab reads nothing, and catches up at once', async ({ page, live }) => {
    await openByClock(page, live);

    await expectNextReading(page, live);

    await setHidden(page, true);
    await page.clock.runFor(600_000);
    expect(live.faults.takeCalls()).toEqual([]);
    await live.put('v1.2.0', 'backend#auth');
    await setHidden(page, false);
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
    expect(live.faults.takeCalls()).toEqual(['GetItem', 'Scan']);
    await expect(status(page)).toContainText('Live');
  });

  test('a tab that was hidden for a moment waits for its time', async ({ page, live }) => {
    await openByClock(page, live);
    await setHidden(page, true);
    await page.clock.runFor(5_000);
    await setHidden(page, false);
    await page.clock.runFor(5_000);
    expect(live.faults.takeCalls()).toEqual([]);
    await expectNextReading(page, live);
  });

  test('F16: a machine that was asleep for two hours says how old its data are, and reads them once', async ({
    page,
    live,
  }) => {
    await openByClock(page, live);
    await live.put('v1.2.0', 'backend#auth');
    live.faults.hold();
    // Every timer that is due fires once, as after a sleep.
    await page.clock.fastForward(7_200_000);
    await expect(status(page)).toContainText('updated 2 h ago');
    live.faults.release();
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
    await expect(status(page)).toContainText('Live');
    expect(live.faults.takeCalls().filter((call) => call === 'Scan')).toHaveLength(1);
  });

  test('F40: a clock that jumps back makes nothing negative, and the reading goes on', async ({ page, live }) => {
    await openByClock(page, live);
    // Further, and the fragments would rightly be said to be dated in the future.
    await page.clock.setSystemTime(Date.now() - 300_000);
    await live.put('v1.2.0', 'backend#auth');
    await expectNextReading(page, live);
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
    await expect(status(page)).toContainText('Live');
    await expect(status(page)).not.toContainText('-');
  });

  test('paused, nothing is read until it is resumed', async ({ page, live }) => {
    await openByClock(page, live);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Pause reading' }).click();
    await expect(status(page)).toContainText('Paused');
    await live.put('v1.2.0', 'backend#auth');
    await page.clock.runFor(600_000);
    await setHidden(page, true);
    await setHidden(page, false);
    expect(live.faults.takeCalls()).toEqual([]);
    await expect(status(page)).toContainText('updated 10 min ago');

    await page.getByRole('button', { name: 'Read now' }).click();
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
    await expect(status(page)).toContainText('Paused');
    await page.getByRole('button', { name: 'Resume reading' }).click();
    await expect(status(page)).toContainText('Live');
  });

  test('F18: a table on this machine is read although the browser believes itself offline', async ({ page, live }) => {
    await openByClock(page, live);
    // Playwright's own setOffline would cut loopback too; the browser only believes it here.
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      dispatchEvent(new Event('offline'));
    });
    await live.put('v1.2.0', 'backend#auth');
    await expectNextReading(page, live);
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
    await expect(status(page)).toContainText('Live');
  });
});

test.describe('within a limit of read units', () => {
  test.use({ readUnitsPerHour: '5000' });

  /** Too much to be read as a whole at each poll: 50 units, every 54 s where nobody counts. */
  const fillLarge = async (live: LiveTable): Promise<void> => {
    const changelog = 'x'.repeat(100_000);
    for (const release of ['v1.0.0', 'v1.1.0']) {
      for (const component of ['backend#auth', 'frontend#shell']) await live.put(release, component, { changelog });
    }
  };
  const publish = async (live: LiveTable, release: string, component: string): Promise<void> => {
    const clock = { now: () => new Date().toISOString() };
    const built = ['--commit', 'abcdef1', '--date', clock.now()];
    const words = ['publish', '--release', release, '--type', 'backend', '--component', component, ...built];
    const said = await releaseMatrix([...words, '--table', TABLE, '--endpoint', live.faults.url], {}, clock);
    const { exitCode, stderr } = said;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  };
  /** What the page has asked for since this was asked last; the publisher's calls are others. */
  const reads = (live: LiveTable) =>
    live.faults.takeCalls().filter((call) => ['GetItem', 'Query', 'Scan'].includes(call));
  const openAbout = async (page: Page) => {
    await page.getByTitle('About this table').click();
    return page.getByRole('dialog', { name: TABLE });
  };

  test('what publishers count is read alone, and what was deleted with the whole table', async ({ page, live }) => {
    await fillLarge(live);
    await publish(live, 'v1.0.0', 'jobs');
    await page.goto(live.server.url);
    await expect(cell(page, 'jobs in v1.0.0: 1.0.0')).toBeVisible();
    const about = await openAbout(page);
    await expect(about).toContainText('found by the change counter, asked every 2 s');
    await expect(about).toContainText('what publishers count within 2 s, anything else within 6 min');
    await page.keyboard.press('Escape');
    await expect(status(page)).toContainText(/[\d,]+ read units\/h/);

    live.faults.takeCalls();
    await expect.poll(() => reads(live)).toEqual(['GetItem']);
    await publish(live, 'v1.1.0', 'jobs');
    await expect(cell(page, 'jobs in v1.1.0: 1.1.0')).toBeVisible();
    expect(reads(live).filter((call) => call !== 'GetItem')).toEqual(['Query']);

    await live.remove('v1.1.0', 'frontend#shell');
    await page.getByRole('button', { name: 'Read now' }).click();
    await expect(cell(page, 'shell in v1.1.0: arriving')).toBeVisible();
    expect(reads(live)).toContain('Scan');
  });

  test('where nobody counts, the releases on the screen are read between', async ({ page, live }) => {
    await fillLarge(live);
    await page.goto(live.server.url);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    live.faults.takeCalls();
    await live.put('v1.0.0', 'backend#auth', { componentVersion: '1.0.1' });
    await expect(cell(page, 'auth in v1.0.0: 1.0.1')).toBeVisible();
    expect(new Set(reads(live))).toEqual(new Set(['Query']));
    const about = await openAbout(page);
    await expect(about).toContainText('as publishers do not count changes in this table');
    await expect(about).toContainText('of the 5,000 that are set as the limit');
  });
});

test('the first load shows a progress bar until the matrix is there', async ({ page, live }) => {
  await fill(live);
  live.faults.hold();
  await page.goto(live.server.url, { waitUntil: 'commit' });
  await expect(page.getByRole('progressbar', { name: 'Reading ReleaseFragments' })).toBeVisible();
  await expect(status(page)).toContainText('Loading');
  live.faults.release();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('a table of many pages shows how much of it has been read', async ({ page, live }) => {
  // Pages end at 1 MB: eleven items of 100 kB make two.
  const changelog = 'x'.repeat(100_000);
  for (let number = 0; number < 11; number += 1) await live.put('v1.0.0', `backend#large-${number}`, { changelog });
  await live.faults.table.measure();
  live.faults.hold('Scan', 1);
  await page.goto(live.server.url, { waitUntil: 'commit' });
  await expect(page.getByText(/^\d+ of about 11 fragments read$/)).toBeVisible();
  const bar = page.getByRole('progressbar', { name: 'Reading ReleaseFragments' });
  await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]\d$/);
  live.faults.release();
  await expect(status(page)).toContainText('Live');
  await expect(grid(page)).toBeVisible();
});
