import type { Browser, Page } from '@playwright/test';
import { mainMs, VIEWPORT } from './measure.ts';

/** What is to be seen for a page to have arrived. */
export type Arrival = 'bare' | 'cells' | 'dashboard';

/** One start of a page, with cold code and a cold heap. Times from navigation on, milliseconds. */
export interface Started {
  /** The frame with the first cells; NaN where the page has none. */
  readonly firstRows: number;
  /** The frame with all that is to come. */
  readonly painted: number;
  /** What tasks of more than 50 ms took beyond that, until then; and how many they were. */
  readonly blockedMs: number;
  readonly longTasks: number;
  /** Time of the main thread until then. */
  readonly main: number;
  /** Heap after two collections, MB: of the page and of its workers. */
  readonly heapMb: number;
}

interface StartOptions {
  /** How many times as slow the page's processor is made. */
  readonly slowedBy?: number;
  /** What is done with the page once it has arrived, before its heap is looked at. */
  readonly onceThere?: (page: Page) => Promise<void>;
}

/** Longest that a start may take, milliseconds. */
const LIMIT_MS = 60_000;

/** Opens a page and waits until it has arrived. */
export async function measureStart(
  browser: Browser,
  url: string,
  arrival: Arrival,
  { slowedBy = 1, onceThere }: StartOptions = {},
): Promise<Started> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    page.on('pageerror', (fault) => process.stderr.write(`${url}: ${fault.message}\n`));
    await page.addInitScript(watchStart, arrival);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    if (slowedBy > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowedBy });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => Reflect.get(window, 'benchStart')?.painted, undefined, {
      polling: 100,
      timeout: LIMIT_MS,
    });
    const main = await mainMs(session);
    const seen: Omit<Started, 'main' | 'heapMb'> = await page.evaluate(() => Reflect.get(window, 'benchStart'));
    await onceThere?.(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
    const ofWorkers = slowedBy > 1 ? 0 : await workersHeap(browser);
    return { ...seen, main, heapMb: (heap + ofWorkers) / 1e6 };
  } finally {
    await context.close();
  }
}

interface HeapAnswer {
  readonly id?: number;
  readonly result?: { readonly usedSize?: number };
}

/** Heap of all workers after two collections, bytes. */
async function workersHeap(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  let sum = 0;
  for (const { targetId } of targetInfos.filter(({ type }) => type === 'worker')) {
    // Playwright has no session with a worker; this is the older way to one, by messages.
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
    const call = (id: number, method: string): Promise<HeapAnswer> =>
      new Promise((resume) => {
        const receive = ({ sessionId: from, message }: { sessionId: string; message: string }) => {
          const answer: HeapAnswer = JSON.parse(message);
          if (from !== sessionId || answer.id !== id) return;
          session.off('Target.receivedMessageFromTarget', receive);
          resume(answer);
        };
        session.on('Target.receivedMessageFromTarget', receive);
        void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
      });
    await call(1, 'HeapProfiler.collectGarbage');
    await call(2, 'HeapProfiler.collectGarbage');
    sum += (await call(3, 'Runtime.getHeapUsage')).result?.usedSize ?? Number.NaN;
  }
  await session.detach();
  return sum;
}

/** Runs in the page, before anything else. Looks once per frame, as a person would. */
function watchStart(arrival: Arrival): void {
  const seen = { firstRows: Number.NaN, painted: 0, blockedMs: 0, longTasks: 0 };
  Reflect.set(window, 'benchStart', seen);
  let cells = false;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      if (seen.painted !== 0 && startTime > seen.painted) continue;
      seen.longTasks += 1;
      seen.blockedMs += duration - 50;
    }
  }).observe({ type: 'longtask', buffered: true });
  const arrived = (): boolean => {
    if (arrival === 'bare') return Reflect.get(window, 'bareDone') === true;
    if (arrival === 'cells') return cells;
    const isWhole = document.querySelector('[role=grid][aria-busy]') === null;
    return cells && isWhole && document.querySelector('[role=status]')?.textContent?.includes('Live') === true;
  };
  // What one look finds was made before this frame; the next look comes when the frame has been made.
  let found = false;
  const look = (now: number) => {
    if (found) {
      seen.painted = now;
      if (cells && Number.isNaN(seen.firstRows)) seen.firstRows = now;
      return;
    }
    if (cells && Number.isNaN(seen.firstRows)) seen.firstRows = now;
    // Of a screenful all, which come a few at a time.
    cells ||= document.querySelector('[role=grid]:not([aria-busy]) [role=gridcell]') !== null;
    found = arrived();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
