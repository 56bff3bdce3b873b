import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { keptBy } from './kept.ts';
import { cell, fill, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './stands.ts';

const view = (page: Page): Locator => page.getByRole('region', { name: 'Activity', exact: true });
const link = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
/** The changes of a stretch: "While you watch", "Since your last visit, …", "Earlier". */
const changes = (page: Page, stretch: RegExp): Locator =>
  view(page).getByRole('region', { name: stretch }).getByRole('listitem');
const WATCHED = /^While you watch$/;
const AWAY = /^Since your last visit/;

test('what is put, replaced and deleted while one watches is told, and leads to its cell', async ({ page, live }) => {
  await fill(live);
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
  await live.put('v1.1.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 1, imageRef: 'api:1.1.0' });
  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.0', digest: digest('a') });
  await page.goto(`${live.server.url}?view=activity`);
  await expect(view(page).getByText('This is the first visit')).toBeVisible();
  await expect(view(page).getByText('0 changes')).toBeVisible();

  await live.put('v1.1.0', 'kafka#user.created', { schemaVersion: '3.4.0' });
  await expect(changes(page, WATCHED)).toHaveText([/New.*user\.created.*v1\.1\.0.*3\.4\.0/]);
  await expect(link(page, 'Activity, 1 unseen')).toBeVisible();

  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.1', digest: digest('b') });
  await expect(changes(page, WATCHED).first()).toHaveText(
    /Changed.*auth.*v1\.1\.0.*re-tagged.*Component version ?1\.1\.0 →.*1\.1\.1/,
  );
  await live.remove('v1.0.0', 'frontend#shell');
  await expect(changes(page, WATCHED).first()).toHaveText(/Vanished.*shell.*v1\.0\.0.*1\.0\.0/);

  await live.put('v1.1.0', 'k8s#prod-deployment/api', { replicas: 2, readyReplicas: 2, imageRef: 'api:1.1.0' });
  const folded = view(page).getByText('1 change of readiness');
  await expect(folded).toBeVisible();
  await folded.click();
  await expect(changes(page, WATCHED).first()).toHaveText(/Updated.*api.*Ready ?1 →.*2/);
  // Readiness is no news. The header says one number.
  await expect(link(page, 'Activity, 3 unseen')).toBeVisible();
  await expect(page.getByRole('button', { name: '3 unseen changes: mark all as seen' })).toBeVisible();

  await view(page)
    .getByRole('link', { name: /user\.created/ })
    .click();
  await expect(grid(page).getByRole('gridcell', { name: /^user\.created in v1\.1\.0: 3\.4\.0/ })).toBeFocused();
  await page.goBack();
  await expect(changes(page, WATCHED)).toHaveCount(3);
  await page.getByRole('button', { name: 'Mark all as seen', exact: true }).click();
  await expect(link(page, 'Activity')).toHaveAccessibleName('Activity');
  await expect(page.getByRole('button', { name: /unseen change/ })).toHaveCount(0);
  // The buttons have gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
});

test('what happened since the last visit is told after it, once, and stays in the history', async ({ page, live }) => {
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
  await expect(changes(page, AWAY)).toHaveCount(3);
  await expect(changes(page, AWAY).filter({ hasText: 'New' })).toHaveText(/auth.*v1\.2\.0/);
  await expect(changes(page, AWAY).filter({ hasText: 'Vanished' })).toHaveText(/shell.*v1\.1\.0/);
  await expect(changes(page, AWAY).filter({ hasText: 'Changed' })).toHaveText(
    /chart.*Chart version ?1\.0\.0 →.*1\.0\.1.*Changelog/,
  );
  await expect(link(page, 'Activity, 3 unseen')).toHaveAttribute('aria-current', 'page');
  await expect(view(page).getByRole('region', { name: AWAY })).toHaveAccessibleName(/visit, \d+ Nov|visit, \d+ \w+/);

  await page.reload();
  await expect(changes(page, /^Earlier$/)).toHaveCount(3);
  await expect(changes(page, AWAY)).toHaveCount(0);
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
  await expect(changes(page, /^Earlier$/)).toHaveCount(3);
  await expect(link(page, /^Activity$/)).toHaveAccessibleName('Activity');

  await page.getByRole('textbox', { name: 'Component', exact: true }).fill('chart');
  await expect(changes(page, /^Earlier$/)).toHaveCount(1);
  await expect(view(page).getByText('2 hidden by filters')).toBeVisible();
});

test('of two tabs that see the same change one tells it', async ({ page, live, context }) => {
  await fill(live);
  const other = await context.newPage();
  for (const each of [page, other]) {
    await each.goto(`${live.server.url}?view=activity`);
    await expect(view(each).getByText('0 changes')).toBeVisible();
  }
  await live.put('v1.2.0', 'backend#auth');
  await expect(changes(other, WATCHED)).toHaveCount(1);
  await page.bringToFront();
  await expect(changes(page, WATCHED)).toHaveCount(1);
  await page.reload();
  await expect(changes(page, /^Earlier$/)).toHaveCount(1);
});

test('a browser that keeps nothing is said, and what one watches is told all the same', async ({ page, live }) => {
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
  await expect(view(page).getByText(/This browser lets the page keep nothing/)).toBeVisible();
  await live.put('v1.2.0', 'backend#auth');
  await expect(changes(page, WATCHED)).toHaveText([/New.*auth.*v1\.2\.0/]);
  await link(page, 'Matrix').click();
  await expect(grid(page)).toBeVisible();
});

test('nothing of credentials, tokens or whole bodies is kept', async ({ page, live }) => {
  await fill(live);
  await live.put('v1.0.0', 'backend#auth', { changelog: 'z'.repeat(10_000) });
  await page.goto(`${live.server.url}?view=activity`);
  await expect(view(page).getByText('0 changes')).toBeVisible();
  const stores = Object.entries(await keptBy(page, live.server.url));
  const kept = JSON.stringify(stores.filter(([name]) => name.startsWith('release-matrix-activity/')));
  expect(kept).toContain('backend#auth');
  expect(kept).not.toMatch(/token|secret|accessKey|session/i);
  expect(kept).not.toContain('z'.repeat(300));
});

test('axe finds nothing, and it can be read without colours and at 400 % zoom', async ({ page, live }) => {
  await fill(live);
  await page.goto(`${live.server.url}?view=activity`);
  await expect(view(page).getByText('0 changes')).toBeVisible();
  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.1', commit: 'a'.repeat(40), team: 'blue' });
  await expect(changes(page, WATCHED)).toHaveCount(1);
  await live.put('v1.1.0', 'backend#auth', { componentVersion: '1.1.2', commit: 'b'.repeat(40) });
  await expect(changes(page, WATCHED)).toHaveCount(2);
  await live.remove('v1.1.0', 'frontend#shell');
  await live.put('v1.3.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 1 });
  await expect(changes(page, WATCHED)).toHaveCount(4);
  await expectAccessible(page);
  await page.emulateMedia({ forcedColors: 'active' });
  const dot = changes(page, WATCHED).first().locator('[aria-hidden]').first();
  await expect(dot).toHaveCSS('background-color', await page.evaluate(() => getComputedStyle(document.body).color));
  // 1280 by 1024 CSS pixels, enlarged four times.
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await squeezed(changes(page, WATCHED))).toEqual([]);
});

/** Texts of these lines that are cut off, or broken every few letters: the longest, a commit, takes two lines. */
function squeezed(lines: Locator): Promise<string[]> {
  return lines.locator('bdi').evaluateAll((texts) =>
    texts
      .filter((text) => {
        const isCut = [text, text.parentElement].some(
          (at) => at !== null && getComputedStyle(at).textOverflow === 'ellipsis' && at.scrollWidth > at.clientWidth,
        );
        return isCut || text.getBoundingClientRect().height > 45;
      })
      .map(({ textContent }) => textContent ?? ''),
  );
}
