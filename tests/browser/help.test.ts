import { box, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

test('? lists the keys, Escape closes the list, and the focus is where it was', async ({ page, open }) => {
  await open();
  const cell = grid(page).getByRole('gridcell').first();
  await cell.focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help.getByText('Next problem')).toBeVisible();
  await page.keyboard.press('n');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(cell).toBeFocused();
});

test('by keys alone from the address bar to a missing component’s details and back', async ({ page, open }) => {
  await open();
  const skip = page.getByRole('link', { name: 'Skip to the matrix' });
  await expect(skip).toBeAttached();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  // Legend, folding and orientation stand before the grid, which is one stop.
  for (let stops = 0; stops < 8 && (await grid(page).locator(':focus').count()) === 0; stops++) {
    await page.keyboard.press('Tab');
  }
  await expect(grid(page).locator(':focus')).toHaveRole('gridcell');
  await page.keyboard.press('/');
  await page.keyboard.type('v1.6.0');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=v1\.6\.0/);
  await page.keyboard.press('Escape');
  await expect(box(page)).toHaveValue('');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('payment-service v1.6.0');
  await expect(page.getByRole('option', { name: /^payment-service in v1\.6\.0/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const cell = grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' });
  await expect(cell).toBeFocused();
  await expect(panel(page).getByRole('article')).toContainText('payment-service is missing from v1.6.0');
  await page.keyboard.press('Tab');
  await expect(panel(page).locator(':focus')).toHaveCount(1);
  const close = panel(page).getByRole('button', { name: 'Close details' });
  for (let stops = 0; stops < 4 && !(await close.evaluate((e) => e === document.activeElement)); stops++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(panel(page)).toHaveCount(0);
  await expect(cell).toBeFocused();
});

test('at 400 % zoom the details are a dialog, which gives the focus back to its cell', async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto(`${demo.url}?release=v1.6.0&component=backend%23payment-service`);
  const dialog = page.getByRole('dialog', { name: 'Fragment details' });
  await expect(dialog).toBeFocused();
  expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 256 });
  // What lies behind is reached by nothing: the Tab key stays in it, but for the browser's own bar.
  await expect(page.locator('header')).toHaveAttribute('inert');
  for (let stops = 0; stops < 24; stops++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('header, [role="grid"], #filters'))).toBeNull();
  }
  await dialog.getByRole('button', { name: 'Older release: v1.6.0-rc.2' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Older release: v1.6.0-rc.1' })).toBeFocused();
  await dialog.getByRole('button', { name: /^v1\.6\.0 ?missing/ }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeFocused();
  // No key of the page does anything behind it.
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/release=v1\.6\.0&/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('header')).not.toHaveAttribute('inert');
  await expect(grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' })).toBeFocused();
  await expect(box(page)).toBeHidden();
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(box(page)).toBeVisible();
  // Nothing but the grid scrolls sideways.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
