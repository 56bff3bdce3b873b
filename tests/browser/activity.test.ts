import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { keptBy } from './kept.ts';
import { cell, fill, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const view = (page: Page): Locator => page.getByRole('region', { name: 'Activity', exact: true });
const link = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
/** The events of a day, or of all of them; not the components that they open to. */
const events = (page: Page, of: RegExp = /^Events of/): Locator =>
  view(page).getByRole('list', { name: of }).locator('> li');
const count = (page: Page, words: RegExp | string): Locator => view(page).locator('p[aria-live]').getByText(words);

test('what happened since yesterday: one click', async ({ page, open }) => {
  await open();
  await link(page, 'Activity').click();
  const days = view(page).getByRole('heading');
  await expect(days.first()).toHaveText(/^\w+day, \d+ \w+ \d{4}$/);
  // The newest release, what failed and what that made of a verdict stand on the first screen.
  for (const words of [
    /v1\.8\.0-alpha\.2.*37 components published by \d+ owners/,
    /v1\.6\.0\s*→ prod.*12 workloads · catalog 1 of 3 ready/,
    /v1\.7\.0-beta\.1.*e2e failed in qa: 3 of 214 tests/,
    /Verdict\s*v1\.6\.1-rc\.1\s*fail: api in preprod: roll-out not finished.*and 1 more/,
    /Verdict\s*v1\.6\.0\s*fail: payment-service is missing from v1\.6\.0, and 5 more/,
    /v1\.7\.0-beta\.1.*ada@acme\.example signed qa/,
  ]) {
    await expect(events(page).filter({ hasText: words })).toHaveCount(1);
    await expect(events(page).filter({ hasText: words })).toBeInViewport();
  }
  await expect(count(page, /^\d+ events$/)).toBeVisible();
  // Since when, and why, each current release is what it is.
  await expect(events(page).filter({ hasText: 'Verdict' })).toHaveCount(8);
  await expect(view(page).getByRole('link', { name: 'catalog 1 of 3 ready' })).toHaveAttribute(
    'href',
    /release=v1\.6\.0&component=k8s(#|%23)catalog&first=prod/,
  );
  // It is the same for whoever looks: to a first visit nothing is new.
  await expect(view(page).getByText('New:')).toHaveCount(0);
});

test('a line opens its components, by keys alone; each opens its details in place', async ({ page, open }) => {
  await open('?view=activity&q=1.6.0&stage=stable');
  const opens = view(page).getByRole('button', { name: '12 components of v1.6.0' });
  await opens.focus();
  await page.keyboard.press('Enter');
  const components = view(page).getByRole('list', { name: 'Components of v1.6.0' });
  await expect(components.getByRole('listitem')).toHaveCount(12);
  await expect(components.getByRole('listitem').filter({ hasText: 'catalog' })).toHaveText(
    /catalog\s*discovery\s*1\.6\.0, 1 of 3 ready/,
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Fragment details' });
  await expect(details).toBeVisible();
  await expect(view(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(components.getByRole('link').first()).toBeFocused();
});

test('what is put, replaced and deleted while one watches is told and marked', async ({ page, live }) => {
  await fill(live);
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  await live.put('v1.1.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 1, imageRef: 'api:1.1.0' });
  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.0', digest: digest('a') });
  await page.goto(`${live.server.url}?view=activity`);
  await expect(view(page).getByText('This is the first visit')).toBeVisible();
  await expect(count(page, '3 events')).toBeVisible();

  await live.put('v1.1.0', 'kafka#user.created', { schemaVersion: '3.4.0' });
  const arrived = events(page).filter({ hasText: /v1\.1\.0\s*3 components published/ });
  await expect(arrived).toHaveText(/^New: /);
  await expect(link(page, 'Activity, 1 unseen')).toBeVisible();

  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.1', digest: digest('b') });
  await expect(events(page).first()).toHaveText(
    /New: .*Changed.*v1\.1\.0.*auth component version 1\.1\.0 → 1\.1\.1, and 1 more · other content under the same tag/,
  );
  await live.remove('v1.0.0', 'frontend#shell');
  await expect(events(page).first()).toHaveText(/New: .*Gone.*v1\.0\.0.*shell not in the table any more/);

  await live.put('v1.1.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 2, imageRef: 'api:1.1.0' });
  await expect(events(page).first()).toHaveText(/Readiness.*v1\.1\.0\s*→ prod.*api 1 → 2 of 2 ready/);
  // Readiness is no news. The header says one number.
  await expect(link(page, 'Activity, 3 unseen')).toBeVisible();
  await expect(page.getByRole('button', { name: '3 unseen changes: mark all as seen' })).toBeVisible();

  await page.getByRole('button', { name: 'Mark all as seen', exact: true }).click();
  await expect(link(page, 'Activity')).toHaveAccessibleName('Activity');
  await expect(page.getByRole('button', { name: /unseen change/ })).toHaveCount(0);
  await expect(events(page).filter({ hasText: 'New:' })).toHaveCount(0);
  // The buttons have gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
});

test('what is new since the last visit is marked until it is seen, here and in the matrix', async ({ page, live }) => {
  await fill(live);
  await live.put('v1.0.0', 'infra#chart', { chartVersion: '1.0.0', changelog: `one\n${'x'.repeat(5_000)}` });
  await page.goto(live.server.url);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  await link(page, 'Activity').click();
  await expect(view(page).getByText('This is the first visit')).toBeVisible();
  await page.goto('about:blank');

  await live.put('v1.2.0', 'backend#auth');
  await live.put('v1.0.0', 'infra#chart', { chartVersion: '1.0.1', changelog: `one\n${'x'.repeat(4_999)}y` });
  await live.remove('v1.1.0', 'frontend#shell');
  await page.goto(`${live.server.url}?view=activity`);
  const marked = events(page).filter({ hasText: 'New:' });
  await expect(marked).toHaveCount(3);
  await expect(marked.filter({ hasText: 'Published' })).toHaveText(/v1\.2\.0\s*auth 1\.2\.0 published/);
  await expect(marked.filter({ hasText: 'Gone' })).toHaveText(/v1\.1\.0\s*shell not in the table any more/);
  await expect(marked.filter({ hasText: 'Changed' })).toHaveText(/chart chart version 1\.0\.0 → 1\.0\.1, and 1 more/);
  await expect(link(page, 'Activity, 3 unseen')).toHaveAttribute('aria-current', 'page');
  await expect(view(page).getByText(/^Your last visit was \d+ \w+, \d\d:\d\d\.$/)).toBeVisible();

  await page.reload();
  await expect(marked).toHaveCount(3);
  await expect(link(page, 'Activity, 3 unseen')).toBeVisible();
  await link(page, 'Matrix').click();
  const arrived = cell(page, 'auth in v1.2.0: 1.2.0');
  await expect(arrived).toHaveAccessibleDescription(/arrived since you last looked/);
  await expect(cell(page, 'chart in v1.0.0: 1.0.1')).toHaveAccessibleDescription(/changed since you last looked/);
  await page.getByRole('button', { name: '3 unseen changes: mark all as seen' }).click();
  await expect(link(page, /^Activity$/)).toBeVisible();
  await expect(arrived).not.toHaveAccessibleDescription(/since you last looked/);
  await page.reload();
  await expect(arrived).toBeVisible();
  await link(page, 'Activity').click();
  await expect(count(page, /^\d+ events$/)).toBeVisible();
  await expect(marked).toHaveCount(0);
  await expect(link(page, /^Activity$/)).toHaveAccessibleName('Activity');
});

test('of two tabs that see the same change each marks it, and one keeps it', async ({ page, live, context }) => {
  await fill(live);
  const other = await context.newPage();
  for (const each of [page, other]) {
    await each.goto(`${live.server.url}?view=activity`);
    await expect(count(each, '2 events')).toBeVisible();
  }
  await live.put('v1.2.0', 'backend#auth');
  await expect(link(other, 'Activity, 1 unseen')).toBeVisible();
  await page.bringToFront();
  await expect(link(page, 'Activity, 1 unseen')).toBeVisible();
  await page.reload();
  await expect(events(page).filter({ hasText: 'New:' })).toHaveCount(1);
});

test('a browser that keeps nothing is said, and what happened is told all the same', async ({ page, live }) => {
  await fill(live);
  // As Firefox in a private window with storage switched off; what is kept is the worker's.
  const broken = `IDBFactory.prototype.open = () => {
    throw new DOMException('A mutation operation was attempted on a database.', 'InvalidStateError');
  };`;
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${broken}\n${await response.text()}` });
  });
  await page.goto(`${live.server.url}?view=activity`);
  await expect(view(page).getByText(/This browser stores nothing for the page/)).toBeVisible();
  await live.put('v1.2.0', 'backend#auth');
  await expect(events(page).first()).toHaveText(/New: .*v1\.2\.0\s*auth 1\.2\.0 published/);
  await link(page, 'Matrix').click();
  await expect(grid(page)).toBeVisible();
});

test('nothing of credentials, tokens or whole bodies is kept', async ({ page, live }) => {
  await fill(live);
  await live.put('v1.0.0', 'backend#auth', { changelog: 'z'.repeat(10_000) });
  await page.goto(`${live.server.url}?view=activity`);
  await expect(count(page, '2 events')).toBeVisible();
  const stores = Object.entries(await keptBy(page, live.server.url));
  const kept = JSON.stringify(stores.filter(([name]) => name.startsWith('release-matrix-activity/')));
  expect(kept).toContain('backend#auth');
  expect(kept).not.toMatch(/token|secret|accessKey|session/i);
  expect(kept).not.toContain('z'.repeat(300));
});

test('axe finds nothing, and it can be read without colours and at 400 % zoom', async ({ page, live }) => {
  await fill(live);
  await page.goto(`${live.server.url}?view=activity`);
  await expect(count(page, '2 events')).toBeVisible();
  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.1', commit: 'a'.repeat(40), team: 'blue' });
  await expect(link(page, 'Activity, 1 unseen')).toBeVisible();
  await live.remove('v1.1.0', 'frontend#shell');
  await live.put('v1.3.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 0 });
  await expect(link(page, 'Activity, 3 unseen')).toBeVisible();
  await view(page).getByRole('button', { name: '1 component of v1.3.0' }).click();
  await expect(view(page).getByRole('list', { name: 'Components of v1.3.0' })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ forcedColors: 'active' });
  const dot = events(page).first().locator('[aria-hidden]').first();
  await expect(dot).toHaveCSS('background-color', await page.evaluate(() => getComputedStyle(document.body).color));
  // 1280 by 1024 CSS pixels, enlarged four times.
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const cut = await events(page).evaluateAll((lines) =>
    lines.filter((line) => line.scrollWidth > line.clientWidth).map(({ textContent }) => textContent),
  );
  expect(cut).toEqual([]);
});
