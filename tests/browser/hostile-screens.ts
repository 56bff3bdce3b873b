import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import type { Item } from '../../src/release/item/item.ts';
import { expect } from './page-guards.ts';
import type { LiveTable, Put } from './running-dashboards.ts';

// Everything in a fragment is written by somebody else's pipeline. On every screen it stays text: nothing runs, nothing
// leaves (the guards of the page see to requests and to the content security policy), nothing breaks the layout, and
// nothing that is saved is a formula.

const SCRIPT = '<script>window.__ran = 1</script>';
const IMAGE = '<img src="https://evil.example/p.png" onerror="window.__ran = 2">';
/** Reads backwards: “gpj.exe”. */
const TURNED = '\u202eexe.jpg';
/** Begins with a Cyrillic letter. */
const LOOK_ALIKE = '\u0430uth';
const LONG = 'x'.repeat(400);
const FORMULAS = [
  '=HYPERLINK("http://evil.example")',
  '@SUM(1)',
  '\t=1',
  '＝1',
  '  =1+1',
  '+1',
  '-1',
  'a|b',
  '`x`\n| y |',
];
const NAMES = [IMAGE, TURNED, LOOK_ALIKE, LONG, '=cmd|calc', 'constructor', '__proto__', 'auth'];
const CHANGELOG = [
  `# ${SCRIPT}${IMAGE}`,
  '![tracked](https://evil.example/p.png?u)',
  '[run](javascript:window.__ran=3) [host](https://github.com@evil.example/x) [ok](https://example.com/run)',
].join('\n\n');

/** Two releases of it, in which everything differs, so that a comparison shows it all; what is in prod, too. */
async function fill({ put }: { readonly put: Put }, releases: readonly string[]): Promise<void> {
  for (const [index, release] of releases.entries()) {
    for (const [place, name] of NAMES.entries()) {
      await put(release, `backend#${name}`, {
        componentVersion: `${FORMULAS[(place + index) % FORMULAS.length]}`,
        environment: place % 2 === 0 ? 'prod' : IMAGE,
        owner: `${SCRIPT}${TURNED}`,
        repo: `evil/${IMAGE}`,
        commit: `javascript:window.__ran=${index}`,
        artifact: `https://github.com@evil.example/${index}`,
        links: { [IMAGE]: 'javascript:window.__ran=4', local: '/__release-matrix/credentials' },
        changelog: `${CHANGELOG}\n\n${index}`,
      });
      await put(release, `k8s#prod-deployment/${name}`, {
        imageRef: `evil.example/${IMAGE}:${index}`,
        replicas: 2,
        readyReplicas: 1,
      });
    }
  }
}

export const HOSTILE_TAG = `v9.0.0-${IMAGE}`;
const RELEASES = ['v1.0.0', 'v1.1.0', HOSTILE_TAG];

/** Fills a table of which the screens below show all. */
export async function fillHostile(live: { readonly put: Put }): Promise<void> {
  await fill(live, RELEASES);
}

/** The same as items. @param date ISO 8601 */
export async function hostileItems(date: string): Promise<Item[]> {
  const items: Item[] = [];
  const put: Put = async (version, component, attributes = {}) => {
    items.push({ version, 'component#name': component, date, ...(attributes as Item) });
  };
  await fill({ put }, RELEASES);
  return items;
}

interface Screen {
  readonly name: string;
  readonly search: string;
  /** Brings all of it to the screen, and says which text must stand there as text. */
  readonly reach: (page: Page, live: LiveTable | null) => Promise<void>;
  readonly csv?: true;
}

const shown = (page: Page, text: string | RegExp) => expect(page.locator('main')).toContainText(text);

