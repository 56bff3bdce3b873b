import type { Locator, Page } from '@playwright/test';
import { box, choose, panel } from './demo-page.ts';
import { grid as matrix } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Environments' });
const cell = (page: Page, name: string | RegExp): Locator => table(page).getByRole('gridcell', { name });
const placed = (of: Locator) =>
  of.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
const region = (page: Page): Locator => page.getByRole('region', { name: 'What runs where' });

/** The words that somebody has to read, whatever of it is scrolled away. */
const wordsIn = async (of: Locator): Promise<number> => (await of.innerText()).split(/\s+/).filter(Boolean).length;

test('which workload in prod is not as released: one action, and the answer is right', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Environments' }).click();
  const prod = table(page).getByRole('columnheader', { name: 'prod', exact: true });
  await expect(prod).toContainText('v1.6.0');
  await expect(prod).toContainText('3 of 12 not as released');
  const off = table(page).getByRole('gridcell', { name: / in prod: .*, not as released: / });
  await expect(off).toHaveText([
    '1.6.0 1/3 ready',
    '1.6.0-rc.2 3/3 pre-release, other image',
    '1.6.0 2/2 ahead of preprod',
  ]);
  // The worst first, each with its owner.
  await expect(table(page).getByRole('rowheader')).toHaveText([
    'catalog discovery',
    'orders fulfilment',
    'api platform',
    'ledger payments',
    ...Array(8).fill(/\w/),
  ]);
  expect(await wordsIn(page.locator('main'))).toBeLessThanOrEqual(200);
});

test('environments are in order, each with the release that it runs, and each cell is a sentence', async ({
  page,
  open,
}) => {
  await open();
  await page.getByRole('link', { name: 'Environments' }).click();
  await expect(table(page).getByRole('columnheader')).toHaveText([
    'Component',
    /^dev v1\.8\.0-alpha\.2\s*3 of 12 not as released$/,
    /^qa v1\.7\.0-beta\.1\s*all 12 as released$/,
    /^staging v1\.6\.1-rc\.1\s*all 12 as released$/,
    /^preprod v1\.6\.1-rc\.1\s*2 of 12 not as released$/,
    /^prod v1\.6\.0\s*3 of 12 not as released$/,
  ]);
  await expect(
    cell(page, /^api in prod: 1\.6\.0 of v1\.6\.0, 4\/4 ready, as released, the newest stable, \d+ releases behind /),
  ).toBeVisible();
  await expect(cell(page, /^catalog in prod: .*1\/3 ready, waits for readiness, not as released: /)).toBeVisible();
  // The candidate's image under the stable release is not that release, let alone the newest.
  await expect(
    cell(
      page,
      /^orders in prod: 1\.6\.0-rc\.2 of v1\.6\.0, .*not as released: is 1\.6\.0-rc\.2 .*; runs .*, not v1\.6\.0/,
    ),
  ).toBeVisible();
  // Rolled back: it was observed after the candidate that the others run.
  await expect(cell(page, /^ledger in preprod: .*still v1\.5\.1-rc\.1/)).toHaveText('still v1.5.1-rc.1 1/1');
  // It came with the alpha before, and is what this one has of it.
  await expect(cell(page, /^shell in dev: 2\.9\.2 of v1\.8\.0-alpha\.1, 1\/1 ready, as released/)).toHaveText('2.9.2');
  await page.goBack();
  await expect(matrix(page)).toBeVisible();
  await page.goForward();
  await expect(table(page)).toBeVisible();
});

test('a pointer that rests on a cell, and the keyboard at once, is told more of it, until Escape', async ({
  page,
  open,
}) => {
  await open('?view=environments');
  const card = page.locator('[data-card]');
  await cell(page, /^orders in prod/).hover();
  await expect(card).toContainText('orders in prod');
  await expect(card).toContainText('fulfilment');
  await expect(card).toContainText(/runs sha256:\w+, not sha256:\w+/);
  await card.hover();
  await expect(card).toContainText('orders in prod');
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
  await cell(page, /^catalog in dev/).focus();
  await page.keyboard.press('End');
  await expect(card).toContainText('catalog in prod');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(cell(page, /^catalog in prod/)).toBeFocused();
});

test('only what is not as released: in one environment by its head, anywhere by one button', async ({ page, open }) => {
  await open('?view=environments');
  await table(page).getByRole('button', { name: '2 of 12 not as released' }).click();
  await expect(table(page).getByRole('rowheader')).toHaveText(['api platform', 'ledger payments']);
  await expect(region(page)).toContainText('2 of 12 components in 5 environments');
  await expect(page).toHaveURL(/view=environments&off=preprod/);
  await page.getByRole('button', { name: /^Not as released/ }).click();
  await expect(region(page)).toContainText('7 of 12 components in 5 environments');
  await page.getByRole('button', { name: 'Show all components' }).click();
  await expect(table(page).getByRole('rowheader')).toHaveCount(12);
});

