import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { startDashboardServer } from './dashboard-server.ts';

import { cell, fill, grid } from './live-page.ts';
import { test as base, expect } from './page-guards.ts';
import { test } from './stands.ts';

const view = (page: Page): Locator => page.getByRole('region', { name: 'Findings', exact: true });
const heads = (page: Page): Locator => view(page).getByRole('heading').getByRole('button');
const finding = (page: Page, name: RegExp): Locator => view(page).getByRole('link', { name });
const choice = (page: Page, group: string, name: string | RegExp): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Fragment details' });
/** A text as a pattern that matches it alone. */
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const said = (page: Page, words: string | RegExp): Locator => view(page).getByText(words);

/** All but what is only found where a gate is asked for an environment. */
const SHOWN_CODES = FINDING_CODES.filter((code) => code !== 'frozen');

test('every code that there is can be seen, with its findings', async ({ page, open }) => {
  // High enough for the heads of all groups: what is out of view is not drawn.
  await page.setViewportSize({ width: 1280, height: 1400 });
  await open('?view=findings');
  await page.getByRole('button', { name: 'Shut all groups' }).click();
  await expect(heads(page)).toHaveCount(SHOWN_CODES.length);
  const names = await heads(page).evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  expect(names.map((name) => name?.split(',')[0]).sort()).toEqual([...SHOWN_CODES].sort());
  for (const code of SHOWN_CODES) {
    await heads(page)
      .and(page.getByRole('button', { name: new RegExp(`^${code},`) }))
      .click();
    await expect(view(page).getByRole('list', { name: code }).getByRole('link').first()).toBeVisible();
    await heads(page)
      .and(page.getByRole('button', { name: new RegExp(`^${code},`) }))
      .click();
  }
});

test('groups by code, severity, release and component; the address says by which', async ({ page, open }) => {
  await open('?view=findings');
  for (const [word, first] of [
    ['Severity', /^Errors, \d+ findings$/],
    ['Release', /^v1\.8\.0-alpha\.2, \d+ findings$/],
    ['Component', /^Releases as a whole, \d+ findings$/],
    ['Code', /^missing-component, \d+ findings$/],
  ] as const) {
    await choice(page, 'Group by', word).click();
    await expect(choice(page, 'Group by', word)).toHaveAttribute('aria-pressed', 'true');
    await expect(heads(page).first()).toHaveAccessibleName(first);
    if (word !== 'Code') await expect(page).toHaveURL(new RegExp(`group=${word.toLowerCase()}`));
  }
});

test('the filters of the bar and its own leave less, and it says how much is hidden', async ({ page, open }) => {
  await open('?view=findings');
  const all = Number((await said(page, /^\d+ findings$/).textContent())?.split(' ')[0]);
  expect(all).toBeGreaterThan(FINDING_CODES.length);
  await page.getByRole('textbox', { name: 'Version', exact: true }).fill('v1.6.0');
  await choice(page, 'Stage', 'stable').click();
  await choice(page, 'Severity', /^Errors/).click();
  await expect(said(page, /^6 findings$/)).toBeVisible();
  await expect(said(page, `${all - 6} hidden by filters`)).toBeVisible();
  await choice(page, 'Type', 'Backend').click();
  await expect(said(page, /^1 finding$/)).toBeVisible();
  await expect(finding(page, /Error.*payment-service is missing from v1\.6\.0/)).toBeVisible();
  await page.getByRole('button', { name: 'Show all findings' }).click();
  await expect(said(page, /^\d+ findings$/)).toHaveText(`${all} findings`);
  // The button has gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
});

test('waived findings are marked, and can be left out or shown alone', async ({ page, open }) => {
  await open('?view=findings&waived=only');
  await expect(said(page, /^1 finding$/)).toBeVisible();
  await expect(finding(page, /Waived.*fraud-scoring.*scaled to zero.*Waived until .* by payments/)).toBeVisible();
  await choice(page, 'Waived', 'Hide').click();
  await expect(page).toHaveURL(/waived=hide/);
  await page.getByRole('button', { name: 'Shut all groups' }).click();
  await expect(heads(page).first()).toBeVisible();
  await expect(heads(page).and(page.getByRole('button', { name: /^scaled-to-zero/ }))).toHaveCount(0);
});

test('an address opens the same view again', async ({ page, open }) => {
  await open('?view=findings');
  await choice(page, 'Group by', 'Release').click();
  await choice(page, 'Severity', /^Errors/).click();
  await choice(page, 'Code', 'All codes').click();
  await page.getByRole('checkbox', { name: /^not-ready/ }).check();
  await page.keyboard.press('Escape');
  await choice(page, 'Waived', 'Hide').click();
  await heads(page).first().click();
  await expect(page).toHaveURL(/view=findings.*shut=/);
  const [address, shown] = [page.url(), await view(page).innerText()];
  await page.goto('about:blank');
  await page.goto(address);
  await expect(view(page)).toBeVisible();
  await expect.poll(() => view(page).innerText()).toBe(shown);
});

