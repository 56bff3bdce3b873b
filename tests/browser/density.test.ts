import type { Page } from '@playwright/test';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './stands.ts';

const rowHeight = (page: Page) =>
  grid(page)
    .getByRole('rowheader')
    .first()
    .evaluate((head) => head.closest('[role="row"]')?.getBoundingClientRect().height);

/** How many heads are whole on the screen. */
const wholeHeads = (page: Page) =>
  page.locator('.mx-scroller').evaluate((area) => {
    const { right, bottom } = area.getBoundingClientRect();
    const count = (role: string, isWhole: (box: DOMRect) => boolean) =>
      [...area.querySelectorAll(`[role="${role}"]`)].filter((head) => isWhole(head.getBoundingClientRect())).length;
    return {
      across: count('columnheader', (box) => box.right <= right),
      down: count('rowheader', (box) => box.bottom <= bottom),
    };
  });

/** Names of the cells in which something is cut. */
const cut = (page: Page) =>
  grid(page)
    .getByRole('gridcell')
    .evaluateAll((cells) =>
      cells
        .filter((cell) => cell.scrollHeight > cell.clientHeight + 1 || cell.scrollWidth > cell.clientWidth)
        .map(({ ariaLabel }) => ariaLabel),
    );

test('at 1440 × 900 at least 35 components and 24 releases are read, and whole', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open();
  await grid(page).waitFor();
  expect(await rowHeight(page)).toBe(26);
  const seen = await wholeHeads(page);
  expect(seen.across).toBeGreaterThanOrEqual(35);
  expect(seen.down).toBeGreaterThanOrEqual(24);
  // Which version is where is read without a click: alpha.1 and alpha.2 must not look alike.
  expect(await cut(page)).toEqual([]);
});

test('in marks all releases and components are on one screen, by the keys, the wheel and the address', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open();
  await grid(page).getByRole('gridcell').first().focus();
  const name = await page.locator(':focus').getAttribute('aria-label');
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/[?&]zoom=marks/);
  await expect(page.getByRole('button', { name: 'Marks: a sign per cell', pressed: true })).toBeVisible();
  await expect.poll(() => rowHeight(page)).toBe(14);
  await expect.poll(() => wholeHeads(page)).toEqual({ across: 65, down: 43 });
  // The same cell, by the same name.
  await expect(page.locator(':focus')).toHaveAccessibleName(name ?? '');
  await page.reload();
  await expect.poll(() => rowHeight(page)).toBe(14);
  await page.keyboard.press('+');
  await expect.poll(() => rowHeight(page)).toBe(26);
  await grid(page).hover({ position: { x: 600, y: 300 } });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 120);
  await page.keyboard.up('Control');
  await expect.poll(() => rowHeight(page)).toBe(14);
  await page.getByRole('button', { name: 'Text: versions' }).click();
  await expect(page).not.toHaveURL(/zoom=/);
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
    const left = (place?.x ?? 0) - ((area?.x ?? 0) + 228);
    const right = (area?.x ?? 0) + (area?.width ?? 0) - ((place?.x ?? 0) + (place?.width ?? 0));
    return Math.min(left, right);
  };
  await expect.poll(roomBeside).toBeGreaterThan(24);
});
