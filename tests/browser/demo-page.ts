import type { Locator, Page } from '@playwright/test';

export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Fragment details' });
/** The search box, which filters. */
export const box = (page: Page): Locator => page.getByRole('combobox', { name: 'Filter and find' });
export const choice = (page: Page, group: string, name: string | RegExp): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name });

/** The button of a filter, which says what is chosen. */
export const filter = (page: Page, name: 'Stage' | 'Type' | 'Environment' | 'Owner'): Locator =>
  page.getByRole('group', { name, exact: true }).getByRole('button').first();

/** Chooses a value of a filter, or undoes that. */
export async function choose(page: Page, name: Parameters<typeof filter>[1], value: string): Promise<void> {
  await filter(page, name).click();
  await page.getByRole('group', { name, exact: true }).getByRole('checkbox', { name: value, exact: true }).click();
  await page.keyboard.press('Escape');
}