test('a finding leads to its cell, and Back leads back', async ({ page, open }) => {
  await open('?view=findings&severity=error&folded=1.6.0');
  await finding(page, /tf-network is missing from v1\.6\.0-rc\.1/).click();
  const there = grid(page).getByRole('gridcell', { name: 'tf-network in v1.6.0-rc.1: missing' });
  await expect(there).toBeFocused();
  await expect(there).toBeInViewport({ ratio: 1 });
  await expect(panel(page).getByRole('heading', { name: 'tf-network is missing from v1.6.0-rc.1' })).toBeVisible();
  await expect(page).not.toHaveURL(/folded/);
  await page.goBack();
  await expect(finding(page, /tf-network is missing/)).toBeVisible();
});

test('a finding about a release as a whole leads to the head of its row', async ({ page, open }) => {
  await open('?view=findings&code=stage-skipped');
  await finding(page, /v1\.4\.1 had no release candidate/).click();
  const head = grid(page).getByRole('rowheader', { name: /^v1\.4\.1,/ });
  await expect(head).toBeFocused();
  await expect(head).toBeInViewport();
  await expect(panel(page)).toHaveCount(0);
});

test('by keyboard alone: to the list, along it, to the cell, and on by n and p', async ({ page, open }) => {
  await open('?view=findings&severity=error');
  await heads(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('gridcell', { name: 'tf-network in v1.6.0-rc.1: missing' })).toBeFocused();
  for (const key of ['n', 'p']) {
    const before = page.url();
    await page.keyboard.press(key);
    await expect(page).not.toHaveURL(before);
    const focused = page.locator(':focus');
    await expect(focused).toHaveRole(
      /release=/.test(page.url()) && /component=/.test(page.url()) ? 'gridcell' : 'rowheader',
    );
    await expect(focused).toBeInViewport();
  }
  await expect(grid(page).getByRole('gridcell', { name: 'tf-network in v1.6.0-rc.1: missing' })).toBeFocused();
});

