import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { box, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

const view = (page: Page): Locator => page.getByRole('region', { name: 'Compare', exact: true });
const side = (page: Page, name: 'From' | 'To'): Locator => page.getByRole('combobox', { name, exact: true });
const members = (page: Page, of: string): Locator =>
  view(page).getByRole('list', { name: of, exact: true }).locator('> li');
const tally = (page: Page): Locator =>
  view(page).getByRole('list', { name: 'Components by what became of them' }).getByRole('listitem');

/** Downloads by a click, and reads what came. */
async function download(page: Page, format: string): Promise<{ readonly name: string; readonly text: string }> {
  const waiting: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: `Export as ${format}` }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('from the header to what changed between the last two stable releases, in two steps', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await view(page)
    .getByRole('link', { name: /last two stable releases/ })
    .click();
  await expect(page).toHaveURL(/view=compare&a=v1\.5\.1&b=v1\.6\.0|a=v1\.5\.1&b=v1\.6\.0&view=compare/);
  await expect(members(page, 'Missing')).toHaveText([/payment-service.*missing/]);
  // The question has gone; the focus is in the view, not lost.
  await expect(page.locator('#view')).toBeFocused();
  await box(page).fill('nothing-is-called-so');
  const clear = view(page).getByRole('button', { name: 'Clear filters' });
  await clear.click();
  await expect(clear).toHaveCount(0);
  await expect(page.locator('#view')).toBeFocused();
  await expect(tally(page)).toHaveText([
    /^All \d+$/,
    /^✕ 1 missing$/,
    /^\+ 1 new$/,
    /^→ \d+ changed$/,
    /^= \d+ unchanged$/,
  ]);
});

test('c on a cell or a row compares its release with the stable one before; Back leads back', async ({
  page,
  open,
}) => {
  await open('?q=1.6.0&release=v1.6.0&component=backend%23payment-service');
  await page.getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' }).focus();
  await page.keyboard.press('c');
  await expect(side(page, 'From')).toHaveValue('prev');
  await expect(side(page, 'To')).toHaveValue('v1.6.0');
  await expect(view(page).getByRole('heading', { level: 2 })).toContainText('v1.5.1');
  // The cell is gone; the focus is at the line of what it was of.
  await expect(page.locator(':focus')).toHaveText(/payment-service/);
  await page.goBack();
  await expect(grid(page)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Compare with previous' }).click();
  await expect(side(page, 'To')).toHaveValue('v1.6.0');
  await page.goBack();
  await page.getByRole('rowheader', { name: /^v1\.6\.0-rc\.1,/ }).focus();
  await page.keyboard.press('c');
  await expect(side(page, 'To')).toHaveValue('v1.6.0-rc.1');
});

test('sides are typed and chosen by keyboard, swapped, and the address opens the same again', async ({
  page,
  open,
}) => {
  await open('?view=compare');
  await side(page, 'From').focus();
  await page.keyboard.type('@pro');
  await expect(page.getByRole('option', { name: /^@prod/ })).toHaveAttribute('data-highlighted', '');
  await page.keyboard.press('Enter');
  await side(page, 'To').focus();
  await page.keyboard.type('v1.6.0');
  await page.keyboard.press('Enter');
  await expect(view(page).getByRole('heading', { level: 2 })).toContainText('@prod');
  await expect(page.getByRole('option')).toHaveCount(0);
  await view(page).getByRole('button', { name: 'Swap sides' }).click();
  await expect(side(page, 'From')).toHaveValue('v1.6.0');
  await view(page)
    .getByRole('button', { name: /^Unchanged/ })
    .click();
  await expect(members(page, 'Unchanged').first()).toBeVisible();
  // The address is written a moment later than the page.
  await expect(page).toHaveURL(/same=true/);
  const [address, shown] = [page.url(), await view(page).innerText()];
  await page.goto('about:blank');
  await page.goto(address);
  await expect(members(page, 'Unchanged').first()).toBeVisible();
  await expect.poll(() => view(page).innerText()).toBe(shown);
  await page.goBack();
  await page.goForward();
  await expect(side(page, 'From')).toHaveValue('v1.6.0');
});

test('Enter takes the best of what matches, and what is typed next takes its place', async ({ page, open }) => {
  await open('?view=compare&a=prev&b=v1.6.0');
  const to = side(page, 'To');
  await to.focus();
  await page.keyboard.type('1.5');
  await expect(page.getByRole('option', { name: 'v1.5.1 stable' })).toHaveAttribute('data-highlighted', '');
  await page.keyboard.press('Enter');
  await expect(to).toHaveValue('v1.5.1');
  await expect(to).toBeFocused();
  await page.keyboard.type('v1.6.0-rc.2');
  await expect(to).toHaveValue('v1.6.0-rc.2');
  await page.keyboard.press('Enter');
  await expect(view(page).getByRole('heading', { level: 2 })).toContainText('v1.6.0-rc.2');
  await page.keyboard.type('@prod{2026-11-15}');
  await page.keyboard.press('Enter');
  await expect(to).toHaveValue('@prod{2026-11-15}');
});

test('a step of what changed is listed alone by keyboard; the address and Back keep it', async ({ page, open }) => {
  await open('?view=compare&a=prev&b=v1.6.0');
  const step = (name: RegExp) =>
    view(page).getByRole('list', { name: 'Changed components by step' }).getByRole('button', { name });
  await step(/ major$/).focus();
  await page.keyboard.press('Enter');
  await expect(members(page, 'Changed')).toHaveText([/order\.placed.*major/]);
  await expect(members(page, 'Missing')).toHaveCount(0);
  await expect(step(/ major$/)).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/only=major/);
  await expectAccessible(page);
  await page.goto(page.url());
  await expect(members(page, 'Changed')).toHaveText([/order\.placed.*major/]);
  await side(page, 'To').fill('v1.7.0-beta.1');
  await page.keyboard.press('Enter');
  await expect(view(page).getByText('No component is listed under “major”.')).toBeVisible();
  await page.goBack();
  await expect(step(/ major$/)).toHaveAttribute('aria-pressed', 'true');
});

