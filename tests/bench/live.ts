import type { Browser } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import { cannedTable } from './canned-table.ts';
import { generatedItems } from './generated-items.ts';
import { inFreshPage } from './measure.ts';
import { WORK_MARK } from './pages/bench-page.ts';
import type { Line } from './results.ts';

const WAYS = ['first load', 'poll that finds all unchanged', 'one changed fragment'] as const;

/** What counts as long, as the browser's own observer counts it. */
const LONG_MS = 50;

/** What a trace of Chromium's holds, as far as it is asked. Times are in microseconds. */
interface TraceEvent {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** Time of the processor, which other programs of a busy machine do not lengthen. */
  readonly tdur?: number;
}

/** The name of the category that holds every task of a thread, and of the event that is one. */
const TASKS = { category: 'disabled-by-default-devtools.timeline', event: 'RunTask' } as const;

/** How long the page's main thread worked on each of its tasks meanwhile, milliseconds of the processor. */
async function taskTimes(chrome: Browser, work: () => Promise<unknown>): Promise<number[]> {
  const session = await chrome.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  // The protocol's own types leave open what an event holds.
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    // Else a long trace lacks its end, and says nothing of it.
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: [TASKS.category, 'blink.user_timing'],
      excludedCategories: ['*'],
    },
  });
  await work();
  const complete = new Promise((resume) => session.once('Tracing.tracingComplete', resume));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  // Chromium has pages of its own, which start about now: the mark tells ours.
  const main = new Set(events.filter(({ name }) => name === WORK_MARK).map(threadOf));
  return events.flatMap((event) =>
    event.name === TASKS.event && main.has(threadOf(event)) && event.tdur !== undefined ? [event.tdur / 1000] : [],
  );
}

/**
 * Whether the page stutters while a hundred thousand fragments are read, compared, pivoted and checked: tasks of more
 * than 50 ms, the longest, and how long the whole took. Tasks are measured by the processor's time, from a trace: by the
 * wall's, as `PerformanceObserver` does, a busy machine makes short tasks long.
 *
 * @param origin of the built pages
 */
export async function benchLive(chrome: Browser, origin: string, rounds: number): Promise<Line[]> {
  const canned = cannedTable(generatedItems(500, 200), [1, 4]);
  const served = await serveTables(new Map([['generated', canned]]));
  const measured = new Map(
    WAYS.map((way) => [
      way,
      { counts: [] as number[], longest: [] as number[], main: [] as number[], ms: [] as number[] },
    ]),
  );
  for (let round = 0; round < rounds; round++) {
    await inFreshPage(chrome, `${origin}/live.html`, async (page) => {
      for (const [way, { counts, longest, main, ms }] of measured) {
        let took: number | undefined;
        const tasks = await taskTimes(chrome, async () => {
          took = await page.evaluate(
            async ([by, from]) => window.bench?.work?.(by ?? '', from ?? ''),
            [way, `${served.origin}/generated`],
          );
        });
        if (took === undefined) throw new Error('The page cannot work.');
        if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
        counts.push(tasks.filter((task) => task > LONG_MS).length);
        longest.push(Math.max(...tasks));
        main.push(tasks.reduce((sum, task) => sum + task, 0));
        ms.push(took);
      }
    });
  }
  await served.stop();
  const subject = `live ${canned.items}`;
  return [...measured].flatMap(([way, { counts, longest, main, ms }]): Line[] => [
    { subject, measure: `${way}: tasks over 50 ms`, ours: counts, target: { atMost: 0, goal: 'G3' } },
    { subject, measure: `${way}: longest task, ms`, ours: longest, target: null },
    { subject, measure: `${way}: main thread, ms`, ours: main, target: null },
    { subject, measure: `${way}: all of it, ms`, ours: ms, target: null },
  ]);
}
