import type { Locator, Page } from '@playwright/test';
import type { Put } from './running-dashboards.ts';

/** Two releases of two components. */
export async function fill(live: { readonly put: Put }): Promise<void> {
  for (const release of ['v1.0.0', 'v1.1.0']) {
    for (const component of ['backend#auth', 'frontend#shell']) await live.put(release, component);
  }
}

export const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Release matrix' });
export const status = (page: Page): Locator => page.getByRole('status');
export const cell = (page: Page, name: string): Locator => grid(page).getByRole('gridcell', { name, exact: true });

/** What a browser does when the tab goes behind another, or comes back. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hide) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hide ? 'hidden' : 'visible'),
    });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hide });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

/** Marks the document in a tab. @returns whether it is still that one: false once the page has been loaded anew */
export async function markDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(window, { marked: true }));
  return () =>
    page
      .evaluate(() => 'marked' in window)
      // Asked in the moment in which the page leaves: the next answer tells.
      .catch(() => true);
}

/**
 * Has the page read by itself, as in a browser without module workers. For tests by a clock of their own, which is the
 * page's alone: a worker keeps the real one. To be called before the page is opened.
 */
export async function readInPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // It takes the address and looks at no option.
    Reflect.set(
      globalThis,
      'Worker',
      class {
        terminate(): void {}
      },
    );
  });
}
