import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { readInPage, status } from './live-page.ts';
import { expect, test } from './page-guards.ts';

// One release of each kind of cell. A person who sees no colours must tell them apart by sign and text, one who sees them
// by colour too; in both themes and in forced colours.

const TABLE = 'ReleaseFragments';
const NOW = '2026-11-22T12:00:00Z';
const RUNS = { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3 };

const ITEMS: readonly Record<string, unknown>[] = [
  ...['v1.2.0', 'v1.3.0'].flatMap((release) => [
    ...['changed', 'unchanged', 'carried', 'missing', 'excused', 'regressed', 'waived', 'dated', 're.named'].map(
      (name) => item(release, `backend#${name}`, { componentVersion: '2.0.0' }),
    ),
    ...['waiting', 'silent'].map((name) =>
      item(release, `k8s#prod-deployment/${name}`, { ...RUNS, imageRef: image(name, '2.0.0') }),
    ),
  ]),
  item('v1.1.0', 'backend#former', { componentVersion: '2.0.0' }),
  item('v1.4.0', 'backend#changed', { componentVersion: '2.1.0', date: '2026-11-01T00:00:00Z' }),
  item('v1.4.0', 'backend#unchanged', { componentVersion: '2.0.0' }),
  item('v1.4.0', 'backend#re-named', { componentVersion: '2.0.0' }),
  item('v1.4.0', 'backend#added', { componentVersion: '2.1.0' }),
  item('v1.4.0', 'backend#regressed', { componentVersion: '1.9.0' }),
  item('v1.4.0', 'backend#waived', { componentVersion: '1.9.0' }),
  item('v1.4.0', 'backend#dated', { componentVersion: '2.1.0', date: '2030-01-01T00:00:00Z' }),
  item('v1.4.0', 'k8s#prod-deployment/waiting', { ...RUNS, readyReplicas: 2, imageRef: image('waiting', '2.1.0') }),
  item('v1.4.0', 'k8s#prod-deployment/silent', { imageRef: image('silent', '2.1.0') }),
  item('v1.5.0-alpha.1', 'backend#changed', { componentVersion: '2.0.0', date: '2026-11-20T00:00:00Z' }),
  item('v1.6.0-alpha.1', 'backend#changed', { componentVersion: '2.1.0', date: '2026-11-22T11:50:00Z' }),
  item('policy', 'policy#release-matrix', {
    document: {
      roster: [
        { component: 'backend#carried', expectation: 'carried' },
        { component: 'backend#former', expectation: 'optional' },
        { component: 'backend#added', expectation: 'optional' },
        { component: '*' },
      ],
      waivers: [
        { code: 'version-regressed', release: 'v1.4.0', component: 'backend#waived', ...excuse() },
        { code: 'missing-component', release: 'v1.4.0', component: 'backend#excused', ...excuse() },
      ],
    },
  }),
];

function item(release: string, component: string, attributes: Record<string, unknown>): Record<string, unknown> {
  return { version: release, 'component#name': component, ...attributes };
}

function image(name: string, tag: string): string {
  return `registry.example/${name}:${tag}`;
}

function excuse() {
  return { reason: 'known', by: 'ops', expires: '2026-11-25' };
}

/** Each state's cell by its name, what stands in it, and what colours it: of one group each, of no other. */
const STATES = [
  { state: 'ok', cell: 'unchanged in v1.4.0: 2.0.0', shows: '2.0.0', ink: 'dim' },
  { state: 'changed', cell: 'changed in v1.4.0: 2.1.0', shows: '2.1.0', ink: 'plain' },
  { state: 'new', cell: 'added in v1.4.0: 2.1.0', shows: '+ 2.1.0', ink: 'plain' },
  { state: 'missing', cell: 'missing in v1.4.0: missing', shows: '✕', ink: 'error' },
  { state: 'missing so far', cell: 'missing in v1.5.0-alpha.1: missing', shows: '◌', ink: 'dim' },
  { state: 'missing, waived', cell: 'excused in v1.4.0: missing', shows: '◇', ink: 'dim' },
  {
    state: 'carried',
    cell: 'carried in v1.4.0: 2.0.0, carried over from v1.3.0',
    shows: '⇡ 2.0.0',
    ink: 'dim',
  },
  {
    state: 'mismatched, error',
    cell: 'regressed in v1.4.0: 1.9.0, 1 finding: version-regressed',
    shows: '■ 1.9.0',
    ink: 'error',
  },
  {
    state: 'mismatched, warning',
    cell: 'changed in v1.5.0-alpha.1: 2.0.0, 1 finding: version-regressed',
    shows: '▲ 2.0.0',
    ink: 'warning',
  },
  {
    state: 'not ready',
    cell: 'waiting in v1.4.0: 2.1.0, 1 finding: not-ready',
    shows: '◔ 2.1.0 2/3',
    ink: 'error',
  },
  {
    state: 'unknown',
    cell: 'silent in v1.4.0: 2.1.0, 1 finding: readiness-unknown',
    shows: '? 2.1.0',
    ink: 'warning',
  },
  { state: 'remark', cell: 'dated in v1.4.0: 2.1.0, 1 finding: future-date', shows: '! 2.1.0', ink: 'warning' },
  {
    state: 'waived',
    cell: 'waived in v1.4.0: 1.9.0, 1 finding: version-regressed (waived)',
    shows: '◇ 1.9.0',
    ink: 'plain',
  },
  { state: 'renamed', cell: 're.named in v1.4.0: renamed', shows: '⇢', ink: 'dim' },
  { state: 'not part', cell: 'former in v1.4.0: not part of this release', shows: '·', ink: 'dim' },
] as const;

