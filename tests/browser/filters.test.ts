import type { Page } from '@playwright/test';
import { box, choice } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './stands.ts';

/** The line that says what is left: "12 of 44 releases, 66 components". */
const left = (page: Page, words: RegExp) =>
  expect(page.getByRole('region', { name: 'Filters' }).getByText(words)).toBeVisible();
const release = (page: Page, tag: string) =>
  grid(page).getByRole('rowheader', { name: new RegExp(`^${tag}(?![\\w.-])`) });
const component = (page: Page, name: string) => grid(page).getByRole('columnheader', { name, exact: true });

test('the version filter takes text and ranges, pre-releases included', async ({ page, open }) => {
  await open();
  await left(page, /^44 releases, \d+ components$/);
  await box(page, 'Version').fill('~1.6');
  await left(page, /^7 of 44 releases, \d+ components$/);
  await expect(release(page, 'v1.6.0-rc.2')).toBeVisible();
  await expect(release(page, 'v1.7.0-beta.1')).toHaveCount(0);
  await box(page, 'Version').fill('rc10');
  await left(page, /^1 of 44 releases/);
  await expect(release(page, 'v1.4.2-rc10')).toBeVisible();
});

test('a broken range is said, and hides nothing', async ({ page, open }) => {
  await open();
  await box(page, 'Version').fill('~nonsense');
  await left(page, /“~nonsense” is not a version range, such as ~1\.4 or >=2 <3\./);
  await left(page, /44 releases, \d+ components$/);
});

test('stage, type, environment, component text and only problems each hide something and say so', async ({
  page,
  open,
}) => {
  await open();
  const said = page.getByRole('region', { name: 'Filters' }).getByText(/\d+ releases, .*\d+ components/);
  await choice(page, 'Stage', 'stable').click();
  await expect(choice(page, 'Stage', 'stable')).toHaveAttribute('aria-pressed', 'true');
  await expect(said).toHaveText(/^\d+ of 44 releases, \d+ components$/);
  await expect(release(page, 'v1.6.0')).toBeVisible();
  await expect(release(page, 'v1.6.0-rc.2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await choice(page, 'Type', 'Kafka').click();
  await expect(said).toHaveText(/^44 releases, \d+ of \d+ components$/);
  await expect(component(page, 'auth-service')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await choice(page, 'Environment', 'preprod').click();
  await expect(said).toHaveText(/^\d+ of 44 releases, \d+ of \d+ components, entries of preprod only$/);
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await box(page, 'Component').fill('PAYMENT service');
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
  await box(page, 'Version').pressSequentially('>=1.6 <1.7', { delay: 15 });
  await expect(box(page, 'Version')).toHaveValue('>=1.6 <1.7');
  await choice(page, 'Stage', 'stable').click();
  await choice(page, 'Stage', 'rc').click();
  await box(page, 'Component').fill('payment-service');
  await left(page, /^4 of 44 releases, 1 of \d+ components$/);
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ version: '>=1.6 <1.7', stage: 'stable,rc', q: 'payment-service' });
  const address = page.url();

  await page.reload();
  await left(page, /^4 of 44 releases, 1 of \d+ components$/);
  await expect(box(page, 'Version')).toHaveValue('>=1.6 <1.7');
  await expect(choice(page, 'Stage', 'rc')).toHaveAttribute('aria-pressed', 'true');

  await grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing', exact: true }).click();
  const details = page.getByRole('complementary', { name: 'Fragment details' });
  await expect(details).toBeVisible();
  await page.goBack();
  await expect(details).toHaveCount(0);
  await expect(page).toHaveURL(address);
  await page.goForward();
  await expect(details).toBeVisible();
});

test('the orientation flips, and / leads to the version box', async ({ page, open }) => {
  await open();
  await choice(page, 'Orientation', 'Components down').click();
  await expect(grid(page).getByRole('columnheader', { name: /^v1\.6\.0(?![\w.-])/ })).toBeVisible();
  await expect(page).toHaveURL(/[?&]flip=true/);
  await page.keyboard.press('/');
  await expect(box(page, 'Version')).toBeFocused();
});

for (const width of [1024, 1280, 1600]) {
  test(`the bar takes two lines at most at ${width}, whatever is filtered`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 800 });
    const bar = page.getByRole('region', { name: 'Filters' });
    for (const search of ['', '?version=~1.6&env=prod,staging&problems=true', '?version=~nonsense']) {
      await open(search);
      expect((await bar.boundingBox())?.height).toBeLessThan(80);
      expect(await bar.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
  });
}
