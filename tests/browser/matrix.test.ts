import type { Locator, Page } from '@playwright/test';
import { box, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const release = (page: Page, tag: string): Locator =>
  grid(page).getByRole('rowheader', { name: new RegExp(`^${tag.replaceAll('.', '\\.')}(,|$)`) });
const cell = (page: Page, name: string | RegExp): Locator => grid(page).getByRole('gridcell', { name });

test('the grid says its full counts, with one row and one column of heads, however little of it is drawn', async ({
  page,
  open,
}) => {
  await open();
  const said = await page
    .getByRole('region', { name: 'Filters' })
    .getByText(/releases, .*components/)
    .textContent();
  const [releases, components] = (said?.match(/\d+/g) ?? []).map(Number);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String((releases ?? 0) + 1));
  await expect(grid(page)).toHaveAttribute('aria-colcount', String((components ?? 0) + 1));
  expect(await grid(page).getByRole('columnheader').count()).toBeLessThan(components ?? 0);
});

test('heads and cells are named as promised', async ({ page, open }) => {
  await open('?q=payment-service&type=backend');
  await expect(grid(page).getByRole('columnheader')).toHaveCount(1);
  await expect(grid(page).getByRole('columnheader')).toHaveAccessibleName('payment-service');
  await expect(grid(page).getByRole('columnheader')).toHaveAccessibleDescription('Backend');
  await expect(release(page, 'v1.6.0')).toBeVisible();
  await expect(release(page, 'v1.6.0')).toHaveAccessibleName(
    /^v1\.6\.0, stable, fail, \d+ of \d+ components, \d+ error/,
  );
  await expect(cell(page, /^payment-service in v1\.6\.0-rc\.2: \d+\.\d+\.\d+/)).toBeVisible();
});

test('a workload says where it runs and how much of it is ready', async ({ page, open }) => {
  await open('?type=k8s&stage=stable&q=orders');
  const orders = cell(page, /^orders in v1\.6\.0: /);
  await expect(orders).toHaveAccessibleDescription(/prod( \S+)? \d+\/\d+ ready/);
});

test('a line folds away its pre-releases, says how many, and stays folded by its link', async ({ page, open }) => {
  await open('?q=1.6.0');
  const line = release(page, 'v1.6.0').getByRole('button', { name: /^Pre-releases of 1\.6\.0/ });
  await expect(line).toHaveAttribute('aria-expanded', 'true');
  await expect(release(page, 'v1.6.0-rc.2')).toBeVisible();
  const count = await grid(page).getAttribute('aria-rowcount');
  await line.click();
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  await expect(release(page, 'v1.6.0-rc.2')).toHaveCount(0);
  await expect(release(page, 'v1.6.0')).toContainText(/\+\d/);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', count ?? '');
  await expect(page).toHaveURL(/[?&]folded=1\.6\.0/);
  await page.reload();
  await expect(release(page, 'v1.6.0')).toBeVisible();
  await expect(release(page, 'v1.6.0-rc.2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Expand all lines' }).click();
  await expect(release(page, 'v1.6.0-rc.2')).toBeVisible();
  await page.getByRole('button', { name: 'Fold all lines' }).click();
  await expect(release(page, 'v1.6.0-rc.2')).toHaveCount(0);
});

test('flipped, components are down and releases across, and the counts with them', async ({ page, open }) => {
  await open('?type=backend&q=service');
  // Not those of the first rows, which have no filters.
  await page.getByRole('region', { name: 'Filters' }).waitFor();
  const [rows, columns] = [
    await grid(page).getAttribute('aria-rowcount'),
    await grid(page).getAttribute('aria-colcount'),
  ];
  await open('?type=backend&q=service&flip=true');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', columns ?? '');
  await expect(grid(page)).toHaveAttribute('aria-colcount', rows ?? '');
  await expect(grid(page).getByRole('rowheader', { name: 'payment-service', exact: true })).toBeVisible();
  await expect(grid(page).getByRole('columnheader', { name: /^v1\.6\.0,/ })).toBeVisible();
  await expect(cell(page, 'payment-service in v1.6.0: missing')).toBeVisible();
});

test('a link opens on its cell, wherever that is', async ({ page, open }) => {
  await open();
  // The last cell of the whole matrix.
  await grid(page).getByRole('gridcell').first().focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  const chosen = grid(page).getByRole('gridcell', { selected: true });
  const name = await chosen.getAttribute('aria-label');
  await expect(chosen).toBeInViewport({ ratio: 0.9 });
  await page.reload();
  await expect(grid(page).getByRole('gridcell', { selected: true })).toHaveAccessibleName(name ?? '');
  await expect(grid(page).getByRole('gridcell', { selected: true })).toBeInViewport({ ratio: 0.9 });
});