test('the rail goes back to what ran then, by keys and by pointer, and forth to what came since', async ({
  page,
  open,
}) => {
  await open('?view=environments');
  const rail = page.getByRole('slider', { name: 'Moment' });
  await expect(rail).toHaveAttribute('aria-valuetext', 'now');
  await rail.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  await expect(rail).toHaveAttribute('aria-valuetext', /UTC: v1\.7\.0-alpha\.\d in \w+, \d+ components$/);
  const prod = table(page).getByRole('columnheader', { name: 'prod', exact: true });
  await expect(prod).toContainText('v1.5.1');
  await expect(cell(page, /^orders in prod: 1\.5\.1 of v1\.5\.1, 3\/3 ready, as released/)).toBeVisible();
  await expect(page).toHaveURL(/[?&]at=20\d\d-/);
  // The same address, the same moment.
  const told = await rail.getAttribute('aria-valuetext');
  await page.reload();
  await expect(rail).toHaveAttribute('aria-valuetext', told ?? '');
  await expect(prod).toContainText('v1.5.1');
  await prod.getByRole('link', { name: 'to now' }).click();
  await expect(page.getByRole('region', { name: 'Compare' }).getByRole('heading', { level: 2 })).toContainText(
    /@prod\{20\d\d-.*\} → @prod/,
  );
  await expect(page.getByRole('list', { name: 'Changed', exact: true })).toContainText('orders');
  await page.goBack();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(prod).toContainText('v1.6.0');
  await rail.hover({ position: { x: 30, y: 10 } });
  await page.mouse.down();
  await page.mouse.up();
  await expect(rail).toHaveAttribute('aria-valuetext', /UTC: v1\.0\.0/);
  await expect(region(page)).toContainText(/\d+ places not known/);
});

for (const [width, height] of [
  [1440, 900],
  [1280, 800],
  [390, 844],
] as const) {
  test(`a moment is said once, and nothing moves for it, at ${width} pixels`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await open('?view=environments');
    const rail = page.getByRole('slider', { name: 'Moment' });
    const places = async () => {
      const head = table(page).getByRole('columnheader').last();
      return [await placed(rail), (await placed(head)).height, (await placed(table(page))).y];
    };
    const before = await places();
    await rail.focus();
    await page.keyboard.press('Home');
    await expect(region(page)).toContainText(/\d+ places not known/);
    await expect(table(page).getByRole('link', { name: 'to now' }).first()).toBeVisible();
    expect(await places()).toEqual(before);
    const said = (await region(page).innerText()).match(/\d+ \w+ \d\d:\d\d UTC/g);
    expect(said).toHaveLength(1);
  });
}

test('heads are as high beside details as without, and their bars in one line', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open('?view=environments');
  const heads = table(page).getByRole('columnheader').filter({ hasNotText: 'Component' });
  const height = (await placed(heads.first())).height;
  await cell(page, /^orders in prod/)
    .getByRole('link')
    .click();
  await expect(panel(page)).toBeVisible();
  const bars = heads.locator('[aria-hidden="true"]:has(> .bg-good)');
  await expect(bars).toHaveCount(5);
  const tops = await Promise.all((await bars.all()).map(async (bar) => (await placed(bar)).y));
  expect(new Set(tops).size).toBe(1);
  expect((await placed(heads.first())).height).toBe(height);
  // The name says it in full, whatever there is room for.
  await expect(heads.getByRole('button', { name: '3 of 12 not as released' })).toHaveCount(2);
});

test('a small screen begins with the environment in which the worst is, and names who is to look after it', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('?view=environments');
  const names = () =>
    table(page)
      .getByRole('columnheader')
      .evaluateAll((heads) => heads.map((head) => head.getAttribute('aria-label')));
  await expect.poll(names).toEqual([null, 'prod', 'preprod', 'dev', 'staging', 'qa']);
  for (const name of ['prod', 'preprod']) {
    await expect(table(page).getByRole('columnheader', { name, exact: true })).toBeInViewport({ ratio: 0.99 });
  }
  const orders = table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: /^orders in prod/ }) });
  await expect(orders.getByRole('rowheader')).toContainText('fulfilment');
  await expect(orders.getByRole('gridcell').first()).toHaveAccessibleName(/^orders in prod: 1\.6\.0-rc\.2 of v1\.6\.0/);
});

test('an address opens the same table again', async ({ page, open }) => {
  await open('?view=environments&off=prod&env=prod,staging&q=l');
  const [address, shown] = [page.url(), await region(page).innerText()];
  expect(shown).toContain('2 of 12 components in 2 of 5 environments');
  await page.goto('about:blank');
  await page.goto(address);
  await expect(region(page)).toBeVisible();
  await expect.poll(() => region(page).innerText()).toBe(shown);
});

test('the filters of the bar leave less, and it says how much', async ({ page, open }) => {
  await open('?view=environments');
  await box(page).fill('ledger');
  await expect(region(page)).toContainText('1 of 12 components in 5 environments');
  await choose(page, 'Environment', 'preprod');
  await expect(table(page).getByRole('columnheader')).toHaveText(['Component', /^preprod/]);
  await page.getByRole('button', { name: 'Show all components' }).click();
  await expect(table(page).getByRole('rowheader')).toHaveCount(12);
  // The button has gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
  await page.getByRole('switch', { name: 'Only problems' }).click();
  await expect(region(page)).toContainText(/^\d+ of 12 components/);
  await expect(cell(page, /^catalog in prod/)).toBeVisible();
});

test('by keyboard alone to a cell, to its details beside it, and back', async ({ page, open }) => {
  await open('?view=environments');
  await cell(page, /^catalog in dev/).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await expect(page.locator(':focus')).toHaveAccessibleName(/ in prod: /);
  await expect(page.locator(':focus')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('catalog');
  await expect(cell(page, /^catalog in prod/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(cell(page, /^catalog in prod/)).toBeFocused();
});

test('a cell leads to its details in place, whatever release it is of', async ({ page, open }) => {
  await open('?view=environments&q=ledger&stage=stable');
  await cell(page, /^ledger in prod/).click();
  await expect(panel(page).getByText('environment-inversion')).toBeVisible();
  await expect(table(page)).toBeVisible();
  await cell(page, /^ledger in preprod/).click();
  await expect(panel(page)).toContainText('v1.5.1-rc.1');
  await page.goBack();
  await expect(panel(page).getByText('environment-inversion')).toBeVisible();
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
