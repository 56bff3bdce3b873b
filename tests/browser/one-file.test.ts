import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { buildEstate } from '../../src/demo/estate.ts';
import type { Item } from '../../src/release/item/item.ts';
import { releaseMatrix } from '../cli/command.ts';
import { plantedItems, plantedPolicy, rawIn } from '../release/planted-estate.ts';
import { expectAccessible } from './axe.ts';
import { box, choose } from './demo-page.ts';
import { expectHarmless, HOSTILE_TAG, hostileItems, SCREENS } from './hostile-screens.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

// The dashboard as one file, opened from the disk with the network off. It makes no request but for itself, whatever is
// done with it, and writes nothing to the console (the guards of the page see to that).

test.use({ viewport: { width: 1280, height: 800 } });

const NOW = '2026-11-29T20:40:00.000Z';
const MB = 1024 * 1024;
/** As the global set-up has built it. */
const PAGE = readFileSync(resolve(import.meta.dirname, '../../dist/one-file.html'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-one-file-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes items as a file by the command line. @returns its path */
async function written(items: readonly Item[], release: string | null = null): Promise<string> {
  const [from, file] = [join(folder, 'items.json'), join(folder, `file-${Math.random()}.html`)];
  writeFileSync(from, JSON.stringify(items));
  const words = ['report', release ?? '--all', '--from', from, '--now', NOW, '--format', `html=${file}`];
  const { exitCode, stderr } = await releaseMatrix(words, {}, { filePage: () => PAGE });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return file;
}

/** Opens a file without a network. @returns every address that is asked for, from now on */
async function opened(page: Page, file: string, search = ''): Promise<string[]> {
  await page.context().setOffline(true);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${pathToFileURL(file)}${search}`);
  return asked;
}

const VIEWS = ['Matrix', 'Environments', 'Compare', 'Findings', 'Activity'] as const;

test('the demo in one file: every view and filter, axe finds nothing, nothing is asked for', async ({ page }) => {
  test.setTimeout(180_000);
  const file = await written(buildEstate({ now: NOW }).items);
  expect(statSync(file).size).toBeLessThan(2 * MB);
  const asked = await opened(page, file);
  await expect(page.getByText('as of 2026-11-29 20:40 UTC')).toBeVisible();
  await expect(page).toHaveTitle('Release Matrix – Releases, as of 2026-11-29 20:40 UTC');
  await expect(
    page.getByRole('rowheader', { name: /^v1\.4\.0, stable, fail, 61 of 62 components, 2 errors/ }),
  ).toBeVisible();
  // What only a table has.
  for (const name of ['Pause reading', 'Read now']) await expect(page.getByRole('button', { name })).toHaveCount(0);

  for (const name of VIEWS) {
    await test.step(name, async () => {
      await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .click();
      await expect(page.locator('main')).toContainText(/v1\.|backend|choose|Compare/i);
      await expectAccessible(page, name === 'Matrix' ? {} : { without: '[role="grid"]' });
    });
  }
  await page.goBack();
  expect(new URL(page.url()).search).toBe('?view=findings');

  await page.getByRole('link', { name: /^Matrix/ }).click();
  await choose(page, 'Stage', 'stable');
  await box(page).fill('~1.4');
  await expect(page.getByRole('rowheader', { name: /^v1\.4\.\d, stable/ })).toHaveCount(4);
  await box(page).blur();
  await page.getByRole('gridcell', { name: /^media-service in v1\.4\.0: / }).click();
  const panel = page.getByRole('complementary', { name: 'Fragment details' });
  await expect(panel).toContainText('media-service is missing from v1.4.0');
  await expectAccessible(page, { within: 'aside' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('v1.6.0');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('option', { name: /Read now|Pause reading/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('button', { name: 'This view as one file' })).toHaveCount(0);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain('"v1.4.0","stable","fail"');

  expect(asked.filter((url) => !url.startsWith(`${pathToFileURL(file)}`) && !url.startsWith('blob:'))).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length + sessionStorage.length)).toBe(0);
});

test('a file of one release opens on it, and leaves unjudged what it does not know enough of', async ({ page }) => {
  await opened(page, await written(buildEstate({ now: NOW }).items, 'v1.4.0'));
  await expect(page.getByRole('heading', { level: 2, name: /v1\.4\.0/ })).toBeVisible();
  await expect(page.locator('main')).toContainText('Blocked by 2, in 2 components');
  await expect(page.getByText(/^This file is about v1\.4\.0\./)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: /^Matrix/ }).click();
  const unjudged = page.getByRole('rowheader', { name: /unknown: not judged here/ });
  await expect(unjudged.first()).toBeVisible();
  // No verdict, no finding, nothing missing.
  await expect(unjudged.first()).toHaveAccessibleName(/^\S+, \w+, unknown: not judged here$/);
});

test('a view of the table as one file opens on this view, and says what the table says', async ({
  page,
  open,
  pageGuards,
  browser,
}) => {
  const release = '?view=release&release=v1.6.1-rc.1';
  await open('?stage=rc,stable&q=~1.6');
  const rows = page.getByRole('rowheader');
  await expect(rows.first()).toBeVisible();
  const names = await rows.evaluateAll((heads) => heads.map((head) => head.getAttribute('aria-label')));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'This view as one file' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('release-ReleaseFragments.html');
  const file = join(folder, 'view.html');
  await download.saveAs(file);
  await page.goto(new URL(release, page.url()).href);
  const words = await page.getByRole('region', { name: 'What is left' }).innerText();

  const context = await browser.newContext({ offline: true });
  await pageGuards.watch(context);
  const other = await context.newPage();
  await opened(other, file);
  await expect(other.getByRole('rowheader').first()).toBeVisible();
  expect(new URL(other.url()).search).toBe('?stage=rc,stable&q=~1.6');
  expect(
    await other.getByRole('rowheader').evaluateAll((heads) => heads.map((head) => head.getAttribute('aria-label'))),
  ).toEqual(names);
  await other.goto(`${pathToFileURL(file)}${release}`);
  await expect(other.getByRole('region', { name: 'What is left' })).toHaveText(words, { useInnerText: true });
  await context.close();
});

test('within a sandboxed frame, without address, storage and origin, it works all the same', async ({ page }) => {
  const html = readFileSync(await written(buildEstate({ now: NOW }).items, 'v1.4.0'), 'utf8');
  await page.goto('about:blank');
  await page.evaluate((srcdoc) => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    Object.assign(frame, { srcdoc, title: 'artifact', width: 1200, height: 700 });
    document.body.append(frame);
  }, html);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('main')).toContainText('Blocked by 2, in 2 components');
  await frame.getByRole('link', { name: /^Findings/ }).click();
  await expect(frame.getByRole('link', { name: /^Findings/ })).toHaveAttribute('aria-current', 'page');
  await frame.getByRole('link', { name: /^Matrix/ }).click();
  await expect(frame.getByRole('grid')).toBeVisible();
});

test('hostile content in a file stays text on every screen', async ({ page }) => {
  test.setTimeout(180_000);
  const ended = '</script><!--<script>window.__ran = 9</script>\u2028';
  const hostile = await hostileItems(NOW);
  const file = await written([
    ...hostile,
    { version: 'v1.1.0', 'component#name': `backend#${ended}`, date: NOW, owner: ended },
    {
      version: 'policy',
      'component#name': 'policy#release-matrix',
      document: {
        waivers: [{ code: 'not-ready', release: 'v1.1.0', reason: ended, by: ended, expires: '2027-01-01' }],
      },
    },
  ]);
  expect(readFileSync(file, 'utf8').match(/<\/script/gi)).toHaveLength(2);
  for (const screen of SCREENS) {
    await test.step(screen.name, async () => {
      await opened(page, file, screen.search);
      await expectHarmless(page, screen, null);
    });
  }
  await opened(page, await written(hostile, HOSTILE_TAG));
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(HOSTILE_TAG);
  expect(await page.evaluate(() => Reflect.get(globalThis, '__ran'))).toBeUndefined();
});

test('what cannot be seen in a text is shown by its number, in the source of the file too', async ({ page }) => {
  const file = await written([...plantedItems(), plantedPolicy()]);
  const block = /id="release-matrix-file">([^<]*)</.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  expect(block.length).toBeGreaterThan(1000);
  expect(rawIn(block)).toEqual([]);
  await opened(page, file);
  await expect(page.getByRole('grid')).toBeVisible();
  expect(rawIn(await page.locator('main').innerText())).toEqual([]);
});

test('a file that was cut short says so, and what to do', async ({ page }) => {
  const file = await written(buildEstate({ now: NOW }).items, 'v1.4.0');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/("items":"[^"]{1000})[^"]*/, '$1'));
  await opened(page, file);
  await expect(page.getByRole('heading', { name: 'This file cannot be shown' })).toBeVisible();
  await expect(page.locator('main')).toContainText('release-matrix report v1.4.0 --format html=v1.4.0.html');
});