test('what is not there yet comes after what changed, folded; one that is come for is listed', async ({
  page,
  open,
}) => {
  await open('?view=compare&a=prev&b=v1.8.0-alpha.2');
  const fold = view(page).getByRole('button', { name: /^Not there yet \d+$/ });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(view(page).getByRole('heading', { level: 3 })).toHaveText([/Gone/, /New/, /Changed/, /Not there yet/]);
  await fold.click();
  await expect(members(page, 'Not there yet').first()).toBeVisible();
  await expect(page).toHaveURL(/yet=true/);
  await page.goto('about:blank');
  await open('?view=compare&a=prev&b=v1.8.0-alpha.2&component=frontend%23feature-cart');
  await expect(members(page, 'Not there yet').getByRole('link', { name: /feature-cart$/ })).toBeFocused();
});

test('the host of the commits’ links stands once, in sight wherever one scrolls to', async ({ page, open }) => {
  await open('?view=compare&a=prev&b=v1.6.0');
  const link = view(page).getByRole('link', { name: /^[0-9a-f]{7} → [0-9a-f]{7}$/ });
  await link.last().scrollIntoViewIfNeeded();
  await expect(view(page).getByText('Commits on github.com')).toBeInViewport();
  await expect(link.last()).toHaveAttribute('title', /^https:\/\/github\.com\/acme\//);
  // Beside the links it is for screen readers alone.
  const beside = view(page).getByRole('listitem').getByText('github.com', { exact: true });
  const widths = await beside.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width));
  expect(widths.length).toBe(await link.count());
  expect(Math.max(...widths)).toBeLessThan(2);
  // Where there is no room for them, a line has its link where it is opened, with its host.
  await page.setViewportSize({ width: 1000, height: 800 });
  await expect(link.first()).toBeHidden();
  await expect(view(page).getByText('Commits on github.com')).toBeHidden();
  const helm = members(page, 'Changed').filter({ hasText: 'helm-auth' });
  await helm.getByRole('button', { name: /^What changed/ }).click();
  const between = helm.getByRole('paragraph').filter({ has: page.getByRole('link', { name: 'Commits between' }) });
  await expect(between).toHaveText('Commits between github.com');
  await expect(between).toBeVisible();
});

test('a side that is not there is said, with what there is', async ({ page, open }) => {
  await open('?view=compare&a=v99.0.0&b=@moon');
  const faults = view(page).getByRole('list', { name: 'What cannot be compared' }).getByRole('listitem');
  await expect(faults).toHaveText([
    /no fragment of v99\.0\.0\. The newest are v1\.8\.0-alpha\.2/,
    /run in moon.*@prod/,
  ]);
  await expect(side(page, 'From')).toHaveAttribute('aria-invalid', 'true');
});

test('the comparison is downloaded as JSON and CSV, and copied as Markdown', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('?view=compare&a=v1.5.1&b=v1.6.0&type=backend');
  await expect(view(page).getByText(/^The filters hide \d+ components of this comparison\./)).toBeVisible();
  const json = await download(page, 'JSON');
  expect(json.name).toBe('compare-v1.5.1-v1.6.0.json');
  const whole: unknown = JSON.parse(json.text);
  expect(whole).toMatchObject({
    schema: 1,
    from: { release: 'v1.5.1' },
    to: { release: 'v1.6.0' },
    counts: { removed: 1 },
  });
  const csv = await download(page, 'CSV');
  expect(csv.name).toBe('compare-v1.5.1-v1.6.0.csv');
  const lines = csv.text.trimEnd().split('\r\n');
  expect(lines[0]).toContain('"component","type","name","class","step","v1.5.1","v1.6.0"');
  expect(lines).toContainEqual(
    expect.stringMatching(/^"backend#payment-service","backend","payment-service","removed"/),
  );
  expect(lines.filter((line) => line.startsWith('"k8s#'))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^"# Read .*: v1\.5\.1 to v1\.6\.0, \d+ of \d+ components\. The filters hide \d+ comp/);
  await page.getByRole('button', { name: 'Copy comparison as Markdown' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^## `v1\.5\.1` → `v1\.6\.0`\n/);
  expect(await copied()).toMatch(/The filters hide \d+ components of this comparison\.\n$/);
});

test('a component opens its details in place; they lead to its cell, which no filter of releases then hides', async ({
  page,
  open,
}) => {
  await open('?view=compare&a=prev&b=v1.6.0&q=1.4');
  await members(page, 'Missing')
    .getByRole('link', { name: /payment-service/ })
    .click();
  await expect(panel(page).getByRole('heading', { name: /payment-service is missing/ })).toBeVisible();
  await expect(view(page).getByRole('heading', { level: 2 })).toContainText('v1.6.0');
  await expectAccessible(page);
  await panel(page).getByRole('link', { name: 'Show in the matrix' }).click();
  await expect(grid(page).getByRole('gridcell', { name: 'payment-service in v1.6.0: missing' })).toBeFocused();
});
