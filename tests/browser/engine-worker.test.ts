import type { Page } from '@playwright/test';
import { cell, fill, markDocument, readInPage, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

/** Ends the page's workers as a lack of memory does: the page is not told. @returns how many there were */
async function endWorkers(page: Page): Promise<number> {
  const workers = page.workers();
  for (const worker of workers) await worker.evaluate(() => close());
  return workers.length;
}

test('a worker that has ended is started again, without a reload, and shows what has come since', async ({
  live,
  page,
}) => {
  await fill(live);
  await page.goto(live.server.url);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  const isSame = await markDocument(page);
  expect(await endWorkers(page)).toBe(1);
  await live.put('v1.2.0', 'backend#auth');
  await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  await expect(status(page)).toContainText('Live');
  expect(await isSame()).toBe(true);
});

test('one that ends in a reading is told, with all that was shown still there', async ({ live, page }) => {
  await fill(live);
  await page.goto(`${live.server.url}?view=environments`);
  await expect(status(page)).toContainText('Live');
  await page.getByRole('link', { name: 'Matrix' }).click();
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  live.faults.fail({ kind: 'hang' });
  const asked = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Read now' }).click();
  await asked;
  await endWorkers(page);
  await expect(page.getByText('Reading has stopped').first()).toBeVisible();
  await expect(status(page)).toContainText('Stale');
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  // What is asked meanwhile is answered when there is somebody again.
  await page.getByRole('link', { name: 'Findings' }).click();
  live.faults.fail(null);
  await expect(status(page)).toContainText('Live', { timeout: 20_000 });
  await expect(page.getByRole('region', { name: 'Findings', exact: true })).toBeVisible();
});

test('in a browser without module workers the page reads by itself', async ({ live, page }) => {
  await fill(live);
  await readInPage(page);
  await page.goto(live.server.url);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  await page.getByRole('link', { name: 'Environments' }).click();
  await expect(page.getByRole('region', { name: 'What runs where' })).toBeVisible();
  await live.put('v1.2.0', 'backend#auth');
  await page.getByRole('link', { name: 'Matrix' }).click();
  await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
});

test('no script of the page can start another worker, or make a policy that would', async ({
  live,
  page,
  pageGuards,
}) => {
  pageGuards.expectFault(/requires 'TrustedScriptURL' assignment/);
  pageGuards.expectFault(
    /^console error: Creating a TrustedTypePolicy named '(release-matrix-engine|another)' violates/,
  );
  pageGuards.allowFault(/^content security policy: /, 'of the same attempts');
  await fill(live);
  await page.goto(live.server.url);
  await expect(status(page)).toContainText('Live');
  const refused = await page.evaluate(async () => {
    const attempts: (() => unknown)[] = [
      () => new Worker('/assets/x.js'),
      () => new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))),
      () => Reflect.get(globalThis, 'trustedTypes').createPolicy('release-matrix-engine', {}),
      () => Reflect.get(globalThis, 'trustedTypes').createPolicy('another', {}),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'taken';
      } catch (error) {
        return error instanceof TypeError ? 'refused' : String(error);
      }
    });
  });
  expect(refused).toEqual(['refused', 'refused', 'refused', 'refused']);
});
