import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { expectAccessible } from './axe.ts';
import { startDashboardServer } from './dashboard-server.ts';
import { filter } from './demo-page.ts';
import { cell, fill, grid } from './live-page.ts';
import { test as base, expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

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

const extent = (page: Page): Locator => view(page).locator('p[aria-live]').first();
const past = (page: Page): Locator => view(page).getByRole('button', { name: /^\d+ past releases?, / });

test('what blocks the current releases and whose it is: one click', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Findings, 8 errors, 15 in past releases', exact: true }).click();
  await expect(extent(page)).toHaveText(/^8 errors, \d+ warnings in the \d+ current releases$/);
  const of = (release: string) => view(page).getByRole('list', { name: release, exact: true }).getByRole('link');
  await expect(of('v1.6.0')).toHaveText([
    /feature-checkout is 2\.9\.0-beta\.1 in a stable release\s*also in rc\.2, rc\.1\s*checkout.*immature-version/,
    /payment-service is missing\s*payments.*missing-component/,
    /order\.placed went from .* under BACKWARD\s*also in rc\.2, rc\.1\s*fulfilment/,
    /catalog: 1 of 3 ready\s*discovery\s*prod/,
    /orders is 1\.6\.0-rc\.2 in a stable release\s*fulfilment\s*prod/,
    /orders runs sha256:.*fulfilment\s*prod/,
    /ledger is at v1\.6\.0 in prod, ahead of preprod\s*payments\s*prod/,
    /runbook is not in the roster/,
  ]);
  await expect(of('v1.6.1-rc.1')).toHaveText([/only partly deployed\s*preprod/, /api: .*platform\s*preprod/]);
  // Nothing of it is cut at this width, and every line is as high as the others.
  const lines = await view(page).getByRole('link').all();
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) {
    expect((await line.boundingBox())?.height).toBe(28);
    const cut = await line.evaluate((at) =>
      [...at.querySelectorAll('*')]
        .filter((el) => getComputedStyle(el).overflowX !== 'visible' && !el.matches('.sr-only'))
        .filter((el) => el.scrollWidth > el.clientWidth + 1)
        .map((el) => el.textContent),
    );
    expect(cut).toEqual([]);
  }
});