export const SCREENS: readonly Screen[] = [
  {
    name: 'the matrix',
    search: '?type=backend',
    csv: true,
    reach: (page) => expect(page.getByRole('gridcell', { name: /^auth in v1\.1\.0: / })).toBeVisible(),
  },
  {
    name: 'details',
    search: `?release=v1.1.0&component=${encodeURIComponent(`backend#${TURNED}`)}`,
    async reach(page) {
      const panel = page.getByRole('complementary', { name: 'Fragment details' });
      await expect(panel).toContainText('U+202E');
      await expect(panel.getByRole('region', { name: 'Changelog' })).toContainText('run not a link');
      await panel.getByRole('button', { name: 'Raw item' }).click();
      await expect(panel.getByRole('region', { name: 'Raw item as JSON' })).toContainText(SCRIPT);
    },
  },
  {
    name: 'environments',
    search: '?view=environments',
    csv: true,
    async reach(page) {
      await shown(page, 'U+202E');
      await shown(page, '<img src=');
    },
  },
  {
    name: 'a comparison, its changelogs open',
    search: '?view=compare&a=v1.0.0&b=v1.1.0',
    csv: true,
    async reach(page) {
      await shown(page, 'U+202E');
      const opens = page.getByRole('button', { name: /^What changed in / });
      await expect(opens.first()).toBeVisible();
      for (const line of await opens.all()) await line.click();
      await expect(page.getByRole('region', { name: /^Changelog of / }).first()).toContainText('[image: tracked]');
      await expect(page.getByRole('region', { name: /^Changelog of / }).first()).toContainText('run not a link');
    },
  },
  {
    name: 'findings',
    search: '?view=findings',
    csv: true,
    reach: (page) => shown(page, /imageRef cannot be read/),
  },
  {
    name: 'a release',
    search: '?view=release&release=v1.1.0&manifest=json',
    csv: true,
    async reach(page) {
      await page
        .getByRole('button', { name: /^Changelog of / })
        .first()
        .click();
      await expect(page.getByRole('region', { name: /^Changelog of / }).first()).toContainText('[image: tracked]');
      await expect(page.getByRole('region', { name: 'Manifest as JSON' })).toContainText('<img src=');
    },
  },
  {
    name: 'a release of a hostile tag',
    search: `?view=release&release=${encodeURIComponent(HOSTILE_TAG)}`,
    csv: true,
    reach: (page) => expect(page.getByRole('heading', { level: 2 })).toHaveText(HOSTILE_TAG),
  },
  {
    name: 'activity',
    search: '?view=activity',
    csv: true,
    async reach(page, live) {
      await shown(page, /\d+ events/);
      if (live === null) return; // nothing changes there
      await fill(live, ['v1.1.0', 'v1.0.0']); // the same two, in each other's form: everything changed
      await page.getByRole('button', { name: 'Read now' }).click();
      await expect(page.getByRole('link', { name: /^Activity, \d+ unseen/ })).toBeVisible();
      const opens = page.getByRole('region', { name: 'Activity', exact: true }).getByRole('button', { name: /compon/ });
      for (const line of await opens.all()) await line.click();
      await expect(page.getByRole('list', { name: /^Components of/ }).first()).toBeVisible();
      await shown(page, 'U+202E');
      await shown(page, '<img src=');
    },
  },
  {
    name: 'the search',
    search: '',
    async reach(page) {
      await expect(page.getByRole('grid')).toBeVisible();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('img src');
      await expect(page.getByRole('option').filter({ hasText: '<img src=' }).first()).toBeVisible();
      await page.getByRole('combobox', { name: 'Search' }).fill('exe.jpg');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
];

/**
 * Expects that nothing of it has run, or is more than text.
 *
 * @param live null: what is shown is a file, in which nothing changes
 */
export async function expectHarmless(page: Page, { reach, csv }: Screen, live: LiveTable | null): Promise<void> {
  await reach(page, live);
  expect(await page.evaluate(() => Reflect.get(globalThis, '__ran'))).toBeUndefined();
  expect(await page.locator('main :is(img, iframe, script, style, object, form), link[as=image]').count()).toBe(0);
  const foreign = await page
    .locator('a[href]')
    .evaluateAll((links) =>
      links.flatMap((link) =>
        link instanceof HTMLAnchorElement && link.origin !== location.origin ? [`${link.href} ${link.rel}`] : [],
      ),
    );
  // What a changelog may link to, and nothing that somebody made look like it.
  expect([...new Set(foreign)].filter((link) => link !== 'https://example.com/run noopener noreferrer')).toEqual([]);
  const own = await page
    .locator('a[href]')
    .evaluateAll((links) =>
      links.map((link) => link.getAttribute('href') ?? '').filter((href) => !/^[?#/]/.test(href)),
    );
  expect(own.filter((href) => href !== 'https://example.com/run')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  if (csv) await expectNoFormula(page);
}

async function expectNoFormula(page: Page): Promise<void> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const file = await waiting;
  const text = readFileSync(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toMatch(/^[\w.+-]+\.csv$/);
  const { data, errors } = Papa.parse<string[]>(text.trimEnd());
  expect(errors).toEqual([]);
  expect(data.length).toBeGreaterThan(2);
  // Each in its own row and column: a line end or a quote of somebody else's starts none.
  expect(new Set(data.slice(0, -1).map((row) => row.length)).size).toBe(1);
  expect(data.flat().filter((value) => /^\s*[=+\-@＝＋－＠\t\r\n\0]/.test(value))).toEqual([]);
}