test('a click opens the details, and Escape in the grid closes them', async ({ page, open }) => {
  await open('?q=1.6.0+payment');
  await cell(page, 'payment-service in v1.6.0: missing').click();
  await expect(page).toHaveURL(/release=v1\.6\.0&component=backend(%23|#)payment-service/);
  await expect(panel(page)).toBeVisible();
  await expect(cell(page, 'payment-service in v1.6.0: missing')).toHaveAttribute('aria-selected', 'true');
  await cell(page, 'payment-service in v1.6.0: missing').focus();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});

test('under an environment filter cells show what runs there and nothing else', async ({ page, open }) => {
  await open('?env=staging&q=orders');
  const orders = cell(page, /^orders in v1\.6\.0-rc\.2: /);
  await expect(orders).toHaveAccessibleDescription(/staging \d+\/\d+ ready/);
  await expect(cell(page, /: missing$/)).toHaveCount(0);
});

test('filters that leave nothing say so and can be cleared', async ({ page, open }) => {
  await open('?q=no-such-release');
  await expect(grid(page)).toHaveCount(0);
  await expect(page.getByText('The filters leave nothing to show')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(grid(page)).toBeVisible();
  await expect(page.locator('#view')).toBeFocused();
  await expect(box(page)).toHaveValue('');
});

test('scrolled far, the heads stay and name what is there', async ({ page, open }) => {
  await open();
  await grid(page).hover({ position: { x: 700, y: 500 } });
  await page.mouse.wheel(900, 600);
  const scroller = page.locator('.mx-scroller');
  await expect.poll(() => scroller.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  // What comes into view is drawn a moment after it.
  await expect(async () => {
    const [down, across, cell] = await scroller.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      const at = (x: number, y: number) => document.elementFromPoint(left + x, top + y)?.closest('[role]');
      return [at(60, 400), at(600, 100), at(600, 400)].map((there) => ({ role: there?.role, name: there?.ariaLabel }));
    });
    expect([down?.role, across?.role, cell?.role]).toEqual(['rowheader', 'columnheader', 'gridcell']);
    const tag = down?.name?.split(',')[0];
    expect(cell?.name).toContain(`${across?.name} in ${tag}: `);
  }).toPass({ timeout: 15_000 });
});

test('the head whose component is open is marked, and stands whole beside its panel', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open();
  const head = grid(page).getByRole('columnheader', { name: 'catalog.updated' });
  const beside = async () => {
    const [own, area] = [await head.boundingBox(), await page.locator('.mx-scroller').boundingBox()];
    return [own?.x, (area?.x ?? 0) + (area?.width ?? 0) - ((own?.x ?? 0) + (own?.width ?? 0))];
  };
  await head.click();
  await expect(page.getByRole('complementary', { name: 'Component details' })).toBeVisible();
  await expect(head).toHaveAttribute('aria-selected', 'true');
  await expect(head).toBeFocused();
  // Right of the row heads, and with room for its slanted name.
  await expect.poll(async () => (await beside())[0]).toBeGreaterThanOrEqual(228);
  await expect.poll(async () => (await beside())[1]).toBeGreaterThanOrEqual(78);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Component details' })).toHaveCount(0);
  await expect(head).toBeFocused();
  await expect(head).not.toHaveAttribute('aria-selected');
  // By a link, too, and where components are down.
  await open('?component=kafka%23user.updated&flip=true');
  const row = grid(page).getByRole('rowheader', { name: 'user.updated', selected: true });
  await expect(row).toBeInViewport({ ratio: 1 });
});

test('a group’s name is whole, or only its dot and its number are there', async ({ page, open }) => {
  const words = () =>
    page.locator('.mx-group').evaluateAll((groups) =>
      groups.map((group) => {
        const { top, bottom } = group.getBoundingClientRect();
        const seen = [...group.querySelectorAll('.mx-group-words > span')].filter((word) => {
          const box = word.getBoundingClientRect();
          return box.width > 0 && box.top >= top && box.bottom <= bottom;
        });
        const isCut = seen.some((word) => word.scrollWidth > word.clientWidth);
        return [
          group.getAttribute('title'),
          ...seen.map((word) => word.textContent).reverse(),
          ...(isCut ? ['cut'] : []),
        ];
      }),
    );
  await open('?q=payment');
  await expect
    .poll(words)
    .toEqual([['Frontend'], ['Backend'], ['Kafka, 2', 'Kafka', '2'], ['Infra'], ['Kubernetes', 'Kubernetes']]);
  await open('?q=payment&zoom=marks');
  await expect
    .poll(words)
    .toEqual([['Frontend'], ['Backend'], ['Kafka, 2', '2'], ['Infra'], ['Kubernetes', 'Kubernetes']]);
});

test('what is noted is marked in one corner of its cell', async ({ page, open }) => {
  await open('?zoom=marks&type=k8s');
  const noted = grid(page).locator('[data-noted]').first();
  await expect(noted).toBeVisible();
  // Beneath the border of its left side the mark would be there a second time.
  await expect(noted).toHaveCSS('background-repeat', 'no-repeat');
});
