import type { Locator, Page } from '@playwright/test';
import { filter } from './demo-page.ts';
import { cell, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

// For those who enlarge the page, choose its colours themselves, or are made ill by what moves.

const SCREENS = [
  ['the matrix', '?q=1.6.0'],
  ['environments', '?view=environments&off=prod'],
  ['a comparison', '?view=compare&a=prev&b=v1.6.0&q=helm'],
  ['a comparison to choose', '?view=compare'],
  ['findings', '?view=findings&severity=error'],
  ['activity', '?view=activity'],
  ['a release', '?view=release&release=v1.6.0'],
] as const;

test('at 400 % zoom every screen is read by scrolling down alone, and all on it can be reached', async ({
  page,
  open,
}) => {
  // 1280 by 1024 CSS pixels, enlarged four times.
  await page.setViewportSize({ width: 320, height: 256 });
  for (const [name, search] of SCREENS) {
    await test.step(name, async () => {
      await open(search);
      const controls = page.locator('#view :is(a, button, [tabindex="0"])').filter({ visible: true });
      await controls.first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      expect(await cutOff(page)).toEqual([]);
      for (const end of [controls.first(), controls.last()]) {
        // A windowed list has a new last one for each that comes into view.
        await expect(async () => {
          await end.scrollIntoViewIfNeeded();
          await expect(end).toBeInViewport({ timeout: 1_000 });
        }).toPass();
      }
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await expect(page.getByRole('combobox', { name: 'Search' })).toBeInViewport({ ratio: 0.99 });
      await page.keyboard.press('Escape');
    });
  }
});

/** Texts that end beyond the right edge, or want sideways scrolling; those of a grid may, as its columns cannot wrap. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isInGrid = (element: Element) =>
      element.closest('.mx-scroller, [role="grid"]') !== null || element.querySelector('[role="grid"]') !== null;
    const isShortened = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        if (getComputedStyle(at).textOverflow === 'ellipsis' || at.matches('.sr-only')) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('main *')]
      .filter((element) =>
        [...element.childNodes].some(
          ({ nodeType, data }: ChildNode & { data?: string }) => nodeType === 3 && data?.trim(),
        ),
      )
      .filter((element) => element.checkVisibility() && !isInGrid(element) && !isShortened(element))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 60)}`);
  });
}

const style = (locator: Locator, property: 'backgroundColor' | 'color' | 'borderBottomColor' | 'outlineStyle') =>
  locator.evaluate((element, name) => getComputedStyle(element)[name], property);

test('in forced colours what is chosen, selected, missing and focused still stands out', async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open('?stage=stable&release=v1.6.0&component=backend%23payment-service');
  const missing = cell(page, 'payment-service in v1.6.0: missing');
  await expect(missing).toBeVisible();
  await expect(filter(page, 'Stage')).toHaveText('Stage: stable');
  const views = page.getByRole('navigation', { name: 'Views' });
  expect(await style(views.getByRole('link', { name: 'Matrix' }), 'borderBottomColor')).not.toBe(
    await style(views.getByRole('link', { name: 'Compare' }), 'borderBottomColor'),
  );
  expect(await style(missing, 'outlineStyle')).toBe('solid');
  expect(
    await style(
      grid(page)
        .getByRole('gridcell', { name: / in v1\.6\.0: \d/ })
        .first(),
      'outlineStyle',
    ),
  ).toBe('none');
  const current = page.locator('[aria-current="true"]');
  expect(await style(page.getByRole('complementary').locator(current), 'outlineStyle')).toBe('solid');
  await page.keyboard.press('/');
  // The box itself has none: what is around it has.
  expect(await style(page.locator(':focus').locator('..'), 'outlineStyle')).not.toBe('none');
  await filter(page, 'Type').focus();
  expect(await style(page.locator(':focus'), 'outlineStyle')).not.toBe('none');

  await page.getByRole('link', { name: 'Open release v1.6.0', exact: true }).click();
  expect(await style(current, 'outlineStyle')).toBe('solid');
  const bar = page
    .getByText(/ there$/)
    .locator('[style*=width]')
    .first();
  expect(await style(bar, 'backgroundColor')).toBe(await style(page.locator('body'), 'color'));
});

for (const [reducedMotion, moves] of [
  ['no-preference', true],
  ['reduce', false],
] as const) {
  test(`what folds ${moves ? 'moves' : 'does not move'} where motion is ${reducedMotion}`, async ({ page, open }) => {
    await page.emulateMedia({ reducedMotion });
    await open('?view=compare&a=v1.5.1&b=v1.6.0');
    await page.evaluate(() => {
      addEventListener('transitionrun', () => document.body.setAttribute('data-moved', ''), { capture: true });
    });
    const fold = page.getByRole('button', { name: /^Unchanged/ });
    await fold.click();
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByRole('list', { name: 'Unchanged' })).toBeVisible();
    // A transition begins with the frame that draws what has changed.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await expect(page.locator('body[data-moved]')).toHaveCount(moves ? 1 : 0);
  });
}

test('a row’s head opens its release by click, Enter and o, and Back leads back to it', async ({ page, open }) => {
  await open('?q=1.6.1&stage=rc');
  const head = (tag: string) =>
    grid(page).getByRole('rowheader', { name: new RegExp(`^${tag.replaceAll('.', '\\.')},`) });
  const opened = page.getByRole('region', { name: 'Release v1.6.1-rc.1', exact: true });
  for (const act of [
    () => head('v1.6.1-rc.1').getByRole('link', { name: 'Open release v1.6.1-rc.1' }).click(),
    () => head('v1.6.1-rc.1').press('Enter'),
    () =>
      grid(page)
        .getByRole('gridcell', { name: /in v1\.6\.1-rc\.1: / })
        .first()
        .press('o'),
  ]) {
    await act();
    await expect(opened).toBeVisible();
    await page.goBack();
    await expect(head('v1.6.1-rc.1')).toBeVisible();
  }
});
