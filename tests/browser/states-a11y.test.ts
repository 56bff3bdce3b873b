import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DYNAMODB_ERRORS } from './fault-server.ts';
import { fill, grid, test } from './live-page.ts';
import { expect } from './page-guards.ts';

async function expectNothing(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${state}: ${id} at ${target.join(' ')}`),
  );
  expect(found).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing in the states around the matrix', async ({ page, live, pageGuards }) => {
      pageGuards.expectFault(/^console error: Failed to load resource/);
      await page.goto(live.server.url);
      await expect(page.getByRole('heading', { name: 'ReleaseFragments is empty' })).toBeVisible();
      await expectNothing(page, 'empty');

      live.faults.fail(DYNAMODB_ERRORS.denied);
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Access denied' })).toBeVisible();
      await expectNothing(page, 'access denied');

      live.faults.fail(null);
      await fill(live);
      await live.put('v1.1.0', 'no-hash');
      await page.getByRole('button', { name: 'Try now' }).click();
      await expect(grid(page)).toBeVisible();
      await page.getByText('1 item could not be read').click();
      await live.put('v1.1.0', 'backend#late');
      await expect(page.getByRole('button', { name: /unseen change/ })).toBeVisible();
      await page.getByTitle('About this table').click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNothing(page, 'items that could not be read, news, about the table');

      await page.keyboard.press('Escape');
      live.faults.fail(DYNAMODB_ERRORS.missing);
      await page.getByText('What to do').click();
      await expectNothing(page, 'a fault with data');

      live.faults.fail(null);
      live.faults.delay(2_000);
      await page.reload({ waitUntil: 'commit' });
      await expect(page.getByRole('progressbar')).toBeVisible();
      await expectNothing(page, 'loading');
    });
  });
}
