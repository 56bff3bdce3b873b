import type { Page } from '@playwright/test';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

test.use({ viewport: { width: 1440, height: 900 } });

/** By what a mark differs from others; how severe it is belongs to that where the legend tells them apart. */
const marksOf = (page: Page, cells: string) =>
  page.locator(cells).evaluateAll((all) => {
    const seen = document.querySelector('.mx-scroller')?.getBoundingClientRect();
    return all.flatMap((cell) => {
      const box = cell.getBoundingClientRect();
      const isSeen = seen !== undefined && box.left < seen.right && box.right > seen.left && box.top < seen.bottom;
      if (!isSeen || !(cell instanceof HTMLElement)) return [];
      const { look, glyph = '', kind, severity, noted, news } = cell.dataset;
      if (news !== undefined) return [];
      if (look === 'renamed') return [glyph];
      if (noted !== undefined) return ['note'];
      if (kind !== undefined && look !== 'arriving') return [kind === 'mismatched' ? `${kind} ${severity}` : kind];
      // What need not be there yet has one sign, whatever the reason.
      return [glyph === '◌' ? 'not yet' : `${look} ${glyph}`];
    });
  });

test('each mark of the legend is on the first screen of the demo, or one scroll away', async ({ page, open }) => {
  await open();
  await expect(grid(page).getByRole('gridcell').first()).toBeVisible();
  const cells = '.mx-scroller [role="gridcell"]';
  const seen = new Set(await marksOf(page, cells));
  const area = page.locator('.mx-scroller');
  for (const way of ['right', 'down'] as const) {
    await area.evaluate((of, to) => {
      const [x, y] = to === 'right' ? [of.clientWidth, 0] : [0, of.clientHeight];
      of.scrollTo(x, y);
    }, way);
    // What comes into view is drawn a frame later.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    for (const mark of await marksOf(page, cells)) seen.add(mark);
  }
  await page.getByRole('button', { name: 'Legend' }).click();
  await expect(page.getByRole('dialog', { name: 'Legend' }).getByText('What is wrong')).toBeVisible();
  // News are of what happens while one looks.
  const legend = new Set(await marksOf(page, '.mx-sample .mx-cell'));
  expect(legend.size).toBe(17);
  expect([...legend].filter((mark) => !seen.has(mark))).toEqual([]);
});

test('the newest stable release is on it, whole but for the one component that its story lacks', async ({
  page,
  open,
}) => {
  await open();
  const head = grid(page).getByRole('rowheader', { name: /^v1\.6\.0,/ });
  await expect(head).toBeInViewport({ ratio: 1 });
  await expect(head).toContainText('62/63');
});
