import type { Browser, Page } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import type { BoundId } from './bounds.ts';
import { cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import type { EstateSize } from './drawn-estate.ts';
import { runningItems } from './generated-items.ts';
import { inFreshPage, VIEWPORT } from './measure.ts';
import type { Line } from './results.ts';

/** Polls must not come between, milliseconds. */
const NO_POLL_MS = 600_000;

/** What is done, and by what the answer is known to be drawn. Each selector matches nothing before. */
interface Asked {
  readonly name: string;
  readonly id: BoundId;
  /** A link to click, or an address of the page to go to without loading it anew. */
  readonly by: { readonly link: string } | { readonly search: string } | { readonly keys: string };
  readonly shows: string;
}

const ASKED: readonly Asked[] = [
  {
    name: 'Environments',
    id: 'view-environments',
    by: { link: 'Environments' },
    shows: '[aria-label="What runs where"] [role=gridcell]',
  },
  { name: 'Findings', id: 'view-findings', by: { link: 'Findings' }, shows: '[aria-label="Findings"] li a' },
  {
    name: 'Compare of two releases',
    id: 'view-compare',
    by: { search: '?view=compare&a={older}&b={newer}' },
    shows: '[aria-label="Comparison"] li',
  },
  {
    name: 'Release',
    id: 'view-release',
    by: { search: '?view=release&release={newer}' },
    shows: '[aria-label="Completeness by type"] li',
  },
  { name: 'search', id: 'view-search', by: { keys: 'component-17' }, shows: '[role="option"]' },
];

/** Backstage’s: so large a table is on one screen in the overview, which is drawn from memory, as cells are all at hand. */
const OVERVIEW = { releases: 554, components: 331 } as const satisfies EstateSize;

/** From the question to the frame that shows its answer, at 100,000 fragments; and of the overview. */
export async function benchViews(
  browser: Browser,
  dashboardFolder: string,
  pagesOrigin: string,
  rounds: number,
): Promise<Line[]> {
  const canned = cannedTable(runningItems(500, 200), [1, 4]);
  const served = await serveTables(new Map([['generated', canned]]));
  const dashboard = await serveDashboard(dashboardFolder, served.origin, ['generated'], NO_POLL_MS);
  const took = new Map<string, number[]>(ASKED.map(({ name }) => [name, []]));
  const trips: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({ viewport: VIEWPORT });
      const page = await context.newPage();
      await page.goto(`${dashboard.origin}/generated`);
      await page.waitForFunction(
        () =>
          document.querySelector('[role=gridcell]') !== null &&
          document.querySelector('[role=status]')?.textContent?.includes('Live') === true,
      );
      for (const [name, ms] of await askEach(page)) took.get(name)?.push(ms);
      await page.goto(`${pagesOrigin}/bare.html`);
      trips.push(await page.evaluate(roundTrip));
      await context.close();
    }
  } finally {
    await dashboard.stop();
    await served.stop();
  }
  const lines = ASKED.map(
    ({ name, id }): Line => ({
      subject: name,
      measure: 'asked → drawn, ms',
      ours: took.get(name) ?? [],
      other: trips,
      otherName: 'a message to a worker and back, ms',
      target: null,
      id,
    }),
  );
  return [...lines, await overviewLine(browser, pagesOrigin, rounds)];
}

async function overviewLine(browser: Browser, pagesOrigin: string, rounds: number): Promise<Line> {
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const took = await inFreshPage(browser, `${pagesOrigin}/matrix.html`, (page) =>
      page.evaluate(async (size) => {
        await window.bench?.draw?.(size);
        return window.bench?.overview?.();
      }, OVERVIEW),
    );
    ours.push(took ?? Number.NaN);
  }
  const { releases, components } = OVERVIEW;
  const subject = `overview of ${releases} × ${components}`;
  return { subject, measure: 'asked → drawn, ms', ours, target: null, id: 'view-overview' };
}

/** Asks for each view of a dashboard that shows its matrix. @returns milliseconds until the frame with its answer, by view */
export async function askEach(page: Page): Promise<ReadonlyMap<string, number>> {
  const took = new Map<string, number>();
  for (const asked of ASKED) {
    // Once for its program, which is loaded then, and once for the answer.
    await ask(page, asked);
    took.set(asked.name, await ask(page, asked));
  }
  return took;
}

/** @returns milliseconds from the question to the frame that shows the answer */
async function ask(page: Page, { by, shows }: Asked): Promise<number> {
  const took = await page.evaluate(
    async ([how, selector]) => {
      const frame = () => new Promise((resume) => requestAnimationFrame(resume));
      const tags = [...document.querySelectorAll('[data-open]')].map((each) => each.getAttribute('data-open') ?? '');
      const [newer = '', older = ''] = tags;
      const act = (): void => {
        if ('link' in how) {
          const links = [...document.querySelectorAll<HTMLElement>('nav[aria-label="Views"] a')];
          links.find((link) => link.textContent?.startsWith(how.link))?.click();
        } else if ('search' in how) {
          const search = how.search
            .replace('{older}', encodeURIComponent(older))
            .replace('{newer}', encodeURIComponent(newer));
          history.pushState(history.state, '', search);
          dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
        } else {
          const box = document.querySelector<HTMLInputElement>('[role=dialog] input');
          const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
          if (box) set?.call(box, how.keys);
          box?.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
      };
      if ('keys' in how) {
        dispatchEvent(new Event('blur'));
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
        while (document.querySelector('[role=dialog] [role=option]') === null) await frame();
      }
      const before = document.querySelector(selector)?.textContent ?? null;
      const started = performance.now();
      act();
      for (;;) {
        const now = document.querySelector(selector)?.textContent ?? null;
        if (now !== null && now !== before) break;
        if (performance.now() - started > 20_000) throw new Error(`Waited for ${selector} in vain.`);
        await frame();
      }
      await frame();
      return performance.now() - started;
    },
    [by, shows] as const,
  );
  await page.evaluate(async () => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    document
      .querySelector('[role=dialog] input')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    [...document.querySelectorAll<HTMLElement>('nav[aria-label="Views"] a')][0]?.click();
  });
  await page.waitForSelector('[role=gridcell]');
  return took;
}

/** Runs in a page without a policy. @returns milliseconds, the mean of some */
async function roundTrip(): Promise<number> {
  const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = ({ data }) => postMessage(data)'])));
  const once = () =>
    new Promise((resume) => {
      worker.onmessage = resume;
      worker.postMessage(1);
    });
  await once();
  const started = performance.now();
  for (let time = 0; time < 50; time++) await once();
  worker.terminate();
  return (performance.now() - started) / 50;
}
