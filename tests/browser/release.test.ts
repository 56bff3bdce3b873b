import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { box, choice, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const region = (page: Page, release: string): Locator =>
  page.getByRole('region', { name: `Release ${release}`, exact: true });
const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const entries = (page: Page, list: string): Locator => page.getByRole('list', { name: list }).getByRole('listitem');

/** Lines of what is left that weigh as errors. */
const blockers = (page: Page): Locator =>
  page.getByRole('table', { name: 'What is left' }).getByRole('row').filter({ hasText: 'Error' });

/** The address of a release's page, but for its tag. */
const openRelease = (url: string) => `${url}?view=release&release=`;

test('what would block this rc: from its cell in one action', async ({ page, open }) => {
  await open('?release=v1.6.0-rc.1&component=infra%23tf-network');
  await panel(page).getByRole('button', { name: 'Open release' }).click();
  await expect(region(page, 'v1.6.0-rc.1')).toBeVisible();
  await expect(page.getByText(/Not yet stable: blocked by \d+/)).toBeVisible();
  await expect(blockers(page).filter({ hasText: 'feature-checkout' })).toContainText(
    /is a beta in an? \w+ release.*only as stable.*2\.9\.0-beta\.1/,
  );
  await expect(blockers(page).first()).toHaveText(/tf-network.*is missing/);
  await page.goBack();
  await expect(panel(page)).toBeVisible();
  await page.goForward();
  await expect(region(page, 'v1.6.0-rc.1')).toBeVisible();
});

test('verdict, completeness and line of a release', async ({ page, demo: server }) => {
  await page.goto(`${openRelease(server.url)}v1.6.0&type=frontend`);
  await expect(page.getByText('Blocked by 6, in 5 components')).toBeVisible();
  await expect(blockers(page)).toHaveCount(6);
  await expect(entries(page, 'Completeness by type').filter({ hasText: 'Backend' })).toHaveText(/19 of 20/);
  await expect(entries(page, 'Contents by type').filter({ hasText: 'Backend' })).toHaveText(
    /1 missing: payment-service/,
  );
  await expect(entries(page, 'Releases of 1.6.0')).toHaveText([
    /^alpha\.1/,
    /^alpha\.2/,
    /^beta\.1/,
    /^rc\.1/,
    /^rc\.2/,
    /^v1\.6\.0/,
  ]);
  await page.getByRole('link', { name: 'Older release: v1.6.0-rc.2' }).click();
  await expect(region(page, 'v1.6.0-rc.2')).toBeVisible();
  await entries(page, 'Releases of 1.6.0').getByRole('link', { name: 'v1.6.0', exact: true }).click();
  await expect(region(page, 'v1.6.0')).toBeVisible();
  // The link that was followed has gone with the page before.
  await expect(page.locator('#view')).toBeFocused();
  await section(page, 'Contents').getByRole('link', { name: 'payment-service' }).click();
  const missing = grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' });
  await expect(missing).toBeFocused();
  await expect(panel(page)).toBeVisible();
  await expect(page).not.toHaveURL(/type=/);
  // Back is where one came from, filters included.
  await page.goBack();
  await expect(region(page, 'v1.6.0')).toBeVisible();
  await expect(page).toHaveURL(/type=frontend/);
});

test('on a small screen the owner stands beside each finding, and a line opens to what has no room', async ({
  page,
  demo: server,
}) => {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto(`${openRelease(server.url)}v1.6.0`);
  const line = blockers(page).filter({ hasText: 'payment-service' });
  await expect(line.getByText('payments').filter({ visible: true })).toHaveCount(1);
  const rest = [/^Publish it/, /^last seen/, /^since \d+ h/, /^missing-component/];
  const table = page.getByRole('table', { name: 'What is left' });
  const said = (words: RegExp) => table.getByText(words).filter({ visible: true });
  for (const words of rest) await expect(said(words)).toHaveCount(0);
  const button = line.getByRole('button', { name: 'is missing' });
  const width = (await button.boundingBox())?.width;
  await button.click();
  for (const words of rest) await expect(said(words).first()).toBeVisible();
  // What is opened takes nothing of the columns.
  expect((await button.boundingBox())?.width).toBe(width);

  await page.setViewportSize({ width: 1280, height: 900 });
  for (const words of rest.filter((one) => !one.source.includes('since')))
    await expect(said(words).first()).toBeVisible();
  await expect(said(/^since \d+ h/)).toHaveCount(0);
  await expect(said(/^last seen v1\.6\.0-rc\.2$/)).toHaveCount(1);
});

test('how far each component of a line in progress has come', async ({ page, demo: server }) => {
  await page.goto(`${openRelease(server.url)}v1.8.0-alpha.2`);
  await expect(page.getByText('All 63 components have reached alpha')).toBeVisible();
  await page.getByText('Furthest stage of every component: alpha 63').click();
  await expect(entries(page, 'Furthest stage')).toHaveCount(63);
  await expect(entries(page, 'Furthest stage').filter({ hasText: 'design-system' })).toContainText('v1.8.0-alpha.1');
  // Far down in it, nothing but the page of the release has scrolled.
  await entries(page, 'Furthest stage').last().getByRole('link').focus();
  await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 });
  await expect(region(page, 'v1.8.0-alpha.2').getByRole('heading', { level: 2 })).toBeInViewport({ ratio: 1 });
});