test('n goes through every problem once, then from the top again; p goes back', async ({ page, open }) => {
  await open('?version=v1.6.0&stage=stable&view=findings');
  const words = page.getByText(/Problem \d+ of \d+:/);
  await page.keyboard.press('n');
  await expect(words).toHaveText(/^Problem 1 of (\d+): /);
  const count = Number(/ of (\d+)/.exec((await words.textContent()) ?? '')?.[1]);
  expect(count).toBeGreaterThan(4);
  for (let place = 2; place <= count; place++) {
    await page.keyboard.press('n');
    await expect(words).toHaveText(new RegExp(`^Problem ${place} of ${count}: `));
    const name = /: (.*)/.exec((await words.textContent()) ?? '')?.[1] ?? '';
    await expect(page.locator(':focus')).toHaveAccessibleName(new RegExp(`^${escaped(name)}`));
    await expect(page.locator(':focus')).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press('n');
  await expect(words).toHaveText(new RegExp(`^From the top again\\. Problem 1 of ${count}: `));
  await page.keyboard.press('p');
  await expect(words).toHaveText(new RegExp(`^From the end again\\. Problem ${count} of ${count}: `));
});

test('the header counts errors, whatever the filters hide', async ({ page, open }) => {
  await open('?view=findings&group=severity');
  const errors = (await heads(page).first().getAttribute('aria-label'))?.match(/\d+/)?.[0];
  const link = page.getByRole('link', { name: `Findings, ${errors} errors`, exact: true });
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(link).toContainText(`Findings${errors}`);
  await page.getByRole('textbox', { name: 'Version', exact: true }).fill('nightly');
  await expect(said(page, /^\d+ findings? *$|^\d+ findings?$/)).toBeVisible();
  await expect(link).toBeVisible();
});

test('unreadable items are in the strip and findings of their releases, and the policy is the table’s', async ({
  page,
  open,
}) => {
  await open('?view=findings&code=invalid-fragment');
  await page.getByText('3 items could not be read').click();
  await expect(page.getByRole('list', { name: 'Items that could not be read' }).getByRole('listitem')).toHaveCount(3);
  await expect(finding(page, /An item of v1\.\d\.\d.* cannot be read/)).toHaveCount(3);
  await page.getByRole('button', { name: /^ReleaseFragments/ }).click();
  await expect(page.getByRole('dialog').getByText(/^of the table: 5 roster rows, 2 waivers$/)).toBeVisible();
});

test.describe('a policy that comes while one watches', () => {
  test('is in force at the next poll, names environments, and when broken lets nothing pass', async ({
    page,
    live: at,
  }) => {
    await fill(at);
    await at.put('v1.1.0', 'k8s#live-deployment/api', { replicas: 1, readyReplicas: 1, imageRef: 'api:1.1.0' });
    await page.goto(at.server.url);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    const environments = page.getByRole('group', { name: 'Environment', exact: true }).getByRole('button');
    await expect(environments).toHaveText(['prod']);
    const row = grid(page).getByRole('rowheader', { name: /^v1\.1\.0,/ });
    await expect(row).toHaveAccessibleName(/pass/);

    await at.put('policy', 'policy#release-matrix', {
      document: {
        graceMinutes: 0,
        environments: { order: ['dev', 'live'] },
        roster: [{ component: 'backend#auth' }, { component: 'backend#payments' }, { component: '*' }],
      },
    });
    await expect(environments).toHaveText(['live']);
    await expect(cell(page, 'payments in v1.1.0: missing')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Findings, 2 errors' })).toBeVisible();

    await at.put('policy', 'policy#release-matrix', {
      document: JSON.stringify({ graceMinutes: -5, roster: [{ component: 'payments' }] }),
    });
    const faults = page.getByRole('list', { name: 'Faults of the policy' }).getByRole('listitem');
    await expect(faults).toHaveCount(2);
    await expect(faults.filter({ hasText: 'graceMinutes: ' })).toBeVisible();
    await expect(faults.filter({ hasText: 'roster[0].component: names no component' })).toBeVisible();
    await expect(row).toHaveAccessibleName(/unknown/);
    await page.getByRole('link', { name: /^Findings/ }).click();
    await expect(said(page, '2 releases unknown:')).toBeVisible();
    await expect(view(page)).toContainText('v1.1.0 (the policy cannot be read)');
    await page.getByRole('button', { name: /^ReleaseFragments/ }).click();
    await expect(page.getByRole('dialog').getByText(/^of the table, broken/)).toBeVisible();
  });
});

base(
  'the policy of the file that the settings name is in force, not that of the table',
  async ({ page, afterPages }) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-matrix-policy-'));
    afterPages(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'policy.json');
    writeFileSync(file, JSON.stringify({ roster: [{ component: 'backend#from-the-file' }] }));
    const server = await startDashboardServer({
      mode: 'preview',
      env: { SIMULATED_CI: 'off', RELEASE_POLICY: file },
    });
    afterPages(server.stop);
    await page.goto(`${server.url}?view=findings&q=from-the-file&version=v1.6.0&stage=stable`);
    await expect(finding(page, /Error.*from-the-file is missing from v1\.6\.0/)).toBeVisible();
    await page.getByRole('button', { name: /^ReleaseFragments/ }).click();
    await expect(page.getByRole('dialog').getByText('of the file: 1 roster row, 0 waivers')).toBeVisible();
  },
);

test.describe('nothing passes for lack of data', () => {
  const unknown = async (page: Page, release: string, why: string) => {
    await expect(grid(page).getByRole('rowheader', { name: new RegExp(`^${escaped(release)},`) })).toHaveAccessibleName(
      /unknown/,
    );
    await page.getByRole('link', { name: /^Findings/ }).click();
    await expect(view(page)).toContainText(`${release} (${why})`);
    await page.getByRole('link', { name: 'Matrix' }).click();
  };

  test('no roster; an unreadable item of a release without a fragment; one without a release', async ({
    page,
    live: at,
  }) => {
    await fill(at);
    await at.put('v2.0.0', 'no hash at all');
    await at.put(' ', 'backend#auth');
    await page.goto(at.server.url);
    await expect(page.getByText('2 items could not be read')).toBeVisible();
    await unknown(page, 'v1.0.0', 'nothing says what belongs to it');
    await unknown(page, 'v2.0.0', 'there is no fragment of it');
  });

  test('absent counters', async ({ page, live: at }) => {
    await fill(at);
    for (const release of ['v1.0.0', 'v1.1.0']) {
      await at.put(release, 'k8s#prod-deployment/api', { imageRef: 'api:1.0.0' });
      await at.put(release, 'k8s#prod-deployment/web', { imageRef: 'web:1.0.0', replicas: 2 });
    }
    await page.goto(`${at.server.url}?view=findings&version=1.1`);
    await expect(finding(page, /Warning.*Unknown whether api in prod is ready/)).toBeVisible();
    await expect(finding(page, /Error.*web in prod: 0 of 2 ready/)).toBeVisible();
  });

  test('nothing at all', async ({ page, live: at }) => {
    await page.goto(`${at.server.url}?view=findings`);
    await expect(page.getByRole('heading', { name: 'ReleaseFragments is empty' })).toBeVisible();
    await expect(page.getByText(/pass/)).toHaveCount(0);
  });
});
