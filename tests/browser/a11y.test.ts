import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { box, filter, panel } from './demo-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

interface State {
  readonly name: string;
  readonly search: string;
  /** It is about what is beside the grid: axe looks at the grid's hundreds of cells in the states that are about it. */
  readonly beside?: true;
  /** Only this part is new, as a selector. */
  readonly within?: string;
  readonly reach?: (page: Page) => Promise<void>;
}

const DIALOG = '[role="dialog"]';

const STATES: readonly State[] = [
  { name: 'the matrix', search: '' },
  { name: 'the matrix, flipped', search: '?flip=true' },
  { name: 'the matrix in marks', search: '?zoom=marks' },
  { name: 'the matrix as an overview', search: '?zoom=overview' },
  { name: 'every filter set', search: '?q=~1.6+a&stage=stable,rc&type=k8s&env=prod&owner=platform' },
  { name: 'only problems', search: '?problems=true' },
  { name: 'a broken range', beside: true, search: '?q=~nonsense' },
  { name: 'nothing left', beside: true, search: '?q=no-such-release' },
  { name: 'a missing fragment', beside: true, search: '?release=v1.6.0&component=backend%23payment-service' },
  { name: 'a workload', beside: true, search: '?release=v1.6.0&component=k8s%23orders' },
  {
    name: 'the form of a waiver',
    beside: true,
    search: '?release=v1.6.0&component=k8s%23orders',
    reach: async (page) => {
      const card = panel(page).getByRole('article').first();
      await card.getByRole('button', { name: 'Waive…' }).click();
      await card.getByLabel('Reason').fill('Its cluster is full');
      await card.getByRole('button', { name: 'Copy command that waives it' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'a selection that is not there', beside: true, search: '?release=v99.0.0&component=backend%23nobody' },
  {
    name: 'a changelog',
    beside: true,
    search: '?release=v1.6.0-alpha.2&component=infra%23helm-auth',
    reach: (page) => expect(panel(page).getByRole('region', { name: 'Changelog' }).getByRole('list')).toBeVisible(),
  },
  {
    name: 'the raw item',
    beside: true,
    search: '?release=v1.6.0-rc.2&component=backend%23payment-service',
    reach: async (page) => {
      await panel(page).getByRole('button', { name: 'Raw item' }).click();
      await panel(page).getByRole('region', { name: 'Raw item as JSON' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'an owner under the pointer, among all',
    beside: true,
    search: '?owner=payments',
    reach: async (page) => {
      await filter(page, 'Owner').click();
      await page.getByRole('checkbox', { name: 'platform', exact: true }).hover();
    },
  },
  {
    name: 'where a version of a component is',
    beside: true,
    search: '',
    reach: async (page) => {
      await box(page).fill('payment-service@1.5.1');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  { name: 'environments', search: '?view=environments' },
  { name: 'environments, what is not as released', search: '?view=environments&off=prod' },
  { name: 'environments, none left', search: '?view=environments&q=no-such' },
  { name: 'a comparison to choose', search: '?view=compare' },
  {
    name: 'a comparison, with changelogs',
    search: '?view=compare&a=v1.5.1&b=v1.6.0&q=helm',
    reach: async (page) => {
      await page
        .getByRole('button', { name: /^What changed in helm/ })
        .first()
        .click();
      await expect(page.getByRole('region', { name: /^Changelog of helm/ }).getByRole('list')).toBeVisible();
    },
  },
  {
    name: 'a comparison of environments',
    search: '?view=compare&a=@prod&b=@staging&same=true&problems=true&type=k8s',
  },
  { name: 'a comparison with nothing', search: '?view=compare&a=prev&b=v99' },
  { name: 'findings', search: '?view=findings' },
  { name: 'findings, waived', search: '?view=findings&group=owner&waived=only' },
  {
    name: 'findings of past releases, with notes',
    search: '?view=findings&past=true&shut=v1.6.0&notes=v1.8.0-alpha.2',
  },
  { name: 'findings by component', search: '?view=findings&group=component&code=not-ready' },
  { name: 'findings, none left', search: '?view=findings&q=nothing-is-called-so' },
  {
    name: 'a release in progress, with changelogs',
    search: '?view=release&release=v1.8.0-alpha.2&manifest=json',
    reach: async (page) => {
      await expect(page.getByRole('region', { name: /^Manifest as/ })).toBeVisible();
      await page
        .getByRole('button', { name: /^Changelog of/ })
        .first()
        .click();
      await page.getByRole('button', { name: /^Show \d+ notes/ }).click();
      await expect(
        page
          .getByRole('region', { name: /^Changelog of/ })
          .getByRole('list')
          .first(),
      ).toBeVisible();
    },
  },
  {
    name: 'a release',
    search: '?view=release&release=v1.6.0&manifest=yaml&as=rc',
    reach: async (page) => {
      await page.getByRole('table', { name: 'What is left' }).getByRole('button').first().click();
      await expect(page.getByRole('button', { name: 'About this check' })).toBeVisible();
    },
  },
  {
    name: 'the export menu',
    within: DIALOG,
    search: '?view=findings&severity=error',
    reach: (page) => page.getByRole('button', { name: 'Export', exact: true }).click(),
  },
  {
    name: 'the search',
    within: DIALOG,
    search: '',
    reach: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('payment');
      await expect(page.getByRole('option', { name: /^payment-service/ }).first()).toBeVisible();
    },
  },
  {
    name: 'the list of keys',
    within: DIALOG,
    search: '',
    async reach(page) {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('button', { name: 'Keys', exact: true }).click();
    },
  },
];

// Low: axe looks at each of the grid's cells, of which a dozen rows tell as much as thirty.
test.use({ viewport: { width: 1280, height: 600 }, contextOptions: { reducedMotion: 'reduce' } });

for (const { name, search, reach, beside, within } of STATES) {
  test(`axe finds nothing: ${name}`, async ({ page, open }) => {
    await open(search);
    // What is loaded when it is first looked at, and not what stands in its place until then.
    await expect(page.getByText('Opening…', { exact: true })).toHaveCount(0);
    if (search.includes('component=')) await expect(panel(page)).toBeVisible();
    await reach?.(page);
    if (within !== undefined) await expect(page.locator(within)).toBeVisible();
    await expectAccessible(page, {
      ...(within === undefined ? {} : { within }),
      ...(beside ? { without: '[role="grid"]' } : {}),
    });
  });
}