test('the manifest is saved as it is shown, as JSON and as YAML', async ({ page, demo: server }) => {
  await page.goto(`${openRelease(server.url)}v1.6.0`);
  await page.getByRole('button', { name: 'Manifest', exact: true }).click();
  for (const [format, read] of [
    ['JSON', (text: string): unknown => JSON.parse(text)],
    ['YAML', (text: string): unknown => parse(text)],
  ] as const) {
    await choice(page, 'Format', format).click();
    await expect(page.getByRole('region', { name: `Manifest as ${format}` })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Download manifest as ${format}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`manifest-v1.6.0.${format.toLowerCase()}`);
    expect(read(readFileSync(await file.path(), 'utf8'))).toMatchObject({
      schema: 1,
      release: 'v1.6.0',
      completeness: { missing: ['backend#payment-service'] },
    });
  }
});

test('an address opens the same page again; one that names no release says so', async ({ page, demo: server }) => {
  await page.goto(`${openRelease(server.url)}v1.7.0-beta.1&as=rc&manifest=yaml`);
  await expect(page.getByRole('region', { name: 'Manifest as YAML' })).toBeVisible();
  await expect(page.getByText(/^. (?:May become|Not yet) rc/)).toBeVisible();
  await expect(choice(page, 'Judge as', 'rc')).toHaveAttribute('aria-pressed', 'true');
  await page.goto(`${openRelease(server.url)}v9.9.9&stage=stable&folded=1.8.0`);
  await expect(page.getByRole('heading', { name: /holds no release “v9\.9\.9”/ })).toBeVisible();
  await page.getByRole('link', { name: /^Open the newest/ }).click();
  await expect(region(page, 'v1.8.0-alpha.2')).toBeVisible();
  await expect(page.locator('#view')).toBeFocused();
  await page.getByRole('link', { name: 'Older release: v1.8.0-alpha.1' }).click();
  await page.getByRole('link', { name: 'Newer release: v1.8.0-alpha.2' }).click();
  await expect(page.getByRole('link', { name: 'No newer release' })).toBeFocused();
  await page.getByRole('link', { name: 'Older release: v1.8.0-alpha.1' }).click();
  // Neither the filter nor the fold hides the row that was asked for.
  await page.getByRole('link', { name: 'Show in the matrix' }).click();
  await expect(grid(page).getByRole('rowheader', { name: /^v1\.8\.0-alpha\.1,/ })).toBeFocused();
  await expect(box(page)).toHaveValue('');
});
