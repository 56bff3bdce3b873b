import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { expect, test } from './page-guards.ts';

// Nothing set at all, as after a fresh clone. The guards of the page see to the rest: no warning in the console, no
// violation of the policy, no request that leaves the machine.
for (const mode of ['dev', 'preview'] as const) {
  test.describe(`the local server, ${mode}`, () => {
    let server: DashboardServer;
    test.beforeAll(async () => {
      server = await startDashboardServer({ mode });
    });
    test.afterAll(() => server.stop());

    test('shows the page without a complaint of the browser', async ({ page }) => {
      await page.goto(server.url);
      await expect(page).toHaveTitle(/Release Matrix/);
      // A dev server compiles each of hundreds of modules while the page waits, the first time.
      await expect(page.getByRole('grid')).toBeVisible({ timeout: 45_000 });
    });
  });
}

test('a server that cannot start says why', async () => {
  await expect(startDashboardServer({ env: { POLL_INTERVAL_SECONDS: 'often' } })).rejects.toThrow(
    /POLL_INTERVAL_SECONDS/,
  );
});
