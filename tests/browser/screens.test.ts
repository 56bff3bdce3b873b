import type { Locator, Page } from '@playwright/test';
import { box, panel } from './demo-page.ts';
import { fillWithFlux } from './flux-sample.ts';
import { cell, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { type LiveTable, test } from './running-dashboards.ts';

// Every screen on releases as Flux makes them: few components, each with versions of its own, under one tag.

// No poll comes in between: a test that wants a reading asks for it.
test.use({ pollSeconds: 3600 });

test.beforeEach(({ live }) => fillWithFlux(live.put));

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const items = (page: Page, list: string): Locator =>
  page.getByRole('list', { name: list, exact: true }).locator('> li');

interface Screen {
  readonly name: string;
  readonly search: string;
  readonly shows: (page: Page, live: LiveTable) => Promise<void>;
}

const SCREENS: readonly Screen[] = [
  {
    name: 'the matrix',
    search: '',
    async shows(page) {
      await expect(grid(page).getByRole('rowheader')).toHaveCount(5);
      const tags = await grid(page)
        .getByRole('rowheader')
        .evaluateAll((heads) => heads.map((head) => head.getAttribute('aria-label')?.split(',')[0]));
      expect(tags).toEqual(['v2.4.0', 'v2.3.0', 'v2.0.0', 'v2.0.0-rc.5', 'v0.41.2']);
      await expect(grid(page).getByRole('columnheader', { name: 'source-controller' })).toHaveCount(2);
      await expect(
        grid(page)
          .getByRole('gridcell', { name: /^source-controller in v2\.4\.0: v1\.4\.1/ })
          .first(),
      ).toBeVisible();
      await expect(cell(page, 'helm-controller in v2.3.0: v1.0.1').first()).toBeVisible();
      await box(page).fill('~2.0');
      await expect(grid(page).getByRole('rowheader')).toHaveCount(2);
    },
  },
  {
    name: 'environments',
    search: '?view=environments',
    async shows(page) {
      const table = page.getByRole('grid', { name: 'Environments' });
      await expect(table.getByRole('columnheader')).toHaveText(['Component', /^prod/]);
      await expect(
        table.getByRole('gridcell', {
          name: 'helm-controller in prod: v1.1.0 of v2.4.0, 1/1 ready, as released, the newest',
        }),
      ).toBeVisible();
      await expect(table.getByRole('rowheader', { name: /controller/ })).toHaveCount(6);
    },
  },
  {
    name: 'a comparison of the last two stable releases',
    search: '?view=compare&a=prev&b=v2.4.0',
    async shows(page) {
      await expect(region(page, 'Compare').getByRole('heading', { level: 2 })).toContainText(/v2\.3\.0.*v2\.4\.0/);
      const changed = items(page, 'Changed').filter({ hasText: 'backend' });
      await expect(changed.filter({ hasText: 'source-controller' })).toHaveText(/v1\.3\.0.*v1\.4\.1.*minor/);
      await expect(changed.filter({ hasText: 'helm-controller' })).toHaveText(/v1\.0\.1.*v1\.1\.0.*minor/);
    },
  },
  {
    name: 'findings',
    search: '?view=findings&group=code&code=rebuilt-after-rc',
    async shows(page) {
      const findings = region(page, 'Findings').getByRole('list', { name: 'rebuilt-after-rc' });
      await expect(findings.getByRole('link')).toHaveCount(6);
      await findings.getByRole('link', { name: /helm-controller/ }).click();
      await expect(panel(page)).toContainText(/helm-controller.*v2\.0\.0/s);
      await expect(panel(page)).toContainText('v0.35.0');
    },
  },
  {
    name: 'activity',
    search: '?view=activity',
    async shows(page, live) {
      await expect(region(page, 'Activity').getByText(/^\d+ events$/)).toBeVisible();
      await live.put('v2.5.0', 'backend#source-controller', { componentVersion: 'v1.5.0' });
      await page.getByRole('button', { name: 'Read now' }).click();
      const lines = page.getByRole('list', { name: /^Events of/ }).getByRole('listitem');
      await expect(lines.first()).toHaveText(/New: .*v2\.5\.0\s*source-controller v1\.5\.0 published/);
    },
  },
  {
    name: 'a release',
    search: '?view=release&release=v2.0.0&manifest=json',
    async shows(page) {
      await expect(items(page, 'Completeness by type')).toHaveText([/^Backend6\/6 6 of 6$/, /^Kubernetes6\/6 6 of 6$/]);
      await expect(items(page, 'Releases of 2.0.0')).toHaveText([/^rc\.5/, /^v2\.0\.0/]);
      await expect(region(page, 'Manifest as JSON')).toContainText('"version": "v0.35.0"');
    },
  },
  {
    name: 'the search',
    search: '',
    async shows(page) {
      await expect(grid(page)).toBeVisible();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('helm 2.3.0');
      await expect(page.getByRole('option', { name: /^helm-controller in v2\.3\.0/ }).first()).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(grid(page).locator(':focus')).toHaveAccessibleName('helm-controller in v2.3.0: v1.0.1');
    },
  },
];

for (const { name, search, shows } of SCREENS) {
  test(`on releases as Flux makes them: ${name}`, async ({ page, live }) => {
    await page.goto(`${live.server.url}${search}`);
    await shows(page, live);
  });
}
