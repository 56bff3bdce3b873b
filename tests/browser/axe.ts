import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './page-guards.ts';

/**
 * Expects that axe finds nothing in either theme. What depends on the theme are colours alone: the dark one is looked at
 * for these only, in the same page, which takes half the time of a page of its own.
 *
 * @param part selectors: look only within, or at all but this
 */
export async function expectAccessible(page: Page, part: { within?: string; without?: string } = {}): Promise<void> {
  // A colour on its way to another is neither.
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const found = await look(page, part, (axe) => axe);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  found.push(...(await look(page, part, (axe) => axe.withRules(['color-contrast']))));
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found).toEqual([]);
}

async function look(
  page: Page,
  { within, without }: { within?: string; without?: string },
  how: (axe: AxeBuilder) => AxeBuilder,
): Promise<string[]> {
  // What passes is listed with every node by default: of a grid, most of what there is to say.
  const axe = how(new AxeBuilder({ page }).options({ resultTypes: ['violations'] }));
  // There are no frames: no second page need put their parts together.
  axe.setLegacyMode(true);
  if (within !== undefined) axe.include(within);
  if (without !== undefined) axe.exclude(without);
  const { violations } = await axe.analyze();
  const theme = await page.locator('html').getAttribute('data-theme');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${theme}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
