import type { Page } from '@playwright/test';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

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

test('at 1440 × 900 at least 35 components and 26 releases are read, and whole', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?folded=');
  await grid(page).waitFor();
  expect(await rowHeight(page)).toBe(26);
  const seen = await wholeHeads(page);
  expect(seen.across).toBeGreaterThanOrEqual(35);
  expect(seen.down).toBeGreaterThanOrEqual(26);
  // Which version is where is read without a click: alpha.1 and alpha.2 must not look alike.
  expect(await cut(page)).toEqual([]);
});

test('in marks all releases and components are on one screen, by the keys, the wheel and the address', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?folded=');
  await grid(page).getByRole('gridcell').first().focus();
  const name = await page.locator(':focus').getAttribute('aria-label');
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/[?&]zoom=marks/);
  await expect(page.getByRole('button', { name: 'Marks: a sign per cell', pressed: true })).toBeVisible();
  await expect.poll(() => rowHeight(page)).toBe(14);
  await expect.poll(() => wholeHeads(page)).toEqual({ across: 65, down: 44 });
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

test('the overview shows all on one screen by code loaded for it, and is the same grid to keys', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await open('?zoom=marks');
  const cells = grid(page).getByRole('gridcell');
  await cells.first().focus();
  const name = (await page.locator(':focus').getAttribute('aria-label')) ?? '';
  expect(loaded.filter((path) => path.includes('Overview'))).toEqual([]);
  await page.keyboard.press('-');
  await expect(page).toHaveURL(/zoom=overview/);
  await expect(grid(page).locator('canvas')).toBeVisible();
  expect(loaded.filter((path) => path.includes('Overview'))).not.toEqual([]);
  // It is drawn: where cells are, there is more than one colour.
  await expect
    .poll(() =>
      grid(page)
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => {
          const data = canvas.getContext('2d')?.getImageData(228, 130, 600, 300).data ?? [];
          return new Set(new Uint32Array(data instanceof Uint8ClampedArray ? data.buffer : [])).size;
        }),
    )
    .toBeGreaterThan(4);
  await expect(page.locator(':focus')).toHaveAccessibleName(name);
  expect(
    await page
      .locator('.mx-overview')
      .evaluate((area) => [area.scrollHeight - area.clientHeight, area.scrollWidth - area.clientWidth]),
  ).toEqual([0, 0]);

  // One element stands for the cell that is active, with its name and its place.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveRole('gridcell');
  await expect(page.locator(':focus')).toHaveAttribute('aria-colindex', '3');
  await expect(cells).toHaveCount(1);
  await page.keyboard.press('Control+ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator(':focus')).toHaveRole('rowheader');
  await page.keyboard.press('ArrowRight');
  const near = (await page.locator(':focus').getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/zoom=/);
  await expect.poll(() => rowHeight(page)).toBe(26);
  await expect(page.locator(':focus')).toHaveAccessibleName(near);
});

test('in the overview a click zooms in, and dragging chooses what Enter zooms in on', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?zoom=overview');
  const area = grid(page).locator('canvas');
  await expect(area).toBeVisible();
  const { x, y } = (await area.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 300, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 380, y + 260, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText(/^\d+ × \d+ · Enter zooms in, Escape cancels$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/Enter zooms in/)).toHaveCount(0);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText(/^3 × 2 · Enter zooms in/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.click(x + 300, y + 200);
  await expect(page).not.toHaveURL(/zoom=/);
  await expect(grid(page).locator(':focus')).toHaveRole('gridcell');
});

test('resting on a place, or the focus, tells what it holds, what is wrong and whose it is', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?type=k8s');
  const card = page.locator('[data-card]');
  const orders = grid(page).getByRole('gridcell', { name: /^orders in v1\.6\.0: / });
  await orders.hover();
  await expect(card).toHaveText(/^orders in v1\.6\.0.*fulfilment1\.6\.0-rc\.2 · prod 3\/3.*in a stable release/);
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await page.mouse.move(5, 5);
  await grid(page).getByRole('gridcell').first().focus();
  await page.keyboard.press('ArrowUp');
  await expect(card).toHaveText(/^api k8s.*In v1\.\d+\.\d+: /);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(card).toHaveText(/^v1\.\d+\.0.*components/);
  await page.goto(page.url().replace('?', '?zoom=overview&'));
  const drawn = grid(page).locator('canvas');
  await expect(drawn).toBeVisible();
  const { x, y } = (await drawn.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 236, y + 165);
  await expect(card).toHaveText(/^api in v1\./);
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
