import type { Browser, CDPSession, Page } from '@playwright/test';
import type { EstateSize } from './drawn-estate.ts';
import './pages/bench-page.ts';

/** A screen of the usual size of an office's. */
const VIEWPORT = { width: 1600, height: 900 };
/** As fast as a strong flick of a wheel, CSS pixels per second. */
const SCROLL_SPEED = 4_000;
/** One frame at 60 Hz, milliseconds. */
const FRAME_MS = 1000 / 60;

/** One scroll. */
export interface Scrolled {
  /** Share of the frames that were due and did not come, per cent. */
  readonly dropped: number;
  /** 95 % of the frames took at most this long, milliseconds. */
  readonly p95: number;
  /** Time of the main thread, milliseconds. */
  readonly main: number;
}

export interface Drawn {
  /** Data ready until the frame with cells was made, milliseconds. */
  readonly paint: number;
  readonly down: Scrolled;
  readonly across: Scrolled;
}

/** Draws a matrix in a fresh context, with cold code and a cold heap, and scrolls it down and then across. */
export async function measureDrawing(browser: Browser, url: string, size: EstateSize, px: number): Promise<Drawn> {
  return inFreshPage(browser, url, async (page) => {
    const paint = await page.evaluate(async (wanted) => window.bench?.draw?.(wanted), size);
    if (paint === undefined) throw new Error(`${url} cannot draw.`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.waitForTimeout(500);
    const down = await scroll(page, session, { yDistance: -px });
    await page.waitForTimeout(300);
    const across = await scroll(page, session, { xDistance: -px });
    return { paint, down, across };
  });
}

/** Reads a canned table in a fresh context; @returns milliseconds */
export async function measureLoad(
  browser: Browser,
  url: string,
  way: string,
  endpoint: string,
  expected: number,
): Promise<number> {
  return inFreshPage(browser, url, async (page) => {
    const loaded = await page.evaluate(
      async ([by, from]) => window.bench?.load?.(by ?? '', from ?? ''),
      [way, endpoint],
    );
    if (loaded?.items !== expected) throw new Error(`${way} read ${loaded?.items} items instead of ${expected}.`);
    return loaded.ms;
  });
}

/** Does something with a page in a context of its own. */
export async function inFreshPage<T>(browser: Browser, url: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    page.on('pageerror', (fault) => process.stderr.write(`${url}: ${fault.message}\n`));
    await page.goto(url);
    await page.waitForFunction(() => window.bench !== undefined);
    return await measure(page);
  } finally {
    await context.close();
  }
}

async function scroll(
  page: Page,
  session: CDPSession,
  distance: { readonly xDistance?: number; readonly yDistance?: number },
): Promise<Scrolled> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let going = true;
    const tick = (now: number) => {
      frames.push(now);
      if (going) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Reflect.set(window, 'endFrames', () => {
      going = false;
      return frames;
    });
  });
  const before = await mainMs(session);
  await session.send('Input.synthesizeScrollGesture', {
    x: VIEWPORT.width / 2,
    y: VIEWPORT.height / 2,
    ...distance,
    speed: SCROLL_SPEED,
    gestureSourceType: 'mouse',
  });
  const main = (await mainMs(session)) - before;
  const frames: number[] = await page.evaluate(() => Reflect.get(window, 'endFrames')());
  const times = frames.slice(1).map((time, index) => time - (frames[index] ?? time));
  const missed = times.reduce((sum, time) => sum + Math.max(0, Math.round(time / FRAME_MS) - 1), 0);
  const sorted = [...times].sort((a, b) => a - b);
  return {
    dropped: (100 * missed) / (times.length + missed),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    main,
  };
}

async function mainMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}
