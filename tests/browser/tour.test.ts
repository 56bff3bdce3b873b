import type { Page } from '@playwright/test';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

// The questions of docs/tour.md, each answered from the matrix in at most three actions: a click, a key, or what is typed.

interface Question {
  readonly question: string;
  readonly actions: readonly ((page: Page) => Promise<void>)[];
  readonly answer: (page: Page) => Promise<void>;
}

const search = (page: Page) => page.keyboard.press('Control+k');
const typeAndEnter = (text: string) => async (page: Page) => {
  await page.keyboard.type(text);
  await expect(page.getByRole('option', { name: new RegExp(text.replaceAll('.', '\\.')) }).first()).toBeVisible();
  await page.keyboard.press('Enter');
};
const openRelease = async (page: Page) => {
  await expect(grid(page).getByRole('rowheader').and(page.locator(':focus'))).toBeVisible();
  await page.keyboard.press('o');
};
const blocks = (page: Page) =>
  page.getByRole('table', { name: 'What is left' }).getByRole('row').filter({ hasText: 'Error' });

const QUESTIONS: readonly Question[] = [
  {
    question: 'which components hold v1.4.0 back, by keys',
    actions: [search, typeAndEnter('v1.4.0'), openRelease],
    async answer(page) {
      await expect(page.getByRole('region', { name: 'Release v1.4.0', exact: true })).toBeVisible();
      await expect(blocks(page)).toHaveText([/media-service.*is missing/, /cart.*prod.*2 of 3 ready/]);
    },
  },
  {
    question: 'which components hold v1.4.0 back, by the mouse',
    actions: [(page) => page.getByRole('link', { name: 'Open release v1.4.0', exact: true }).click()],
    async answer(page) {
      await expect(blocks(page)).toHaveCount(2);
      await page.goBack();
      await expect(grid(page)).toBeVisible();
    },
  },
  {
    question: 'what in production is not as released',
    actions: [(page) => page.getByRole('link', { name: 'Environments' }).click()],
    async answer(page) {
      const table = page.getByRole('grid', { name: 'Environments' });
      await expect(table.getByRole('columnheader', { name: 'prod', exact: true })).toContainText(
        '3 of 12 not as released',
      );
      await expect(table.getByRole('gridcell', { name: / in prod: .*, not as released/ })).toHaveCount(3);
    },
  },
  {
    question: 'what changed between the last two stable releases',
    actions: [
      (page) => page.getByRole('link', { name: 'Compare' }).click(),
      (page) =>
        page
          .getByRole('list', { name: 'Comparisons to start with' })
          .getByRole('link', { name: /^What changed between the last two stable releases\?/ })
          .click(),
    ],
    async answer(page) {
      await expect(page.getByRole('heading', { level: 2 })).toContainText(/v1\.5\.1.*v1\.6\.0/);
      await expect(page.getByRole('list', { name: 'Missing', exact: true })).toContainText('payment-service');
    },
  },
  {
    question: 'what changed between the last two stable releases, by keys',
    actions: [
      (page) =>
        grid(page)
          .getByRole('gridcell', { name: /^admin-console in v1\.6\.0: / })
          .focus(),
      (page) => page.keyboard.press('c'),
    ],
    async answer(page) {
      await expect(page.getByRole('heading', { level: 2 })).toContainText(/v1\.5\.1.*v1\.6\.0/);
    },
  },
  {
    question: 'what would block this release candidate',
    actions: [search, typeAndEnter('1.6.1-rc.1'), openRelease],
    async answer(page) {
      await expect(page.getByText(/Not yet stable: blocked by/)).toBeVisible();
      await expect(blocks(page).first()).toBeVisible();
    },
  },
];

for (const { question, actions, answer } of QUESTIONS) {
  test(`the tour: ${question}`, async ({ page, open }) => {
    expect(actions.length).toBeLessThanOrEqual(3);
    // High enough that v1.4.0 is drawn: to scroll is no action.
    await page.setViewportSize({ width: 1600, height: 1400 });
    await open();
    await expect(grid(page)).toBeVisible();
    for (const act of actions) await act(page);
    await answer(page);
  });
}
