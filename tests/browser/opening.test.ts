import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { expect, test } from './page-guards.ts';

// As built, the page comes in parts: a frame that is painted first, what draws, and what reads.
let server: DashboardServer;
test.beforeAll(async () => {
  server = await startDashboardServer({ mode: 'preview', env: { POLL_INTERVAL_SECONDS: '2' } });
});
test.afterAll(() => server.stop());

/** What Chromium writes of a file that does not come. */
const FAILED_LOAD = /Failed to load resource|Failed to fetch dynamically imported module/;

test('the frame of the page is there while its program is on the way', async ({ page }) => {
  let letThrough = () => {};
  const held = new Promise<void>((resume) => {
    letThrough = resume;
  });
  await page.route(/\/assets\/drawing-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Release Matrix' })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Reading ReleaseFragments' })).toBeVisible();
  letThrough();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('what few need is loaded when it is used: the schema where there is a policy, the other views not at all', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(server.url);
  await expect(page.getByRole('grid')).toBeVisible();
  // The demo's table has a policy.
  expect(asked.some((path) => path.startsWith('/assets/read-policy-'))).toBe(true);
  expect(asked.filter((path) => /Markdown|CompareView|Palette|ReleaseView|ActivityView/.test(path))).toEqual([]);
});

for (const [part, file] of [
  ['what draws', /\/assets\/drawing-.*\.js$/],
  ['what reads the table', /\/assets\/worker-.*\.js$/],
] as const) {
  test(`${part} that cannot be loaded is said, and comes by itself once the server answers`, async ({
    page,
    pageGuards,
  }) => {
    pageGuards.allowFault(FAILED_LOAD, 'of a worker’s file Chromium writes nothing to the console of the page');
    let gone = true;
    await page.route(file, (route) => (gone ? route.abort() : route.continue()));
    await page.route('**/*', (route) =>
      gone && route.request().method() === 'HEAD' ? route.abort() : route.fallback(),
    );
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'Local server stopped' })).toBeVisible();
    gone = false;
    await expect(page.getByRole('grid')).toBeVisible({ timeout: 30_000 });
  });
}

test.describe('a popover, which is loaded when it is first pressed', () => {
  for (const press of ['click', 'Enter'] as const) {
    test(`opens by ${press}, and gives the focus back`, async ({ page }) => {
      await page.goto(server.url);
      const button = page.getByRole('button', { name: 'Legend' });
      await expect(button).toHaveAttribute('aria-expanded', 'false');
      if (press === 'click') await button.click();
      else {
        await button.focus();
        await page.keyboard.press(press);
      }
      await expect(page.getByRole('dialog', { name: 'Legend' })).toBeVisible();
      await expect(button).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(button).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Legend' })).toBeVisible();
    });
  }

  test('of two that were pressed while it was loaded the last one opens', async ({ page }) => {
    let come = () => {};
    const held = new Promise<void>((resume) => {
      come = resume;
    });
    await page.route(/\/assets\/popover-parts-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Legend' }).click();
    await page.getByTitle('About this table').click();
    come();
    await expect(page.getByRole('dialog', { name: 'ReleaseFragments' })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(1);
  });

  test('that cannot be loaded says so, and opens when it can', async ({ page, pageGuards }) => {
    pageGuards.allowFault(FAILED_LOAD, 'of a worker’s file Chromium writes nothing to the console of the page');
    let gone = true;
    await page.route(/\/assets\/popover-parts-.*\.js$/, (route) => (gone ? route.abort() : route.continue()));
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Legend' }).click();
    await expect(page.getByRole('alert')).toContainText('It cannot be opened');
    gone = false;
    await page.getByRole('button', { name: 'Legend' }).click();
    await expect(page.getByRole('dialog', { name: 'Legend' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('a part that did not come', () => {
  test('leaves the matrix as it is, and comes when it is wanted again', async ({ page, pageGuards }) => {
    pageGuards.allowFault(FAILED_LOAD, 'of a worker’s file Chromium writes nothing to the console of the page');
    let gone = true;
    let asked = 0;
    await page.route(/\/assets\/MatrixCard-.*\.js$/, (route) => {
      asked++;
      return gone ? route.abort() : route.continue();
    });
    await page.goto(server.url);
    const cell = page.getByRole('grid').getByRole('gridcell', { name: 'admin-console in v1.6.0:' });
    await cell.hover();
    await expect.poll(() => asked).toBe(1);
    gone = false;
    await expect(async () => {
      await page.getByRole('button', { name: 'Legend' }).hover();
      await cell.hover();
      await expect(page.locator('[data-card]')).toContainText('admin-console', { timeout: 1_000 });
    }).toPass();
    await expect(cell).toBeVisible();
  });

  test('is asked for again by “Try again”, where a whole view is missing', async ({ page, pageGuards }) => {
    pageGuards.allowFault(FAILED_LOAD, 'of a worker’s file Chromium writes nothing to the console of the page');
    let gone = true;
    await page.route(/\/assets\/FindingsView-.*\.js$/, (route) => (gone ? route.abort() : route.continue()));
    await page.goto(server.url);
    await page.getByRole('link', { name: /^Findings/ }).click();
    await expect(page.getByRole('alert')).toContainText('could not be drawn');
    gone = false;
    const found = page.getByText(/in the \d+ current releases/);
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(async () => {
      // On a busy machine it may come later than one has waited for.
      if (!(await found.isVisible())) await again.click({ timeout: 1_000 });
      await expect(found).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });
});
