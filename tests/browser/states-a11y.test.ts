import { expectAccessible } from './axe.ts';
import { DYNAMODB_ERRORS } from './fault-server.ts';
import { fill, grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

test('axe finds nothing in the states around the matrix', async ({ page, live, pageGuards }) => {
  pageGuards.allowFault(
    /^console error: Failed to load resource/,
    'the calls that fail are the worker’s, which writes to a console of its own',
  );
  // At the first visit: later ones show what the last one has left, and no progress.
  live.faults.hold();
  await page.goto(live.server.url);
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expectAccessible(page);

  live.faults.release();
  await expect(page.getByRole('heading', { name: 'ReleaseFragments is empty' })).toBeVisible();
  await expectAccessible(page);

  live.faults.fail(DYNAMODB_ERRORS.denied);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Access denied' })).toBeVisible();
  await expectAccessible(page);

  live.faults.fail(null);
  await fill(live);
  await live.put('v1.1.0', 'no-hash');
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(grid(page)).toBeVisible();
  await page.getByRole('button', { name: '1 item could not be read' }).click();
  await live.put('v1.1.0', 'backend#late');
  await expect(page.getByRole('button', { name: /unseen change/ })).toBeVisible();
  await page.getByTitle('About this table').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  live.faults.fail(DYNAMODB_ERRORS.missing);
  await page.getByText('What to do').click();
  await expectAccessible(page);
});
