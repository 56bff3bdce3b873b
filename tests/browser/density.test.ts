import type { Page } from '@playwright/test';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './stands.ts';

const rowHeight = (page: Page) =>
  grid(page)
    .getByRole('rowheader')
    .first()
    .evaluate((head) => head.closest('[role="row"]')?.getBoundingClientRect().height);

/** Names of the cells in which something is cut. */
const cut = (page: Page) =>
  grid(page)
    .getByRole('gridcell')
    .evaluateAll((cells) =>
      cells
        .filter((cell) => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth)
        .map(({ ariaLabel }) => ariaLabel),
    );

test('compact rows show more releases, and are remembered', async ({ page, open }) => {
  await open('?type=k8s');
  expect(await rowHeight(page)).toBe(44);
  // What is in a cell stays in it, with its two lines about environments.
  expect(await cut(page)).toEqual([]);
  await page.getByRole('button', { name: 'Rows: comfortable. Change to compact' }).click();
  await expect.poll(() => rowHeight(page)).toBe(34);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Rows: compact. Change to comfortable' })).toBeVisible();
  // Before that it may be the grid of the first rows, which gives way to the whole one.
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  await expect.poll(() => rowHeight(page)).toBe(34);
  // Two versions in two environments: only the title has room for both.
  expect((await cut(page)).filter((name) => !name?.includes(' / '))).toEqual([]);
  await expect(grid(page).getByRole('gridcell', { name: / \/ / }).first()).toHaveAttribute('title', / \/ .*, .*, /);
});

test('the filters stand on one line at 1600 wide, and on two at 1280, where versions are whole', async ({
  page,
  open,
}) => {
  const lines = async () => {
    const filters = page.getByRole('region', { name: 'Filters' });
    return (await filters.boundingBox())?.height;
  };
  await page.setViewportSize({ width: 1600, height: 900 });
  await open();
  await expect.poll(lines).toBeLessThan(50);
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect.poll(lines).toBeLessThan(84);
  // Which version is where is read without a click: alpha.1 and alpha.2 must not look alike.
  expect(await cut(page)).toEqual([]);
  await page.getByRole('button', { name: 'Rows: comfortable. Change to compact' }).click();
  await expect.poll(() => rowHeight(page)).toBe(34);
  expect(await cut(page)).toEqual([]);
});

test('a link opens its cell amid its neighbours, out of a folded line, too', async ({ page, open }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await open('?release=v1.6.0-rc.2&component=backend%23payment-service&folded=1.6.0,1.5.0');
  const cell = grid(page).getByRole('gridcell', { selected: true });
  await expect(cell).toHaveAccessibleName(/^payment-service in v1\.6\.0-rc\.2/);
  await expect(page).toHaveURL(/folded=1\.5\.0/);
  /** From its nearer side to the edge of what is seen, the heads and the panel left out. */
  const roomBeside = async () => {
    const [place, area] = [await cell.boundingBox(), await page.locator('.mx-scroller').boundingBox()];
    const left = (place?.x ?? 0) - ((area?.x ?? 0) + 280);
    const right = (area?.x ?? 0) + (area?.width ?? 0) - ((place?.x ?? 0) + (place?.width ?? 0));
    return Math.min(left, right);
  };
  await expect.poll(roomBeside).toBeGreaterThan(2 * 76);
});
