import { readFileSync } from 'node:fs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import type { Item } from '../../src/release/item/item.ts';
import { shownText } from '../../src/release/text/hidden-characters.ts';
import { HIDDEN_CHARACTERS } from '../release/hidden-list.ts';
import { LIKE_NOTHING, plantedItems, plantedPolicy, rawIn } from '../release/planted-estate.ts';
import { filter } from './demo-page.ts';
import { expect } from './page-guards.ts';
import { type LiveTable, TABLE, test } from './running-dashboards.ts';

// Every character that cannot be seen, or turns the direction, in every field of a fragment and of the policy: wherever
// the page draws one, as text or in an attribute, it shows it by its number. So does what is saved of it.

test.use({ pollSeconds: 3600, viewport: { width: 1600, height: 1600 }, actionTimeout: 10_000 });

async function putAll({ faults }: LiveTable, items: readonly Item[]): Promise<void> {
  const put = (item: Item) => faults.table.client.send(new PutCommand({ TableName: TABLE, Item: item }));
  // A key cannot be empty, and everything else may be in it.
  await Promise.all(items.map(put));
}

/** Everything on the page that is read by eye or by ear: each text, each attribute, the title. Runs in the page. */
function drawn(): string[] {
  const said = [document.title];
  const all = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = all.nextNode(); node !== null; node = all.nextNode()) {
    if (node instanceof Element) {
      // Names of things for the page itself are never seen; an address is seen as the browser reads it.
      const unseen = node instanceof HTMLAnchorElement ? /^(id|href|data-(open|fold))$/ : /^(id|data-(open|fold))$/;
      for (const { name, value } of node.attributes) if (!unseen.test(name)) said.push(`${name}=${value}`);
      if (node instanceof HTMLAnchorElement) said.push(node.href);
      if (node instanceof HTMLInputElement) said.push(node.value);
    } else if (node.parentElement?.closest('script, style') === null) said.push(node.nodeValue ?? '');
  }
  return said;
}

/** Nothing is raw, and as many of the characters as are to be seen here are shown. */
async function expectShown(page: Page, least = HIDDEN_CHARACTERS.length): Promise<void> {
  const said = await page.evaluate(drawn);
  expect.soft(said.flatMap((text) => (rawIn(text).length === 0 ? [] : [shownText(text.slice(0, 200))]))).toEqual([]);
  const whole = said.join('\n');
  const shown = HIDDEN_CHARACTERS.filter(([code]) => whole.includes(`⟨${code}`));
  expect.soft(shown.length).toBeGreaterThanOrEqual(least);
}

async function expectSaved(page: Page): Promise<void> {
  for (const format of ['CSV', 'JSON', 'Markdown']) {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: `Export as ${format}` }).click();
    const text = readFileSync(await (await waiting).path(), 'utf8');
    expect.soft(rawIn(text.replaceAll('\r\n', '\n'), '\n')).toEqual([]);
    expect.soft(text).toMatch(format === 'JSON' ? /\\u202e/ : /⟨U\+202E⟩/);
  }
}

interface Screen {
  readonly name: string;
  readonly search: string;
  readonly reach: (page: Page, live: LiveTable) => Promise<void>;
  /** So many of the characters are shown at least; all, where it is not said. */
  readonly least?: number;
  readonly saves?: boolean;
}

const [PLANTED = ''] = plantedItems()
  .map((item) => String(item['component#name']))
  .filter((key) => key.startsWith('backend#c1'));
const [TAGGED = ''] = plantedItems()
  .map(({ version }) => String(version))
  .filter((version) => version.startsWith('v1.3.0'));
const query = (search: Record<string, string>) => `?${new URLSearchParams(search)}`;
const panel = (page: Page) => page.getByRole('complementary', { name: 'Fragment details' });

