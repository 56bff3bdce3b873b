import type { Page } from '@playwright/test';
import { box, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const search = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const option = (page: Page, name: RegExp) => search(page).getByRole('option', { name }).first();

test('Ctrl-K leads to a cell by part of its names, and the focus with it', async ({ page, open }) => {
  await open('?stage=alpha');
  await page.keyboard.press('Control+k');
  await expect(search(page).getByRole('combobox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type('payment-serv 1.6.0');
  await expect(option(page, /^payment-service in v1\.6\.0/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(search(page)).toHaveCount(0);
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('payment-service');
  // The filter would have hidden it.
  await expect(page).not.toHaveURL(/stage=/);
  const cell = grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' });
  await expect(cell).toBeFocused();
  await expect(cell).toBeInViewport({ ratio: 0.9 });
});

test('what is typed and confirmed before the search is there is chosen once it is', async ({ page, open }) => {
  await open();
  let release = (): void => {};
  const released = new Promise<void>((resume) => {
    release = resume;
  });
  await page.route(/\/assets\/Palette-.*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/assets\/Palette-/);
  await page.keyboard.press('Control+k');
  await asked;
  await page.keyboard.type('payment-serv 1.6.0');
  await page.keyboard.press('Enter');
  release();
  const cell = grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' });
  await expect(cell).toBeFocused();
  await expect(search(page)).toHaveCount(0);
});

test('the button opens it, a release leads to its head, and Escape gives the focus back', async ({ page, open }) => {
  await open();
  const button = page.getByRole('button', { name: 'Search', exact: true });
  await button.click();
  await page.keyboard.press('Escape');
  await expect(search(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('v1.5.0-beta');
  await expect(option(page, /^v1\.5\.0-beta/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(grid(page).locator(':focus')).toHaveAccessibleName(/^v1\.5\.0-beta/);
});

test('a pasted commit and a pasted image digest find what holds them', async ({ page, open }) => {
  await open('?release=v1.6.0-rc.2&component=backend%23payment-service');
  const commit = await panel(page)
    .getByRole('link', { name: /^[0-9a-f]{40}$/ })
    .textContent();
  const digest = await panel(page)
    .getByText(/^sha256:[0-9a-f]{64}$/)
    .textContent();
  for (const [pasted, name] of [
    [commit?.slice(0, 9), /^payment-service in v1\.6\.0-rc\.2$/],
    [digest, /^payment-service in v1\.6\.0-rc\.2 ?(runs in .*)?$/],
  ] as const) {
    await page.keyboard.press('Control+k');
    await search(page)
      .getByRole('combobox')
      .fill(pasted ?? '');
    await expect(search(page).getByText('Releases that have it')).toBeVisible();
    await expect(option(page, name)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(search(page)).toHaveCount(0);
  }
});

test('commands: flip, theme, pause, a finding’s code, a view', async ({ page, open }) => {
  await open('?type=kafka&waived=only');
  const run = async (words: string, name: RegExp) => {
    await page.keyboard.press('Control+k');
    await search(page).getByRole('combobox').fill(words);
    await option(page, name).click();
    await expect(search(page)).toHaveCount(0);
  };
  await run('components as rows', /^Show components as rows/);
  await expect(page).toHaveURL(/flip=true/);
  await run('theme dark', /^Theme: dark/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Theme: dark/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await run('pause', /^Pause reading/);
  await expect(page.getByRole('status')).toContainText('Paused');
  await run('missing-comp', /^missing-component/);
  await expect(page).toHaveURL(/view=findings.*code=missing-component|code=missing-component.*view=findings/);
  // All that the entry counts, whatever was left out.
  await expect(page).not.toHaveURL(/type=|waived=/);
  await run('go to matrix', /^Go to Matrix/);
  await expect(grid(page)).toBeVisible();
});

test('a filtered box keeps its slash, and letters typed in the search are no commands', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Control+k');
  await expect(search(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('n?/p');
  await expect(search(page).getByRole('combobox')).toHaveValue('n?/p');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();
});

test('a pasted commit of a change leads to the first release that has it, by keys alone', async ({ page, live }) => {
  const change = 'a'.repeat(40);
  await live.put('v1.1.0', 'backend#auth', { commit: 'b'.repeat(40), changes: [`${change} fix: total (#12)`] });
  await page.goto(live.server.url);
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await search(page).getByRole('combobox').fill(change.slice(0, 9));
  await expect(search(page).getByRole('option').first()).toHaveAccessibleName(/auth.*v1\.1\.0/);
  await page.keyboard.press('Enter');
  await expect(grid(page).locator(':focus')).toHaveAccessibleName(/^auth in v1\.1\.0/);
});
