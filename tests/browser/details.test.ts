import { readFile } from 'node:fs/promises';
import { panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const MISSING = 'payment-service in v1.6.0: missing';

test('a cell opens its details; Escape closes them and leads back to the cell', async ({ page, open }) => {
  await open('?q=1.6.0+payment-service');
  const cell = grid(page).getByRole('gridcell', { name: MISSING, exact: true });
  await cell.click();
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('payment-service');
  await expect(panel(page).getByRole('article')).toContainText('payment-service is missing from v1.6.0');
  await expect(panel(page).getByRole('region', { name: /^Last published fragment/ })).toContainText('1.6.0-rc.2');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(cell).toBeFocused();
});

test('what is open is of its view: another view closes it, and Back opens it again', async ({ page, open }) => {
  await open('?q=1.6.0');
  const whole = page.getByRole('complementary', { name: 'Component details' });
  const go = (view: RegExp) =>
    page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  await grid(page).getByRole('gridcell', { name: MISSING, exact: true }).click();
  await expect(panel(page)).toBeVisible();
  await go(/^Findings/);
  await expect(page.getByRole('region', { name: 'Findings', exact: true })).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
  // The filters are of all views.
  await expect(page).toHaveURL(/\?q=1\.6\.0&view=findings$/);
  await page.goBack();
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('payment-service');

  await grid(page)
    .getByRole('columnheader', { name: /^payment-service/ })
    .click();
  await expect(whole).toBeVisible();
  await go(/^Compare/);
  await expect(page).toHaveURL(/view=compare/);
  await expect(whole).toHaveCount(0);
  await go(/^Matrix/);
  await expect(grid(page)).toBeVisible();
  await expect(whole).toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await expect(whole).toBeVisible();
  // The view in which one is is no other.
  await go(/^Matrix/);
  await expect(whole).toBeVisible();
});

test('fields and the raw item are copied, and the raw item is downloaded', async ({ page, open }) => {
  await open('?release=v1.6.0-rc.2&component=backend%23payment-service');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await panel(page).getByRole('button', { name: 'Copy commit' }).click();
  await expect.poll(clipboard).toMatch(/^[0-9a-f]{40}$/);
  await panel(page).getByRole('button', { name: 'Raw item' }).click();
  await panel(page).getByRole('button', { name: 'Copy raw item' }).click();
  await expect.poll(clipboard).toMatch(/^\{/);
  const copied: unknown = JSON.parse(await clipboard());
  expect(copied).toMatchObject({ version: 'v1.6.0-rc.2', 'component#name': 'backend#payment-service' });

  const downloading = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Download raw item' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('v1.6.0-rc.2_backend_payment-service.json');
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(copied);
});

test('the history leads from release to release, and Back returns', async ({ page, open }) => {
  await open('?release=v1.6.0&component=backend%23payment-service');
  const history = panel(page).getByRole('region', { name: 'History' });
  await history.getByRole('button', { name: /^v1\.6\.0-rc\.1/ }).click();
  await expect(page).toHaveURL(/release=v1\.6\.0-rc\.1/);
  await expect(history.getByRole('button', { name: /^v1\.6\.0-rc\.1/ })).toHaveAttribute('aria-current', 'true');
  // The entry that was pressed is drawn anew; the focus stays in the panel.
  await expect(panel(page)).toBeFocused();
  await panel(page).getByRole('button', { name: 'Newer release: v1.6.0-rc.2' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/release=v1\.6\.0-rc\.2/);
  await expect(panel(page).getByRole('button', { name: 'Newer release: v1.6.0', exact: true })).toBeFocused();
  await page.goBack();
  await expect(panel(page).getByRole('button', { name: 'Newer release: v1.6.0-rc.2' })).toBeFocused();
  await page.goBack();
  await expect(panel(page).getByRole('article')).toContainText('payment-service is missing from v1.6.0');
  // From nowhere Escape leads back to the cell, too.
  await page.locator(':focus').blur();
  await page.keyboard.press('Escape');
  await expect(grid(page).getByRole('gridcell', { name: MISSING, exact: true })).toBeFocused();
});

test('a link to what is not in the table says so', async ({ page, open }) => {
  await open('?release=v99.0.0&component=backend%23nobody');
  await expect(panel(page)).toContainText('The table holds no release “v99.0.0”.');
  await expect(panel(page)).toContainText('No release in the table has a component “backend#nobody”.');
  await panel(page).getByRole('button', { name: 'Close details' }).first().click();
  await expect(panel(page)).toHaveCount(0);
});
