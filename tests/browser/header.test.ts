import { startDashboardServer } from './dashboard-server.ts';
import { cell, fill } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

for (const width of [1280, 1440, 1600]) {
  test(`at ${width} pixels no name in the header is cut`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 800 });
    await open();
    const header = page.getByRole('banner');
    await expect(header.getByRole('button', { name: 'ReleaseFragments · embedded demo' })).toBeVisible();
    await expect(header.getByRole('status')).toContainText(/Live.*updated/);
    const cut = await header.evaluate((banner) =>
      [...banner.querySelectorAll('*')]
        // What shows all that it holds cuts nothing.
        .filter((element) => getComputedStyle(element).overflowX !== 'visible' && !element.matches('.sr-only'))
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.textContent),
    );
    expect(cut).toEqual([]);
  });
}

for (const width of [1024, 1280, 1360, 1440, 1920]) {
  test(`at ${width} pixels nothing in the header lies over another, with news too`, async ({ page, live }) => {
    await fill(live);
    await page.setViewportSize({ width, height: 800 });
    await page.goto(live.server.url);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    for (let at = 0; at < 12; at++) await live.put('v1.1.0', `kafka#topic-${at}`, { schemaVersion: '3.4.0' });
    await expect(page.getByRole('button', { name: /^12 unseen changes/ })).toBeVisible();
    const over = await page.getByRole('banner').evaluate((banner) => {
      const parts = [...banner.querySelectorAll('a, button, [role=status] > *')].map((part) => ({
        says: part.textContent,
        box: part.getBoundingClientRect(),
      }));
      const shown = parts.filter(({ box }) => box.width > 0).sort((a, b) => a.box.left - b.box.left);
      return shown.flatMap((part, at) => {
        const next = shown[at + 1];
        return next !== undefined && part.box.right > next.box.left + 0.5 ? [`${part.says} over ${next.says}`] : [];
      });
    });
    expect(over).toEqual([]);
  });
}

test('what is wanted now and then is behind one button, by keys alone', async ({ page, open }) => {
  await open();
  const more = page.getByRole('button', { name: 'More' });
  await more.press('Enter');
  await page.getByRole('button', { name: /^Theme: system/ }).press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  // It stays open, as there are three of them.
  await page.getByRole('button', { name: /^Theme: light/ }).press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();

  await more.press('Enter');
  await page.getByRole('button', { name: 'Pause reading' }).press('Enter');
  await expect(page.getByRole('status')).toContainText('Paused');
  await more.press('Enter');
  await expect(page.getByRole('button', { name: /^Theme/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause reading' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Resume reading' }).press('Enter');
  await expect(page.getByRole('status')).toContainText('Live');

  await more.press('Enter');
  await page.getByRole('button', { name: 'Keys' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('the demo is steered in the panel of its table: a step at once, and how fast others follow', async ({
  page,
  afterPages,
}) => {
  const server = await startDashboardServer({ mode: 'preview', env: { POLL_INTERVAL_SECONDS: '2' } });
  afterPages(server.stop);
  await page.goto(server.url);
  await page.getByRole('button', { name: /^ReleaseFragments · / }).press('Enter');
  const speed = page.getByRole('group', { name: 'Simulated CI' });
  await expect(speed.getByRole('button', { name: 'Slow' })).toHaveAttribute('aria-pressed', 'true');
  await speed.getByRole('button', { name: 'Paused' }).click();
  await expect(speed.getByRole('button', { name: 'Paused' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Make something happen' }).click();
  await expect(page.getByText(/^v1\.8\.0-alpha\.3: .+ published\.$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('rowheader', { name: /^v1\.8\.0-alpha\.3,/ })).toBeVisible();
});
