import type { Page } from '@playwright/test';
import { box, choice, choose, filter, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

/** The line that says what is left: "12 of 44 releases, 66 components". */
const left = (page: Page, words: RegExp) =>
  expect(page.getByRole('region', { name: 'Filters' }).getByText(words)).toBeVisible();
const release = (page: Page, tag: string) =>
  grid(page).getByRole('rowheader', { name: new RegExp(`^${tag}(?![\\w.-])`) });
const component = (page: Page, name: string) => grid(page).getByRole('columnheader', { name, exact: true });

test('the search box takes part of a tag and ranges, pre-releases included', async ({ page, open }) => {
  await open();
  await left(page, /^44 releases, \d+ components$/);
  await box(page).fill('~1.6');
  await left(page, /^7 of 44 releases, \d+ components$/);
  await expect(release(page, 'v1.6.0-rc.2')).toBeVisible();
  await expect(release(page, 'v1.7.0-beta.1')).toHaveCount(0);
  await box(page).fill('rc10');
  await left(page, /^1 of 44 releases/);
  await expect(release(page, 'v1.4.2-rc10')).toBeVisible();
});

test('a broken range is said, and hides nothing', async ({ page, open }) => {
  await open();
  await box(page).fill('~nonsense');
  await left(page, /“~nonsense” is not a version range, such as ~1\.4 or >=2 <3\./);
  await left(page, /44 releases, \d+ components$/);
});

test('stage, type, environment, owner, text and only problems each hide something and say so', async ({
  page,
  open,
}) => {
  await open();
  const said = page.getByRole('region', { name: 'Filters' }).getByText(/\d+ releases, .*\d+ components/);
  await choose(page, 'Stage', 'stable');
  await expect(filter(page, 'Stage')).toHaveText('Stage: stable');
  await expect(said).toHaveText(/^\d+ of 44 releases, \d+ components$/);
  await expect(release(page, 'v1.6.0')).toBeVisible();
  await expect(release(page, 'v1.6.0-rc.2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await choose(page, 'Type', 'Kafka');
  await expect(said).toHaveText(/^44 releases, \d+ of \d+ components$/);
  await expect(component(page, 'auth-service')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await choose(page, 'Environment', 'preprod');
  await expect(said).toHaveText(/^\d+ of 44 releases, \d+ of \d+ components, entries of preprod only$/);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await choose(page, 'Owner', 'payments');
  await expect(filter(page, 'Owner')).toHaveText('Owner: payments');
  await expect(page).toHaveURL(/owner=payments/);
  await expect(said).toHaveText(/^44 releases, \d+ of \d+ components$/);
  await expect(component(page, 'auth-service')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await box(page).fill('PAYMENT service');
  await expect(said).toHaveText(/^44 releases, 1 of \d+ components$/);
  await expect(component(page, 'payment-service')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await page.getByRole('switch', { name: 'Only problems' }).click();
  await expect(page.getByRole('switch', { name: 'Only problems' })).toBeChecked();
  await expect(said).toHaveText(/^\d+ of 44 releases, \d+ of \d+ components, .* without problems folded away$/);
  await expect(release(page, 'v1.6.0')).toBeVisible();
});

test('the URL holds the filters: a reload shows the same, and Back closes the panel, not the filter', async ({
  page,
  open,
}) => {
  await open();
  await box(page).pressSequentially('>=1.6 <1.7 payment-service', { delay: 15 });
  await expect(box(page)).toHaveValue('>=1.6 <1.7 payment-service');
  await choose(page, 'Stage', 'stable');
  await choose(page, 'Stage', 'rc');
  await left(page, /^4 of 44 releases, 1 of \d+ components$/);
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ q: '>=1.6 <1.7 payment-service', stage: 'stable,rc' });
  const address = page.url();

  await page.reload();
  await left(page, /^4 of 44 releases, 1 of \d+ components$/);
  await expect(box(page)).toHaveValue('>=1.6 <1.7 payment-service');
  await expect(filter(page, 'Stage')).toHaveText('Stage: rc+1');

  await grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing', exact: true }).click();
  const details = page.getByRole('complementary', { name: 'Fragment details' });
  await expect(details).toBeVisible();
  await page.goBack();
  await expect(details).toHaveCount(0);
  await expect(page).toHaveURL(address);
  await page.goForward();
  await expect(details).toBeVisible();
});

test('the orientation flips, and / leads to the search box', async ({ page, open }) => {
  await open();
  await choice(page, 'Orientation', 'Components down').click();
  await expect(grid(page).getByRole('columnheader', { name: /^v1\.6\.0(?![\w.-])/ })).toBeVisible();
  await expect(page).toHaveURL(/[?&]flip=true/);
  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
});

test('where a version of a component is, or a commit: pasted, and Enter leads there', async ({ page, open }) => {
  await open('?release=v1.6.0-rc.2&component=backend%23payment-service');
  const commit =
    (await panel(page)
      .getByRole('link', { name: /^[0-9a-f]{40}$/ })
      .textContent()) ?? '';
  await panel(page).getByRole('button', { name: 'Close details' }).click();

  await box(page).fill(commit.slice(0, 12));
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('payment-service');
  // v1.5.1 and later have the same commit; what the answer leaves is all that has it.
  await left(page, /^\d+ of 44 releases, 1 of \d+ components$/);

  await box(page).fill('order-service@1.5.1');
  const places = page.getByRole('group', { name: 'Releases that have it' }).getByRole('option');
  await expect(places).toHaveText([/^order-service in v1\.5\.1/]);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('order-service');
  await expect(page).toHaveURL(/release=v1\.5\.1/);

  await box(page).fill('`ghcr.io/acme/order-service:1.6.0-rc.2`');
  await expect(places).toHaveText([
    /^orders in v1\.6\.0 ?runs in prod/,
    /^order-service in v1\.6\.0-rc\.2/,
    /^orders in v1\.6\.0-rc\.2/,
  ]);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('orders');
  await expect(page).toHaveURL(/release=v1\.6\.0(?!-)/);
});

test('what runs now stands first, and what nothing has is said', async ({ page, open }) => {
  await open('?view=findings');
  await box(page).fill('orders@1.6.0-rc.2');
  const places = page.getByRole('group', { name: 'Releases that have it' }).getByRole('option');
  await expect(places.first()).toHaveText(/runs in .*prod/);
  await expect(places.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(places.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(places).toHaveCount(0);
  await expect(box(page)).toHaveValue('orders@1.6.0-rc.2');
  await box(page).fill('orders@77');
  await expect(page.getByText('No release has orders in version 77.')).toBeVisible();
  await box(page).fill('https://acme.atlassian.net/browse/PAY-812');
  await expect(page.getByText('No listed change names PAY-812.')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'In full' })).toHaveText(
    /^Not looked at: fragments that list no changes: /,
  );
});

test('an address with the boxes of before still opens', async ({ page, open }) => {
  await open('?version=%3E%3D1.6+%3C1.7&q=payment-service&stage=stable');
  await expect(box(page)).toHaveValue('>=1.6 <1.7 payment-service');
  await left(page, /^1 of 44 releases, 1 of \d+ components$/);
  await expect(page).not.toHaveURL(/version=/);
});

for (const width of [1024, 1280, 1600]) {
  test(`at ${width} the bar is one line, whatever is filtered, and nothing below it moves`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 800 });
    const bar = page.getByRole('region', { name: 'Filters' });
    const all = 'q=%3E%3D1.6.0-alpha.1+%3C1.7+payment-service&stage=rc,stable&type=backend,k8s&env=prod,staging';
    for (const search of ['', `?${all}&owner=payments,platform&problems=true`, '?q=~nonsense']) {
      await open(search);
      const box = await bar.boundingBox();
      expect(box?.height).toBe(36);
      expect(await bar.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
  });
}
