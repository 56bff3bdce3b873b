import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { expect, test } from './page-guards.ts';

// As built, the page comes in parts: a frame that is painted first, the page itself, and the SDK that reads.
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
  await page.route(/\/assets\/Page-.*\.js$/, async (route) => {
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
  ['the page', /\/assets\/Page-.*\.js$/],
  ['what reads the table', /\/assets\/table-reader-.*\.js$/],
] as const) {
  test(`${part} that cannot be loaded is said, and comes by itself once the server answers`, async ({
    page,
    pageGuards,
  }) => {
    pageGuards.expectFault(FAILED_LOAD);
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
