import type { Locator, Page } from '@playwright/test';
import { box, choice, panel } from './demo-page.ts';
import { grid as matrix } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './stands.ts';

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Environments' });
const cell = (page: Page, name: string | RegExp): Locator => table(page).getByRole('gridcell', { name });
const region = (page: Page): Locator => page.getByRole('region', { name: 'What runs where' });

test('the header leads to it; environments are in order, and each cell is a sentence', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Environments' }).click();
  await expect(table(page).getByRole('columnheader')).toHaveText([
    'Component',
    /^dev.*v1\.8\.0-alpha\.2/,
    /^qa/,
    /^staging/,
    /^preprod.*v1\.6\.1-rc\.1.*partial/,
    /^prod/,
  ]);
  await expect(
    cell(page, /^api in prod: 1\.6\.0 of v1\.6\.0, 4\/4 ready, the newest stable, \d+ releases behind /),
  ).toBeVisible();
  await expect(cell(page, /^catalog in prod: .*1\/3 ready, waits for readiness/)).toBeVisible();
  await expect(
    cell(page, /^orders in prod: 1\.6\.0-rc\.2 of v1\.6\.0, .*not v1\.6\.0, .*2 findings, first: /),
  ).toBeVisible();
  // Rolled back: it was observed after the candidate that the others run.
  await expect(
    cell(page, /^ledger in preprod: 1\.5\.1-rc\.1 of .*1 finding: v1\.6\.1-rc\.1 is only partly deployed/),
  ).toBeVisible();
  await page.goBack();
  await expect(matrix(page)).toBeVisible();
  await page.goForward();
  await expect(table(page)).toBeVisible();
});

test('what is in production older than staging: two actions', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Environments' }).click();
  await choice(page, 'Older than', 'staging').click();
  await expect(region(page)).toContainText(/older than staging: 1 in preprod, \d+ in prod/);
  await expect(cell(page, /^ledger in prod: .*, older than staging, 1 finding: /)).toBeVisible();
  await expect(page).toHaveURL(/view=environments.*older=staging/);
});

test('an address opens the same table again', async ({ page, open }) => {
  await open('?view=environments&older=staging&env=prod,staging&q=l');
  const [address, shown] = [page.url(), await region(page).innerText()];
  expect(shown).toContain('2 of 5 environments');
  await page.goto('about:blank');
  await page.goto(address);
  await expect(region(page)).toBeVisible();
  await expect.poll(() => region(page).innerText()).toBe(shown);
});

test('the filters of the bar leave less, and it says how much', async ({ page, open }) => {
  await open('?view=environments');
  await expect(region(page)).toContainText('12 components in 5 environments');
  await box(page, 'Component').fill('ledger');
  await expect(region(page)).toContainText('1 of 12 components in 5 environments');
  await choice(page, 'Environment', 'preprod').click();
  await expect(table(page).getByRole('columnheader')).toHaveText(['Component', /^preprod/]);
  await page.getByRole('button', { name: 'Show all components' }).click();
  await expect(region(page)).toContainText('12 components in 5 environments');
  // The button has gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
  await page.getByRole('switch', { name: 'Only problems' }).click();
  await expect(region(page)).toContainText(/^\d+ of 12 components/);
  await expect(cell(page, /^catalog in prod/)).toBeVisible();
});

test('by keyboard alone to a cell, to its details, and back', async ({ page, open }) => {
  await open('?view=environments');
  await cell(page, /^api in dev/).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await expect(page.locator(':focus')).toHaveAccessibleName(/ in prod: /);
  await expect(page.locator(':focus')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(matrix(page).getByRole('gridcell', { name: 'api in v1.6.0: 1.6.0' }).last()).toBeVisible();
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('api');
  await page.goBack();
  await expect(table(page)).toBeVisible();
});

test('what is told leads to its finding, a version to its cell, which no filter of releases then hides', async ({
  page,
  open,
}) => {
  await open('?view=environments&q=ledger&stage=stable');
  await cell(page, /^ledger in prod/)
    .getByRole('link', { name: 'is at v1.6.0 in prod, ahead of preprod' })
    .click();
  await expect(panel(page).getByText('environment-inversion')).toBeVisible();
  await page.goBack();
  await cell(page, /^ledger in preprod/)
    .getByRole('link')
    .first()
    .click();
  await expect(
    matrix(page)
      .getByRole('gridcell', { name: /^ledger in v1\.\d\.\d-/ })
      .and(page.locator(':focus')),
  ).toBeVisible();
});

test('heads stay in place while it scrolls either way', async ({ page, open }) => {
  await page.setViewportSize({ width: 1024, height: 500 });
  await open('?view=environments');
  await cell(page, /^web in prod|^search in prod|^worker in prod/)
    .last()
    .scrollIntoViewIfNeeded();
  // Widths are no whole pixels: a hair's breadth may be cut off.
  await expect(table(page).getByRole('columnheader', { name: 'prod', exact: true })).toBeInViewport({ ratio: 0.99 });
  await expect(table(page).getByRole('columnheader', { name: 'Component' })).toBeInViewport({ ratio: 0.99 });
});