const SCREENS: readonly Screen[] = [
  {
    name: 'the matrix',
    search: '',
    saves: true,
    async reach(page) {
      await expect(page.getByRole('grid')).toBeVisible();
      await page.getByRole('button', { name: /items could not be read/ }).click();
      await expect(page.getByRole('list', { name: 'Items that could not be read' })).toBeVisible();
    },
  },
  {
    name: 'the matrix, flipped',
    search: '?flip=true',
    reach: (page) => expect(page.getByRole('grid')).toBeVisible(),
  },
  {
    name: 'the filters',
    search: '',
    least: 20,
    async reach(page) {
      await filter(page, 'Type').click();
      await expectShown(page, 20);
      await page.keyboard.press('Escape');
      await filter(page, 'Environment').click();
    },
  },
  {
    name: 'details',
    search: query({ release: 'v1.1.0', component: PLANTED }),
    async reach(page) {
      await expect(panel(page).getByRole('region', { name: 'Changelog' })).toContainText('fixed');
      await panel(page).getByRole('button', { name: 'Raw item' }).click();
      for (const summary of await panel(page).locator('summary').all()) await summary.click();
    },
  },
  {
    name: 'details of a planted release',
    search: query({ release: TAGGED, component: PLANTED }),
    reach: (page) => expect(panel(page)).toBeVisible(),
  },
  {
    name: 'details of what nobody has',
    search: query({ release: `v9${LIKE_NOTHING.join('')}`, component: `backend#${LIKE_NOTHING.join('')}` }),
    least: 0,
    reach: (page) => expect(panel(page)).toBeVisible(),
  },
  {
    name: 'environments',
    search: '?view=environments',
    saves: true,
    reach: (page) => expect(page.getByRole('grid', { name: 'Environments' })).toBeVisible(),
  },
  {
    name: 'environments, what is not as released',
    search: '?view=environments&off=*',
    least: 0,
    reach: (page) => expect(page.getByRole('grid', { name: 'Environments' })).toBeVisible(),
  },
  ...['release', 'owner', 'code', 'component'].map((group) => ({
    name: `findings by ${group}`,
    search: `?view=findings&past=true&group=${group}`,
    least: 50,
    ...(group === 'release' ? { saves: true } : {}),
    reach: (page: Page) => expect(page.getByRole('heading', { name: /finding/ }).first()).toBeVisible(),
  })),
  {
    name: 'a comparison',
    search: query({ view: 'compare', a: 'v1.0.0', b: 'v1.1.0', same: 'true' }),
    saves: true,
    async reach(page) {
      const opens = page.getByRole('button', { name: /^What changed in / });
      await expect(opens.first()).toBeVisible();
      for (const line of (await opens.all()).slice(0, 3)) await line.click();
    },
  },
  {
    name: 'a comparison with a planted release, and the list of sides',
    search: query({ view: 'compare', a: 'v1.0.0', b: TAGGED }),
    async reach(page) {
      await expect(page.getByRole('combobox', { name: 'To', exact: true })).toHaveValue(/^v1\.3\.0-rc\.1⟨U/);
      await page.getByLabel('List for To').click();
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'a comparison with what nobody has',
    search: query({ view: 'compare', a: 'v1.0.0', b: `v9${LIKE_NOTHING.join('')}` }),
    least: 0,
    reach: (page) => expect(page.getByText('v9⟨U+200B⟩').first()).toBeVisible(),
  },
  {
    name: 'where comparisons begin',
    search: '?view=compare',
    least: 1,
    reach: (page) => expect(page.getByRole('link', { name: /⟨U/ }).first()).toBeVisible(),
  },
  {
    name: 'a release',
    search: query({ view: 'release', release: 'v1.1.0', manifest: 'json' }),
    saves: true,
    reach: (page) => expect(page.getByRole('region', { name: 'Manifest as JSON' })).toContainText('c0'),
  },
  {
    name: 'a planted release, as YAML',
    search: query({ view: 'release', release: TAGGED, manifest: 'yaml' }),
    least: 20,
    reach: (page) => expect(page.getByRole('region', { name: 'Manifest as YAML' })).toContainText('c1'),
  },
  {
    name: 'a release that nobody has',
    search: query({ view: 'release', release: `v9${LIKE_NOTHING.join('')}` }),
    least: 0,
    reach: (page) => expect(page.getByText('v9⟨U+200B⟩').first()).toBeVisible(),
  },
  {
    name: 'activity',
    search: '?view=activity',
    least: 100,
    saves: true,
    async reach(page) {
      const lines = page.getByRole('list', { name: /^Events of/ }).locator('> li');
      await expect(lines.first()).toBeVisible();
      for (const opens of (await page.getByRole('button', { name: /component/ }).all()).slice(0, 3)) {
        await opens.click();
      }
      await expect(page.getByRole('list', { name: /^Components of/ }).first()).toBeVisible();
    },
  },
  {
    name: 'the search, and the way to the next problem',
    search: '',
    least: 20,
    async reach(page) {
      await expect(page.getByRole('grid')).toBeVisible();
      await page.keyboard.press('n');
      await page.keyboard.press('Control+k');
      for (const word of ['c1', 'v1.3', 'missing']) {
        await page.getByRole('combobox', { name: 'Search' }).fill(word);
        await expect(page.getByRole('option').first()).toBeVisible();
        await expectShown(page, 20);
      }
    },
  },
  {
    name: 'the facts of the table, and a broken policy',
    search: '',
    least: 20,
    async reach(page, live) {
      await putAll(live, [plantedPolicy(true)]);
      await page.getByRole('button', { name: 'Read now' }).click();
      await expect(page.getByRole('list', { name: 'Faults of the policy' })).toContainText('unknown⟨U+0000⟩');
      await page.getByRole('button', { name: new RegExp(TABLE) }).click();
    },
  },
];

test('what cannot be seen is shown on every screen, and in what is saved of it', async ({ page, live }) => {
  test.setTimeout(180_000);
  await putAll(live, [...plantedItems(), plantedPolicy()]);
  for (const { name, search, reach, least, saves } of SCREENS) {
    await test.step(name, async () => {
      await page.goto(`${live.server.url}${search}`);
      await reach(page, live);
      await expectShown(page, least);
      if (saves) await expectSaved(page);
    });
  }
});

test('two names that look alike are told apart by eye and by ear', async ({ page, live }) => {
  await putAll(live, plantedItems());
  await page.goto(live.server.url);
  for (const flip of [false, true]) {
    await page.goto(`${live.server.url}?flip=${flip}`);
    const heads = page.getByRole(flip ? 'columnheader' : 'rowheader');
    await expect(heads.first()).toBeVisible();
    for (const role of ['rowheader', 'columnheader', 'gridcell'] as const) {
      // What is called the same is of different types: a head says its own, and a cell is below or beside one.
      const names = await page.getByRole(role).evaluateAll((all) =>
        all.map((one) => {
          const { column } = one instanceof HTMLElement ? one.dataset : {};
          const heads = [
            one,
            one.closest('[role=row]')?.querySelector('[role=rowheader]'),
            document.querySelector(`[role=columnheader][data-column="${column}"]`),
          ];
          return [one.ariaLabel, ...heads.map((head) => head?.getAttribute('aria-description'))].join();
        }),
      );
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
    const texts = await heads.evaluateAll((all) =>
      all.map((head) => (head instanceof HTMLElement ? head.innerText : '')),
    );
    expect(new Set(texts).size).toBe(texts.length);
  }
});
