import type { Locator, Page } from '@playwright/test';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { test as base } from './page-guards.ts';

/** Tests on the demo estate, which stands still: one server for all tests of a worker, as none of them writes. */
export const test = base.extend<{ open: (search?: string) => Promise<void> }, { demo: DashboardServer }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startDashboardServer({ mode: 'preview', env: { SIMULATED_CI: 'off' } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  /** Opens the page with these URL parameters and waits for the first reading. */
  open: async ({ demo, page }, use) => {
    await use(async (search = '') => {
      await page.goto(`${demo.url}${search}`);
      // Not for the grid: filters that leave nothing leave no grid either.
      await box(page, 'Version').waitFor();
    });
  },
});

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Release matrix' });
export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Fragment details' });
export const box = (page: Page, name: 'Version' | 'Component'): Locator =>
  page.getByRole('textbox', { name, exact: true });
export const choice = (page: Page, group: string, name: string): Locator =>
  page.getByRole('group', { name: group, exact: true }).getByRole('button', { name });
