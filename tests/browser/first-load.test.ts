import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { keptBy } from './kept.ts';
import { cell, grid, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { type LiveTable, TABLE, test } from './running-dashboards.ts';

// The poll interval is long: what is seen is the first reading, or what an earlier visit has left.
test.use({ pollSeconds: 600 });

const RELEASES = ['v1.0.0', 'v1.1.0', 'v1.2.0'];

/** Three pages of 1 MB: a first one that comes long before the last. */
async function fillPages({ faults }: LiveTable): Promise<void> {
  const items = RELEASES.flatMap((version) =>
    Array.from({ length: 24 }, (_, index) => ({
      version,
      'component#name': `backend#c${String(index).padStart(2, '0')}`,
      componentVersion: '1.0.0',
      notes: 'x'.repeat(42_000),
    })),
  );
  for (let at = 0; at < items.length; at += 12) {
    const puts = items.slice(at, at + 12).map((Item) => ({ PutRequest: { Item } }));
    await faults.table.client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: puts } }));
  }
}

const openCells = (page: Page) => grid(page).getByRole('gridcell', { name: /: not read yet$/ });
const verdicts = (page: Page) => grid(page).getByRole('rowheader', { name: /, (pass|fail|unknown)\b/ });

test('first rows are on the screen before the last page has come, without verdicts', async ({ live, page }) => {
  await fillPages(live);
  live.faults.hold('Scan', 1);
  await page.goto(live.server.url);
  await expect(status(page)).toContainText('still reading: not all is shown yet');
  await expect(page.getByText('Still reading.')).toBeVisible();
  await expect(
    grid(page)
      .getByRole('rowheader', { name: /, stable, still reading$/ })
      .first(),
  ).toBeVisible();
  await expect(openCells(page).first()).toBeVisible();
  await expect(verdicts(page)).toHaveCount(0);
  const top = async () => (await grid(page).boundingBox())?.y;
  const before = await top();
  live.faults.release();
  await expect(status(page)).toContainText('Live');
  await expect(verdicts(page)).toHaveCount(3);
  await expect(openCells(page)).toHaveCount(0);
  await expect(page.getByText('Still reading.')).toHaveCount(0);
  // Nothing moves when the filters take the place of what said that it is read.
  expect(await top()).toBe(before);
});

test('what is typed into the search before the last page has come is looked for when it has', async ({
  live,
  page,
}) => {
  await fillPages(live);
  live.faults.hold('Scan', 1);
  await page.goto(live.server.url);
  await expect(openCells(page).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('c07 v1.1.0');
  const search = page.getByRole('dialog', { name: 'Search' });
  await expect(search).toContainText('Still reading');
  await expect(search.getByRole('combobox')).toHaveValue('c07 v1.1.0');
  await page.keyboard.press('Enter');
  live.faults.release();
  await expect(grid(page).locator(':focus')).toHaveAccessibleName(/^c07 in v1\.1\.0/);
});

test('what is typed into the search before anything has come is looked for when it has', async ({ live, page }) => {
  for (const release of RELEASES) {
    for (const component of ['auth', 'cart']) await live.put(release, `backend#${component}`);
  }
  live.faults.hold();
  await page.goto(live.server.url);
  // Not what stands there before there is a program.
  await expect(status(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cart v1.1.0');
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('cart v1.1.0');
  await expect(page.getByText(/^Nothing has been read yet/)).toBeVisible();
  await page.keyboard.press('Enter');
  live.faults.release();
  await expect(grid(page).locator(':focus')).toHaveAccessibleName(/^cart in v1\.1\.0/);
});

test('what the address names is drawn with is got while the table is read', async ({ live, page }) => {
  await live.put('v1.0.0', 'backend#auth', { componentVersion: '1.0.0' });
  live.faults.hold();
  const parts = ['ReleaseView', 'FragmentDetails'].map((part) => page.waitForResponse(new RegExp(part)));
  await page.goto(`${live.server.url}?view=release&release=v1.0.0`);
  await parts[0];
  await page.goto(`${live.server.url}?release=v1.0.0&component=backend%23auth`);
  await parts[1];
  live.faults.release();
  await expect(page.getByRole('complementary', { name: 'Fragment details' })).toBeVisible();
});

/** When the state is kept to its end. */
async function kept(page: Page, url: string): Promise<void> {
  await expect
    .poll(async () => (await keptBy(page, url))['release-matrix-last-state/tables'] ?? [], { timeout: 30_000 })
    .toContainEqual(expect.stringContaining('"whole":true'));
}

test('the next visit begins with what the last one has read, and says so until it has read the table', async ({
  live,
  page,
}) => {
  for (const release of RELEASES) await live.put(release, 'backend#auth', { componentVersion: '1.0.0' });
  await page.goto(live.server.url);
  await expect(status(page)).toContainText('Live');
  await kept(page, live.server.url);
  await live.put('v1.2.0', 'backend#auth', { componentVersion: '2.0.0' });
  live.faults.hold();
  await page.reload();
  await expect(page.getByText(/^From an earlier visit, read/)).toBeVisible();
  await expect(status(page)).toContainText('shown is an earlier visit');
  await expect(cell(page, 'auth in v1.2.0: 1.0.0')).toBeVisible();
  await expect(verdicts(page)).toHaveCount(3);
  live.faults.release();
  await expect(cell(page, 'auth in v1.2.0: 2.0.0')).toBeVisible();
  await expect(status(page)).toContainText('Live');
  await expect(page.getByText(/^From an earlier visit/)).toHaveCount(0);
});

test('what an earlier visit has read is not lost where the worker has told of it before there is what draws', async ({
  live,
  page,
}) => {
  for (const release of RELEASES) await live.put(release, 'backend#auth', { componentVersion: '1.0.0' });
  await page.goto(live.server.url);
  await expect(status(page)).toContainText('Live');
  await kept(page, live.server.url);
  let draw = () => {};
  const held = new Promise<void>((resume) => {
    draw = resume;
  });
  await page.route(/\/drawing[.-]/, async (route) => {
    await held;
    await route.continue();
  });
  const earlier = page.waitForResponse(/last-state-store/);
  await page.reload({ waitUntil: 'commit' });
  await (await earlier).finished();
  draw();
  await expect(status(page)).toContainText('Live');
  await expect(cell(page, 'auth in v1.2.0: 1.0.0')).toBeVisible();
  await expect(verdicts(page)).toHaveCount(3);
});

test('what an earlier visit has read stays where the table cannot be had now', async ({ live, page }) => {
  for (const release of RELEASES) await live.put(release, 'backend#auth');
  await page.goto(live.server.url);
  await expect(status(page)).toContainText('Live');
  await kept(page, live.server.url);
  live.faults.fail({ kind: 'error', status: 400, name: 'ResourceNotFoundException', message: 'no such table' });
  await page.reload();
  await expect(page.getByText(/Showing the last good data, read/)).toBeVisible();
  await expect(verdicts(page)).toHaveCount(3);
  await expect(status(page)).toContainText('Stale');
});
