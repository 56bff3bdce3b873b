import type { Locator, Page } from '@playwright/test';
import { box, panel } from './demo-page.ts';
import { grid } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

// What a release manager asks, each from the matrix as it opens, and in how many actions it is answered: a click, a key,
// or a text that is pasted. Answered: the words are on the screen, not only in the page.

interface Walk {
  readonly asks: string;
  /** Actions that it may take. */
  readonly most: number;
  readonly go: (hand: Hand, page: Page) => Promise<void>;
  readonly answer: (page: Page) => Promise<void>;
}

/** Does what a person would, and counts it. */
class Hand {
  actions = 0;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(on: Locator): Promise<void> {
    this.actions++;
    await on.click();
  }

  async press(key: string): Promise<void> {
    this.actions++;
    await this.page.keyboard.press(key);
  }

  /** Into what has the focus. */
  async paste(text: string): Promise<void> {
    this.actions++;
    await this.page.keyboard.insertText(text);
  }

  /** Into a field, by the pointer that puts the focus there. */
  async pasteInto(field: Locator, text: string): Promise<void> {
    this.actions++;
    await field.fill(text);
  }
}

const views = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
const openOf = (page: Page, release: string): Locator =>
  page.getByRole('link', { name: `Open release ${release}`, exact: true });
const left = (page: Page): Locator => page.getByRole('table', { name: 'What is left' }).getByRole('row');
const places = (page: Page): Locator => page.getByRole('group', { name: 'Releases that have it' }).getByRole('option');

const WALKS: readonly Walk[] = [
  {
    asks: 'is v1.6.0 whole, and what blocks it',
    most: 1,
    go: (hand, page) => hand.click(openOf(page, 'v1.6.0')),
    async answer(page) {
      await expect(page.getByText('Blocked by 6, in 5 components')).toBeInViewport();
      const missing = left(page).filter({ hasText: 'payment-service' });
      await expect(missing).toContainText('missing');
      await expect(missing).toContainText('payments');
      for (const row of await left(page).filter({ hasText: 'Error' }).all()) await expect(row).toBeInViewport();
    },
  },
  {
    asks: 'which workload in prod is not as released',
    most: 1,
    go: (hand, page) => hand.click(views(page, 'Environments')),
    async answer(page) {
      const off = page.getByRole('gridcell', { name: / in prod: .*, not as released: / });
      await expect(off).toHaveText([/1\/3 ready/, /1\.6\.0-rc\.2/, /ahead of preprod/]);
      for (const cell of await off.all()) await expect(cell).toBeInViewport();
    },
  },
  {
    asks: 'what changed in payment-service between two stable releases',
    most: 4,
    async go(hand, page) {
      await hand.press('Control+k');
      await hand.paste('payment-service v1.5.1');
      await expect(page.getByRole('option', { name: /^payment-service/ }).first()).toBeVisible();
      await hand.press('Enter');
      await expect(grid(page).locator(':focus')).toHaveAccessibleName(/^payment-service in v1\.5\.1/);
      await hand.press('c');
    },
    async answer(page) {
      await expect(page.getByRole('heading', { level: 2 })).toContainText(/v1\.5\.0.*v1\.5\.1/);
      const line = page.getByRole('listitem').filter({ has: page.locator(':focus') });
      await expect(line).toHaveText(/payment-service.*1\.5\.0.*1\.5\.1/);
      await expect(line).toBeInViewport({ ratio: 1 });
    },
  },
  {
    asks: 'may the candidate be promoted, and by whose doing not yet',
    most: 1,
    go: (hand, page) => hand.click(openOf(page, 'v1.6.1-rc.1')),
    async answer(page) {
      await expect(page.getByText(/Not yet stable: blocked by \d+/)).toBeInViewport();
      await expect(page.getByRole('list', { name: 'What blocks it, by owner' })).toBeInViewport();
    },
  },
  {
    asks: 'who owns what blocks the current releases',
    most: 1,
    go: (hand, page) => hand.click(views(page, /^Findings/)),
    async answer(page) {
      const missing = page.getByRole('link', { name: /payment-service is missing/ });
      await expect(missing).toContainText('payments');
      await expect(missing).toBeInViewport();
    },
  },
  {
    asks: 'where a component’s version is',
    most: 2,
    async go(hand, page) {
      await hand.pasteInto(box(page), 'orders@1.6.0-rc.2');
      await expect(places(page).first()).toHaveText(/runs in .*prod/);
      await hand.press('Enter');
    },
    answer: (page) => expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('orders'),
  },
  {
    asks: 'what happened since yesterday',
    most: 1,
    go: (hand, page) => hand.click(views(page, 'Activity')),
    async answer(page) {
      const activity = page.getByRole('region', { name: 'Activity', exact: true });
      await expect(activity.getByRole('heading').first()).toBeInViewport();
      await expect(activity.getByText(/components published by/).first()).toBeInViewport();
    },
  },
  {
    asks: 'where is this view, for somebody else',
    most: 1,
    go: (hand, page) => hand.click(page.getByRole('button', { name: 'Copy link to this view' })),
    answer: (page) => expect(page.getByRole('button', { name: 'Copy link to this view' })).toHaveText('Copied'),
  },
];

test.use({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });

for (const { asks, most, go, answer } of WALKS) {
  test(`${asks}: ${most} at most`, async ({ page, open }) => {
    await open();
    await expect(grid(page)).toBeVisible();
    const hand = new Hand(page);
    await go(hand, page);
    await answer(page);
    expect(hand.actions).toBeLessThanOrEqual(most);
  });
}

test('a commit and a digest are found by pasting them, Enter: the newest first, what runs now on top', async ({
  page,
  open,
}) => {
  await open('?release=v1.6.0-rc.2&component=k8s%23orders');
  const digest = await panel(page)
    .getByText(/sha256:[0-9a-f]{64}/)
    .first()
    .textContent();
  await open('?release=v1.6.0-rc.2&component=backend%23order-service');
  const commit = await panel(page)
    .getByRole('link', { name: /^[0-9a-f]{40}$/ })
    .textContent();
  const version = (text: string | null) => /v(\d+\.\d+\.\d+)/.exec(text ?? '')?.[1] ?? '';
  for (const [pasted, runs] of [
    [/sha256:[0-9a-f]{64}/.exec(digest ?? '')?.[0] ?? '', true],
    [commit ?? '', false],
  ] as const) {
    await open();
    const hand = new Hand(page);
    await hand.pasteInto(box(page), pasted);
    await expect(places(page).first()).toBeVisible();
    const texts = await places(page).allTextContents();
    if (runs) expect(texts[0]).toMatch(/runs in /);
    // Of those that run nowhere the newest comes first.
    const resting = texts.filter((text) => !text.includes('runs in ')).map(version);
    expect(resting).toEqual(resting.toSorted((a, b) => b.localeCompare(a, undefined, { numeric: true })));
    await hand.press('Enter');
    await expect(panel(page)).toBeVisible();
    expect(hand.actions).toBe(2);
  }
});
