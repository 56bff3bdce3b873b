import type { Locator, Page } from '@playwright/test';

export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Fragment details' });
export const box = (page: Page, name: 'Version' | 'Component'): Locator =>
  page.getByRole('textbox', { name, exact: true });
export const choice = (page: Page, group: string, name: string): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name });