test('notes are counted, and open; past releases are one line, and open', async ({ page, open }) => {
  await open('?view=findings');
  const alpha = heads(page).and(page.getByRole('button', { name: /^v1\.8\.0-alpha\.2, / }));
  await expect(alpha).toHaveText(/18 notes · missing component 18/);
  await alpha.click();
  const notes = view(page).getByRole('list', { name: 'Notes of v1.8.0-alpha.2' }).getByRole('link');
  await expect(notes.first()).toHaveText(/Note.* has not arrived yet\s*[a-z-]+/);
  await expect(page).toHaveURL(/notes=v1\.8\.0-alpha\.2/);
  await alpha.click();
  await expect(notes).toHaveCount(0);

  await expect(past(page)).toHaveAccessibleName(/^\d+ past releases, 15 errors, 11 warnings, \d+ notes$/);
  await expect(finding(page, /media-service is missing/)).toHaveCount(0);
  await past(page).press('ArrowRight');
  await expect(past(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(page).toHaveURL(/past=true/);
  const candidate = view(page).getByRole('list', { name: 'v1.6.0-rc.2', exact: true });
  await expect(candidate.getByRole('link').first()).toHaveText(/order\.placed went from .* also in v1\.6\.0, rc\.1/);
});

test('every code that there is can be seen, with its findings', async ({ page, open }) => {
  await open('?view=findings&group=code&past=true');
  await choice(page, 'Code', 'All codes').click();
  const codes = page.getByRole('dialog', { name: 'All codes' }).getByRole('checkbox');
  await expect(codes).toHaveCount(SHOWN_CODES.length);
  for (const code of SHOWN_CODES) {
    const choose = codes.and(page.getByRole('checkbox', { name: new RegExp(`^${code} \\d+$`) }));
    await choose.check();
    await expect(heads(page).first()).toHaveAccessibleName(new RegExp(`^${code}, `));
    await expect(view(page).getByRole('list').getByRole('link').first()).toHaveText(/\S/);
    await choose.uncheck();
  }
});

test('groups by release, owner, code and component; the address says by which', async ({ page, open }) => {
  await open('?view=findings&group=code');
  for (const [word, first] of [
    ['Owner', /^checkout, \d+ findings$/],
    ['Code', /^missing-component, \d+ findings$/],
    ['Component', /^Releases as a whole, \d+ findings$/],
    ['Release', /^v1\.6\.1-rc\.1, \d+ findings$/],
  ] as const) {
    await choice(page, 'Group by', word).click();
    await expect(choice(page, 'Group by', word)).toHaveAttribute('aria-pressed', 'true');
    await expect(heads(page).first()).toHaveAccessibleName(first);
    if (word !== 'Release') await expect(page).toHaveURL(new RegExp(`group=${word.toLowerCase()}`));
  }
});

test('the filters of the bar and its own leave less, and it says how much is hidden', async ({ page, open }) => {
  await open('?view=findings&q=v1.6.0&stage=stable');
  await expect(extent(page)).toHaveText(/^6 errors, 2 warnings in 1 release · \d+ findings hidden by filters$/);
  await open('?view=findings&q=v1.6.0&stage=stable&type=backend');
  await expect(extent(page)).toHaveText(/^1 error in 1 release · \d+ findings hidden by filters$/);
  await expect(finding(page, /Error.*payment-service is missing/)).toBeVisible();
  await page.getByRole('button', { name: 'Show all findings' }).click();
  await expect(extent(page)).toHaveText(/^8 errors, \d+ warnings in the \d+ current releases$/);
  // The button has gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
});

test('filters that leave none but past releases list those', async ({ page, open }) => {
  await open('?view=findings&code=stage-skipped');
  await expect(past(page)).toHaveCount(0);
  await expect(finding(page, /had no release candidate/)).toBeVisible();
});

test('waived findings are marked, and can be left out or shown alone', async ({ page, open }) => {
  await open('?view=findings&waived=only');
  await expect(finding(page, /Waived.*fraud-scoring.*scaled to zero/)).toBeVisible();
  await expect(view(page).getByTitle(/^Waived until .* by payments/)).toBeVisible();
  await choice(page, 'Waived', 'Hide').click();
  await expect(page).toHaveURL(/waived=hide/);
  await open('?view=findings&waived=hide&code=scaled-to-zero');
  await expect(heads(page)).toHaveCount(0);
});

test('an address opens the same view again', async ({ page, open }) => {
  await open('?view=findings');
  await choice(page, 'Group by', 'Owner').click();
  await choice(page, 'Code', 'All codes').click();
  await page.getByRole('checkbox', { name: /^not-ready/ }).check();
  await page.keyboard.press('Escape');
  await choice(page, 'Waived', 'Hide').click();
  await past(page).click();
  await heads(page).first().click();
  await expect(page).toHaveURL(/view=findings.*shut=/);
  const [address, shown] = [page.url(), await view(page).innerText()];
  await page.goto('about:blank');
  await page.goto(address);
  await expect(view(page)).toBeVisible();
  await expect.poll(() => view(page).innerText()).toBe(shown);
});

test('a finding opens its details in place; they lead to its cell, and Back leads back', async ({ page, open }) => {
  await open('?view=findings&severity=error&past=true&folded=1.6.0');
  const line = finding(page, /tf-network is missing/);
  await line.click();
  await expect(panel(page).getByRole('heading', { name: 'tf-network is missing from v1.6.0-rc.1' })).toBeVisible();
  await expect(line).toHaveAttribute('aria-current', 'true');
  await expect(line).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(line).toBeFocused();

  await line.click();
  await panel(page).getByRole('link', { name: 'Show in the matrix' }).click();
  const there = grid(page).getByRole('gridcell', { name: 'tf-network in v1.6.0-rc.1: missing' });
  await expect(there).toBeFocused();
  await expect(there).toBeInViewport({ ratio: 1 });
  await expect(page).not.toHaveURL(/folded=[^&]/);
  await page.goBack();
  await expect(line).toBeVisible();
});

test('a finding of one environment opens the details at that, in the list and in what it leads to', async ({
  page,
  open,
}) => {
  await open('?view=findings');
  await finding(page, /api: roll-out not finished/).click();
  const title = panel(page).getByRole('heading', { level: 2 });
  const entries = panel(page).getByRole('heading', { name: /^(staging|preprod) · / });
  await expect(entries).toHaveText([/^preprod · /, /^staging · /]);
  await page.reload();
  await expect(entries).toHaveText([/^preprod · /, /^staging · /]);
  await panel(page).getByRole('link', { name: 'Show in the matrix' }).click();
  await expect(grid(page).getByRole('gridcell', { name: /^api in v1\.6\.1-rc\.1: / })).toBeFocused();
  await expect(entries).toHaveText([/^preprod · /, /^staging · /]);
  // Of another cell one has chosen no environment.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(title).not.toHaveText('api');
  await expect(entries).toHaveText([/^staging · /, /^preprod · /]);
});

test('a finding about a release as a whole leads to the head of its row', async ({ page, open }) => {
  await open('?view=findings&code=stage-skipped');
  await finding(page, /had no release candidate/).click();
  const head = grid(page).getByRole('rowheader', { name: /^v1\.4\.1,/ });
  await expect(head).toBeFocused();
  await expect(head).toBeInViewport();
  await expect(panel(page)).toHaveCount(0);
});

test('by keyboard alone: to the list, along it, to the cell, and on by n and p', async ({ page, open }) => {
  await open('?view=findings&q=1.6.0-rc.1');
  await heads(page).first().focus();
  for (let line = 0; line < 3; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(':focus')).toHaveText(/tf-network is missing/);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'tf-network is missing from v1.6.0-rc.1' })).toBeVisible();
  // On from what is told of.
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
  await open('?q=v1.6.0&stage=stable&view=findings');
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

test('the header counts what blocks the current releases, whatever the filters hide', async ({ page, open }) => {
  await open('?view=findings&group=release');
  const errors = (await extent(page).textContent())?.match(/^\d+/)?.[0];
  const pastErrors = (await past(page).textContent())?.match(/■ (\d+)/)?.[1];
  const name = `Findings, ${errors} errors, ${pastErrors} in past releases`;
  const link = page.getByRole('link', { name, exact: true });
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(link).toContainText(`Findings${errors}`);
  // Where there is room it says the rest as well.
  const rest = link.getByText(`+${pastErrors} in past releases`);
  await expect(rest).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(rest).toBeVisible();
  await open('?view=findings&q=nightly');
  await expect(extent(page)).toHaveText(/hidden by filters$/);
  await expect(link).toBeVisible();
});

test('unreadable items are behind a mark in the bar and findings of their releases, and the policy is the table’s', async ({
  page,
  open,
}) => {
  await open('?view=findings&code=invalid-fragment');
  await page.getByRole('button', { name: '3 items could not be read' }).click();
  await expect(page.getByRole('list', { name: 'Items that could not be read' }).getByRole('listitem')).toHaveCount(3);
  await past(page).click();
  await expect(finding(page, /an item cannot be read/)).toHaveCount(3);
  await page.getByRole('button', { name: /^ReleaseFragments/ }).click();
  await expect(page.getByRole('dialog').getByText(/^of the table: 6 roster rows, 2 waivers$/)).toBeVisible();
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
    await filter(page, 'Environment').click();
    const environments = page.getByRole('group', { name: 'Environment', exact: true }).getByRole('checkbox');
    await expect(environments).toHaveAccessibleName(/^prod/);
    const row = grid(page).getByRole('rowheader', { name: /^v1\.1\.0,/ });
    await expect(row).toHaveAccessibleName(/pass/);

    await at.put('policy', 'policy#release-matrix', {
      document: {
        graceMinutes: 0,
        environments: { order: ['dev', 'live'] },
        roster: [{ component: 'backend#auth' }, { component: 'backend#payments' }, { component: '*' }],
      },
    });
    await expect(environments).toHaveAccessibleName(/^live/);
    await expect(cell(page, 'payments in v1.1.0: missing')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Findings, 1 error' })).toBeVisible();

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
    await page.goto(`${server.url}?view=findings&q=from-the-file+v1.6.0&stage=stable`);
    await expect(finding(page, /Error.*from-the-file is missing/)).toBeVisible();
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
    await expect(page.getByRole('button', { name: '2 items could not be read' })).toBeVisible();
    await unknown(page, 'v1.0.0', 'nothing says what belongs to it');
    await unknown(page, 'v2.0.0', 'there is no fragment of it');
  });

  test('absent counters', async ({ page, live: at }) => {
    await fill(at);
    for (const release of ['v1.0.0', 'v1.1.0']) {
      await at.put(release, 'k8s#prod-deployment/api', { imageRef: 'api:1.0.0' });
      await at.put(release, 'k8s#prod-deployment/web', { imageRef: 'web:1.0.0', replicas: 2 });
    }
    await page.goto(`${at.server.url}?view=findings&q=1.1`);
    await expect(finding(page, /Warning.*Unknown whether api in prod is ready/)).toBeVisible();
    await expect(finding(page, /Error.*web: 0 of 2 ready also in v1\.0\.0\s*prod/)).toBeVisible();
  });

  test('nothing at all', async ({ page, live: at }) => {
    await page.goto(`${at.server.url}?view=findings`);
    await expect(page.getByRole('heading', { name: 'ReleaseFragments is empty' })).toBeVisible();
    await expect(page.getByText(/pass/)).toHaveCount(0);
  });
});
