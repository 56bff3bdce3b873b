import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { panel } from './demo-page.ts';
import { cell, fill, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

/** What has the focus, by its accessible name. */
const focused = (page: Page) => page.locator(':focus');
const nameOf = (page: Page) => focused(page).getAttribute('aria-label');

/** The component and the release that the focused cell is about. */
async function focusedCell(page: Page): Promise<{ component: string; tag: string }> {
  await expect(focused(page)).toHaveRole('gridcell');
  const [, component, tag] = /^(.*) in (\S+): /.exec((await nameOf(page)) ?? '') ?? [];
  return { component: component ?? '', tag: tag ?? '' };
}

test('the grid is one stop of the Tab key, and every key leads where it should', async ({ page, open }) => {
  await open('?type=kafka,infra');
  await grid(page).getByRole('gridcell').first().focus();
  const first = await focusedCell(page);
  await expect(grid(page).locator('[tabindex="0"]')).toHaveCount(1);

  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveRole('columnheader');
  await expect(focused(page)).toHaveAccessibleName(first.component);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(focused(page)).toHaveRole('rowheader');
  await expect(focused(page)).toHaveAccessibleName(new RegExp(`^${first.tag.replaceAll('.', '\\.')},`));

  await page.keyboard.press('End');
  const end = await focusedCell(page);
  expect(end.tag).toBe(first.tag);
  await page.keyboard.press('Control+End');
  const last = await focusedCell(page);
  expect(last.component).toBe(end.component);
  await expect(focused(page)).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('Home');
  expect(await focusedCell(page)).toEqual({ component: first.component, tag: last.tag });
  await page.keyboard.press('PageUp');
  const paged = await focusedCell(page);
  expect([first.tag, last.tag]).not.toContain(paged.tag);
  await page.keyboard.press('PageDown');
  expect((await focusedCell(page)).tag).toBe(last.tag);
  await page.keyboard.press('Control+Home');
  expect(await focusedCell(page)).toEqual(first);
  await page.keyboard.press('Tab');
  await expect(grid(page).locator(':focus')).toHaveCount(0);
});

test('Enter opens a cell, Escape closes it, and the focus stays where it was', async ({ page, open }) => {
  await open('?q=1.6.0+payment');
  await grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  await grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' }).focus();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(focused(page)).toHaveAccessibleName('payment-service in v1.6.0: missing');
});

test('on the head of a line Left and Right fold it', async ({ page, open }) => {
  await open('?q=1.6.0');
  const candidate = grid(page).getByRole('rowheader', { name: /^v1\.6\.0-rc\.2,/ });
  await candidate.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(focused(page)).toHaveAccessibleName(/^v1\.6\.0, stable/);
  await page.keyboard.press('ArrowLeft');
  await expect(candidate).toHaveCount(0);
  await expect(focused(page)).toHaveAccessibleName(/^v1\.6\.0, stable/);
  await page.keyboard.press('ArrowRight');
  await expect(candidate).toBeVisible();
});

test('the focused cell is not lost when it is scrolled out of view', async ({ page, open }) => {
  await open();
  await grid(page).getByRole('gridcell').first().focus();
  const name = await nameOf(page);
  await grid(page).hover({ position: { x: 700, y: 400 } });
  await page.mouse.wheel(2_000, 1_500);
  await expect(focused(page)).not.toBeInViewport();
  expect(await nameOf(page)).toBe(name);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toBeInViewport({ ratio: 0.9 });
  expect(await nameOf(page)).toBe(name);
});

test('the focus stays on its cell when a poll brings new rows and columns', async ({ page, live: table }) => {
  await fill(table);
  await page.goto(table.server.url);
  const auth = cell(page, 'auth in v1.0.0: 1.0.0');
  await auth.focus();
  await table.put('v1.2.0', 'backend#aaa');
  await expect(cell(page, 'aaa in v1.2.0: 1.2.0')).toBeVisible();
  await expect(auth).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeFocused();
  // The focused one itself leaves: its neighbour takes the focus.
  await table.remove('v1.1.0', 'backend#auth');
  await table.remove('v1.1.0', 'frontend#shell');
  await expect(grid(page).getByRole('rowheader', { name: /^v1\.1\.0/ })).toHaveCount(0);
  await expect(grid(page).locator(':focus')).toHaveRole('gridcell');
});

test('n and p begin where the focus is, and Back leads back to where it was', async ({ page, open }) => {
  await open('?stage=stable,rc&folded=');
  const tag = async () => /^v[^,]*|(?<= in )v[^:]*/.exec((await nameOf(page)) ?? '')?.[0] ?? '';
  // With its verdict: before all has been read there are no findings to go to.
  await grid(page)
    .getByRole('rowheader', { name: /^v1\.5\.0, stable, fail/ })
    .focus();
  await page.keyboard.press('n');
  await expect(focused(page)).toHaveAccessibleName(/ in v1\.5\.0: .*finding/);
  await grid(page)
    .getByRole('rowheader', { name: /^v1\.3\.1,/ })
    .focus();
  await page.keyboard.press('p');
  await expect(focused(page)).toHaveAccessibleName(/ in v1\.4\.0: /);
  expect(await tag()).toBe('v1.4.0');
  const name = await nameOf(page);
  await page.keyboard.press('o');
  await expect(page.getByRole('region', { name: 'Release v1.4.0', exact: true })).toBeVisible();
  await page.goBack();
  await expect(focused(page)).toHaveAccessibleName(name ?? '');
});

test('the whole of a head leads somewhere: a row’s to its release, its counts to the findings, a column’s to the component', async ({
  page,
  open,
}) => {
  await open('?stage=stable&type=backend');
  const head = grid(page).getByRole('rowheader', { name: /^v1\.6\.0,/ });
  await head.getByRole('link', { name: 'Findings of v1.6.0' }).click();
  await expect(page).toHaveURL(/view=findings/);
  await expect(page).toHaveURL(/q=(%3D|=)1\.6\.0/);
  await page.goBack();
  await head.click({ position: { x: 220, y: 4 } });
  await expect(page.getByRole('region', { name: 'Release v1.6.0', exact: true })).toBeVisible();
  await page.goBack();
  await grid(page).getByRole('columnheader', { name: 'auth-service' }).click();
  const whole = page.getByRole('complementary', { name: 'Component details' });
  await expect(whole.getByRole('heading', { level: 2 })).toHaveText('auth-service');
  await expect(whole.getByText('identity', { exact: true })).toBeVisible();
  await expect(whole.getByRole('region', { name: 'History' })).toContainText('v1.6.0');
  await expectAccessible(page, { without: '[role="grid"]' });
  // Where it runs leads to the workload there; from any cell of a component there is a way back to the whole of it.
  await whole.getByRole('region', { name: 'Runs in' }).getByRole('button', { name: /^prod/ }).first().click();
  await expect(panel(page)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Open component' }).click();
  await expect(whole).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(whole).toHaveCount(0);
});

test('where one is holds through the steps of the zoom and Back, whatever else is open beside it', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?type=backend');
  await cell(page, 'payment-service in v1.6.0: missing').click();
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const name = (await nameOf(page)) ?? '';
  expect(name).toMatch(/ in v1\.6\.0-rc\.2: /);
  for (const [key, zoom] of [
    ['-', /zoom=marks/],
    ['-', /zoom=overview/],
    ['+', /zoom=marks/],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(zoom);
    await expect(focused(page)).toHaveAccessibleName(name);
  }
  await page.keyboard.press('o');
  await expect(page.getByRole('region', { name: 'Release v1.6.0-rc.2', exact: true })).toBeVisible();
  await page.goBack();
  await expect(focused(page)).toHaveAccessibleName(name);
  // By the mouse, too, from the head of a row in the overview.
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/zoom=overview/);
  const { x, y } = (await grid(page).locator('canvas').boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.click(x + 60, y + 200);
  await expect(page).toHaveURL(/view=release/);
  await page.goBack();
  await expect(focused(page)).toHaveRole('rowheader');
});
