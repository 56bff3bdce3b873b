import type { Browser } from '@playwright/test';
import { serveTables } from './bench-server.ts';
import type { BoundId } from './bounds.ts';
import { cannedTable } from './canned-table.ts';
import { serveDashboard } from './dashboard-pages.ts';
import { generatedItems } from './generated-items.ts';
import { type Arrival, measureStart, type Started } from './measure-start.ts';
import { type Line, ratios } from './results.ts';
import { measureInTurn } from './turns.ts';

const SIZES = [
  ['2k', 20, 100],
  ['20k', 200, 100],
  ['100k', 500, 200],
] as const;

/** An address, by what it is known to have arrived, and how much slower the processor is made. */
type Way = readonly [url: string, arrival: Arrival, slowedBy?: number];

/** As slow as the laptops that it is used on may be, beside the machines that it is made on. */
const SLOWED_BY = 4;

/** Polls must not come between: far more than a start takes, milliseconds. */
const NO_POLL_MS = 600_000;

/**
 * G3 to G6 and G14: the dashboard from navigation to its final matrix, beside a page that only fetches and parses.
 *
 * @param dashboardFolder the built dashboard
 * @param pagesOrigin the benchmark's own pages
 */
export async function benchColdStart(
  browser: Browser,
  dashboardFolder: string,
  pagesOrigin: string,
  rounds: number,
): Promise<Line[]> {
  const tables = new Map(
    SIZES.map(([name, releases, components]) => [name, cannedTable(generatedItems(releases, components), [1, 4])]),
  );
  const served = await serveTables(tables);
  const dashboard = await serveDashboard(dashboardFolder, served.origin, [...tables.keys()], NO_POLL_MS);
  const bare = (size: string) => `${pagesOrigin}/bare.html?endpoint=${encodeURIComponent(`${served.origin}/${size}`)}`;
  const ways = new Map<string, Way>([
    ['empty', [`${pagesOrigin}/bare.html`, 'bare']],
    ['shell', [`${pagesOrigin}/matrix.html?draw=20x100`, 'cells']],
    ...SIZES.flatMap(([size]): [string, Way][] => [
      [`bare ${size}`, [bare(size), 'bare']],
      [`ours ${size}`, [`${dashboard.origin}/${size}`, 'dashboard']],
      [`slow ${size}`, [`${dashboard.origin}/${size}`, 'dashboard', SLOWED_BY]],
    ]),
  ]);
  try {
    const of = await measureInTurn(
      rounds,
      [...ways.keys()],
      (way) => {
        const [url, arrival, slowedBy] = ways.get(way) ?? ['', 'bare'];
        return measureStart(browser, url, arrival, slowedBy === undefined ? {} : { slowedBy });
      },
      { ways: SIZES.map(([size]) => `bare ${size}`), took: ({ painted }) => painted },
    );
    return linesOf(of);
  } finally {
    await dashboard.stop();
    await served.stop();
  }
}

function linesOf(of: (way: string) => Started[]): Line[] {
  const values = (way: string, key: keyof Started) => of(way).map((started) => started[key]);
  const ratio = (size: string, measure: string, key: keyof Started, id: BoundId): Line => ({
    subject: size,
    measure: `${measure}, ratio to bare page`,
    ours: ratios(values(`ours ${size}`, key), values(`bare ${size}`, key)),
    other: values(`ours ${size}`, key),
    otherName: 'itself',
    target: null,
    id,
  });
  const shell = values('shell', 'painted').map((ms, round) => ms - (values('empty', 'painted')[round] ?? Number.NaN));
  const overBare = (size: string): number[] =>
    values(`ours ${size}`, 'painted').map((ms, round) => ms - (values(`bare ${size}`, 'painted')[round] ?? Number.NaN));
  const inShells = (size: string, id: BoundId): Line => ({
    subject: size,
    measure: 'beyond the bare page, in D',
    ours: ratios(overBare(size), shell),
    other: values(`ours ${size}`, 'painted'),
    otherName: 'itself, ms',
    target: null,
    id,
  });
  const count = (size: string, measure: string, key: keyof Started, id: BoundId): Line => ({
    subject: size,
    measure,
    ours: values(`ours ${size}`, key),
    other: values(`bare ${size}`, key),
    otherName: 'bare page',
    target: null,
    id,
  });
  return [
    count('2k', 'tasks over 50 ms', 'longTasks', 'long-tasks-2k'),
    count('20k', 'tasks over 50 ms', 'longTasks', 'long-tasks-20k'),
    count('100k', 'tasks over 50 ms', 'longTasks', 'long-tasks-100k'),
    ratio('20k', 'main thread', 'main', 'main-20k'),
    ratio('100k', 'main thread', 'main', 'main-100k'),
    { subject: 'D', measure: 'ms', ours: shell, target: null, under: 'G4' },
    inShells('2k', 'start-2k'),
    inShells('20k', 'start-20k'),
    ratio('100k', 'final matrix', 'painted', 'start-100k'),
    {
      subject: '100k',
      measure: 'ratio to 2k',
      ours: ratios(values('ours 100k', 'firstRows'), values('ours 2k', 'firstRows')),
      other: values('ours 100k', 'firstRows'),
      otherName: 'itself, ms',
      target: null,
      id: 'first-rows-size',
    },
    {
      subject: '100k',
      measure: 'ratio to its final matrix',
      ours: ratios(values('ours 100k', 'firstRows'), values('ours 100k', 'painted')),
      target: null,
      id: 'first-rows-final',
    },
    count('2k', 'blocked, ms', 'blockedMs', 'blocked-2k'),
    count('20k', 'blocked, ms', 'blockedMs', 'blocked-20k'),
    count('100k', 'blocked, ms', 'blockedMs', 'blocked-100k'),
    ...SIZES.map(
      ([size]): Line => ({
        subject: size,
        measure: `blocked on a machine ${SLOWED_BY} times slower, ms`,
        ours: values(`slow ${size}`, 'blockedMs'),
        other: values(`slow ${size}`, 'longTasks'),
        otherName: 'tasks over 50 ms',
        target: null,
        id: `blocked-slow-${size}`,
      }),
    ),
    ratio('100k', 'heap', 'heapMb', 'heap-100k'),
  ];
}