let table: FaultServer;
let server: DashboardServer;
test.beforeAll(async () => {
  table = await startFaultServer(TABLE);
  for (const Item of ITEMS) await table.table.client.send(new PutCommand({ TableName: TABLE, Item }));
  const env = { DYNAMODB_ENDPOINT: table.url, RELEASE_TABLE: TABLE, POLL_INTERVAL_SECONDS: '3600' };
  server = await startDashboardServer({ mode: 'preview', env });
});
test.afterAll(async () => {
  await server.stop();
  await table.stop();
});

async function open(page: Page, search = ''): Promise<void> {
  await readInPage(page);
  await page.clock.setFixedTime(NOW);
  await page.goto(`${server.url}${search}`);
  // The grid alone may be of what has been read so far.
  await expect(status(page)).toContainText('Live');
}

interface Seen {
  /** The sign, then every piece of text. */
  readonly shows: string;
  readonly colour: string;
  /** A line under the text. */
  readonly line: string;
}

function look(page: Page, cell: string): Promise<Seen> {
  return page.getByRole('gridcell', { name: cell, exact: true }).evaluate((element) => {
    const sign = getComputedStyle(element, '::before').content.replace(/^"|"$/g, '');
    const pieces = [...element.childNodes].map((node) => node.textContent ?? '');
    const style = getComputedStyle(element);
    return {
      shows: [sign === 'none' ? '' : sign, ...pieces].filter(Boolean).join(' '),
      colour: style.color,
      line: style.textDecorationLine,
    };
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1600, height: 900 } });

    test('every state has its sign and text, and every weight its colour', async ({ page }) => {
      await open(page);
      const inks = new Map<string, Set<string>>();
      for (const { state, cell, shows, ink } of STATES) {
        const seen = await look(page, cell);
        expect({ state, shows: seen.shows }).toEqual({ state, shows });
        inks.set(ink, (inks.get(ink) ?? new Set()).add(seen.colour));
      }
      // One colour each, and no two alike.
      expect([...inks].map(([ink, colours]) => [ink, colours.size])).toEqual([...inks.keys()].map((ink) => [ink, 1]));
      expect(new Set([...inks.values()].flatMap((colours) => [...colours])).size).toBe(inks.size);
    });
  });
}

test('the legend opens by key, explains every state, and closes by key', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Legend' });
  await button.focus();
  await page.keyboard.press('Enter');
  const legend = page.getByRole('dialog', { name: 'Legend' });
  await expect(legend.getByRole('listitem').locator('strong')).toHaveText([
    'Changed',
    'Unchanged',
    'Changed, the release’s version',
    'Unchanged, the release’s version',
    'New',
    'Carried over',
    'Not yet',
    'Renamed',
    'Not part',
    'News',
    'Missing',
    'Mismatched, error',
    'Mismatched, warning',
    'Not ready',
    'Unknown',
    'Remark',
    'Waived',
    'Note',
  ]);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(legend).toBeHidden();
  await expect(button).toBeFocused();
});

test.describe('forced colours', () => {
  test.use({ viewport: { width: 1600, height: 900 }, contextOptions: { forcedColors: 'active' } });

  test('no two states look alike where there are no colours', async ({ page }) => {
    await open(page);
    const alike = new Map<string, string[]>();
    for (const { state, cell, shows } of STATES) {
      const seen = await look(page, cell);
      expect({ state, shows: seen.shows }).toEqual({ state, shows });
      // Versions differ between cells by chance: they tell nothing apart.
      const face = `${seen.shows.replaceAll(/\d+\.\d+\.\d+/g, 'x')} ${seen.line}`;
      alike.set(face, [...(alike.get(face) ?? []), state]);
    }
    expect([...alike.values()].filter((states) => states.length > 1)).toEqual([]);
  });
});

test('a release says its verdict by a sign, and in words to whoever points at it or hears it', async ({ page }) => {
  await open(page);
  const head = (tag: string) => page.getByRole('rowheader', { name: new RegExp(`^${tag.replaceAll('.', '\\.')}, `) });
  const counts = (tag: string) => head(tag).getByTitle(/^(pass|fail)/);
  await expect(counts('v1.4.0')).toHaveText(/^✕\d/);
  await expect(counts('v1.4.0')).toContainText('◇2');
  await expect(counts('v1.4.0')).toHaveAttribute('title', /^fail, .* 2 waived, \d waivers? ends? within a week$/);
  await expect(head('v1.4.0')).toHaveAccessibleName(
    /^v1\.4\.0, stable, fail, .* 2 waived, \d waivers? ends? within a week$/,
  );
  await expect(counts('v1.5.0-alpha.1')).toHaveText(/^✓/);
});

test('which version is where, and how much of it is ready, is whole where there is little room', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 480 });
  await open(page, '?view=environments');
  const waiting = page.getByRole('gridcell', { name: /^waiting in prod: 2\.1\.0 of v1\.4\.0, 2\/3 ready/ });
  await expect(waiting).toBeVisible();
  await expect(waiting).toHaveText(/^2\.1\.0 2\/3 ready/);
  const cut = await waiting
    .locator('*')
    .evaluateAll((all) => all.filter((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0).length);
  expect(cut).toBe(0);
});
