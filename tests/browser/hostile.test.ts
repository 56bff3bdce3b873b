import { expectHarmless, fillHostile, SCREENS } from './hostile-screens.ts';
import { test } from './running-dashboards.ts';

test.use({ pollSeconds: 3600, viewport: { width: 1280, height: 800 } });

test('hostile content stays text on every screen, and in what is saved of it', async ({ page, live }) => {
  test.setTimeout(180_000);
  await fillHostile(live);
  for (const screen of SCREENS) {
    await test.step(screen.name, async () => {
      await page.goto(`${live.server.url}${screen.search}`);
      await expectHarmless(page, screen, live);
    });
  }
});
