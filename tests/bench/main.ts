import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { servePages } from './bench-server.ts';
import { buildDashboard, buildForNode, buildPages } from './builds.ts';
import { benchBundle } from './bundle.ts';
import { benchBusy } from './busy.ts';
import { benchCliStart } from './cli-start.ts';
import { benchColdStart } from './cold-start.ts';
import { benchDrawing } from './drawing.ts';
import { estateItems } from './estate-items.ts';
import { benchFelt, FELT_SIZES } from './felt.ts';
import { generatedItems } from './generated-items.ts';
import { benchIdle } from './idle.ts';
import { benchLive } from './live.ts';
import { benchLoad } from './load.ts';
import { benchMillion } from './million.ts';
import { benchPivot } from './pivot.ts';
import { judge, type Line, markdownTable, printLines } from './results.ts';
import { benchSimulation } from './simulate.ts';
import { benchViews } from './views.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const DOCUMENT = join(REPOSITORY, 'docs/performance.md');
/** The table of results stands between these in the document. */
const MARKERS = ['<!-- bench:start -->', '<!-- bench:end -->'] as const;

/** What can be measured, in the order in which it is. Only what is asked for is built and opened. */
const PARTS = {
  bundle: {
    says: 'sizes of the files that are shipped (G13); takes seconds',
    run: async ({ dashboard }) => benchBundle((await dashboard()).built),
  },
  findings: {
    says: 'the report after a change beside anew, and what the checks cost (G8)',
    run: async ({ folder }) => benchDomain(join(folder, 'domain')),
  },
  hour: {
    says: 'an hour of live changes: whether the heap stays as it is',
    run: async ({ folder }) => {
      const { benchHour }: typeof import('./hour.ts') = await import(await buildForNode(join(folder, 'hour'), 'hour'));
      return benchHour(generatedItems(100, 100));
    },
  },
  simulate: {
    says: '20,000 writes, and how late a dashboard shows each; takes a minute',
    run: async () => benchSimulation(),
  },
  pivot: {
    says: 'the report beside a roll-up without checks, cold (G7)',
    run: async ({ browser, pages }) => benchPivot(await browser(), await pages(), rounds),
  },
  start: { says: 'the command line beside a Node that does nothing', run: async () => benchCliStart(rounds) },
  load: {
    says: 'a whole table read, beside bare fetch and JSON.parse (G1, G2)',
    run: async ({ browser, pages }) => benchLoad(await browser(), await pages(), rounds),
  },
  live: {
    says: 'tasks of more than 50 ms while 100,000 fragments are read and change (G3)',
    run: async ({ browser, pages }) => benchLive(await browser(), await pages(), rounds),
  },
  cold: {
    says: 'the dashboard from navigation to its final matrix (G3 to G6, G14)',
    run: async ({ browser, pages, dashboard }) =>
      benchColdStart(await browser(), (await dashboard()).folder, await pages(), rounds),
  },
  felt: {
    says: 'what a person waits for: first rows, all, one change, a view',
    run: async ({ browser, dashboard }) => benchFelt(await browser(), (await dashboard()).folder, FELT_SIZES, rounds),
  },
  busy: {
    says: 'tasks of more than 50 ms of a page that is used while 100,000 fragments are read (G3)',
    run: async ({ browser, dashboard }) => benchBusy(await browser(), (await dashboard()).folder, rounds),
  },
  views: {
    says: 'any view over 100,000 fragments, from the question to the frame that shows the answer',
    run: async ({ browser, pages, dashboard }) =>
      benchViews(await browser(), (await dashboard()).folder, await pages(), rounds),
  },
  idle: {
    says: 'polls that find nothing new (G12)',
    run: async ({ browser, pages, dashboard }) =>
      benchIdle(await browser(), (await dashboard()).folder, await pages(), rounds),
  },
  scroll: {
    says: 'paint, a changed cell and scrolling, beside ag-grid (G9 to G11)',
    run: async ({ browser, pages }) => benchDrawing(await browser(), await pages(), rounds),
  },
  million: {
    says: 'a million fragments (G4, G14); only where it is asked for, or with --write-docs: wants 10 GB of memory',
    run: async ({ browser, pages, dashboard }) =>
      benchMillion(await browser(), (await dashboard()).folder, await pages(), rounds),
  },
} as const satisfies Record<string, { says: string; run: (at: Places) => Promise<Line[]> }>;

/** Measured only where it is asked for, and for the document. */
const ON_DEMAND: readonly string[] = ['million'];

/** What parts need; each is made when it is first asked for. */
interface Places {
  readonly folder: string;
  readonly browser: () => Promise<Browser>;
  /** Origin of the benchmark's own pages. */
  readonly pages: () => Promise<string>;
  readonly dashboard: () => Promise<{ folder: string; built: Awaited<ReturnType<typeof buildDashboard>> }>;
}

const HELP = `npm run bench -- [options]

Measures how fast the dashboard loads, draws, scrolls and follows, each as a ratio to a limit or a peer that is measured in
the same round, and prints it beside its target and its bound. Writes bench-results/<time>.json.
Exit code 1: a median is over its bound (tests/bench/bounds.ts), which is a regression. A target that is not reached is
no failure; its reason and the next step are printed.

  --rounds <n>    how often each is measured; the median counts. Default 5: about 10 minutes on two cores
  --only <parts>  one or some, with commas:
${Object.entries(PARTS)
  .map(([name, { says }]) => `                    ${name.padEnd(9)} ${says}\n`)
  .join(
    '',
  )}  --write-docs    measures all parts, a million fragments too, and writes the tables into docs/performance.md
  --help          this text
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);

if (values.help) process.stdout.write(HELP);
else process.exitCode = await bench();

async function bench(): Promise<number> {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds wants a whole number, got ${values.rounds}.`);
  const wanted =
    values.only?.split(',') ?? Object.keys(PARTS).filter((name) => values['write-docs'] || !ON_DEMAND.includes(name));
  const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(PARTS).join(', ')}; got ${unknown.join(', ')}.`);
  if (values['write-docs'] && values.only !== undefined) throw new Error('--write-docs wants all parts: no --only.');

  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-bench-'));
  const places = openPlaces(folder);
  const lines: Line[] = [];
  const started = Date.now();
  const [busy = 0] = loadavg();
  const stealBefore = stealShare();
  if (busy > cpus().length / 2) {
    process.stderr.write(`Others are at work on this machine (load ${busy.toFixed(1)}): frames will be dropped.\n`);
  }
  try {
    for (const [name, { run }] of Object.entries(PARTS)) {
      if (!wanted.includes(name)) continue;
      process.stderr.write(`${name} …\n`);
      lines.push(...(await run(places)));
    }
  } finally {
    await places.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const judged = judge(lines);
  process.stdout.write(printLines(judged));

  const steal = stolenSince(stealBefore);
  process.stdout.write(
    `\nLoad ${busy.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after; ${steal} of the processors' time was taken by other machines.\n`,
  );
  const at = new Date().toISOString();
  const version = places.browserVersion();
  const facts = {
    at,
    rounds,
    loadBefore: busy,
    loadAfter: loadavg()[0],
    steal,
    browser: version,
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model,
  };
  mkdirSync(join(REPOSITORY, 'bench-results'), { recursive: true });
  const file = join(REPOSITORY, 'bench-results', `${at.replaceAll(':', '-')}.json`);
  const results = judged.map(({ line, goal, median, target, bound, result }) => ({
    goal,
    ...line,
    median,
    target,
    bound,
    result,
  }));
  writeFileSync(file, `${JSON.stringify({ ...facts, lines: results }, null, 2)}\n`);
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  process.stdout.write(`\nWritten to ${file} after ${minutes} minutes.\n`);

  if (values['write-docs']) {
    const words = `Measured on ${at.slice(0, 10)}: ${rounds} rounds, load ${busy.toFixed(1)} before, steal ${steal}, ${facts.cores} × ${facts.processor}, Chromium ${version ?? '–'}, Node ${process.version}.`;
    writeDocument(markdownTable(judged, words));
  }
  const over = judged.filter(({ result }) => result === 'over');
  for (const { line, median, bound } of over) {
    process.stderr.write(`Over its bound: ${line.subject}, ${line.measure}: ${median} > ${bound}\n`);
  }
  return over.length > 0 ? 1 : 0;
}

/** Ticks of all processors, and of those what the host gave to others; null where the system does not say. */
function stealShare(): { readonly all: number; readonly stolen: number } | null {
  if (!existsSync('/proc/stat')) return null;
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const ticks = line.split(/\s+/).slice(1).map(Number);
  return { all: ticks.reduce((sum, tick) => sum + tick, 0), stolen: ticks[7] ?? 0 };
}

function stolenSince(before: ReturnType<typeof stealShare>): string {
  const now = stealShare();
  if (before === null || now === null) return 'an unknown share';
  return `${((100 * (now.stolen - before.stolen)) / Math.max(now.all - before.all, 1)).toFixed(1)} %`;
}

function openPlaces(folder: string): Places & { close(): Promise<void>; browserVersion(): string | null } {
  const ends: (() => Promise<void>)[] = [];
  let version: string | null = null;
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | null = null;
    return () => {
      made ??= make();
      return made;
    };
  };
  return {
    folder,
    browser: once(async () => {
      const browser = await launch();
      version = browser.version();
      ends.push(() => browser.close());
      return browser;
    }),
    pages: once(async () => {
      const outDir = join(folder, 'pages');
      await buildPages(outDir);
      const server = await servePages(outDir);
      ends.push(() => server.stop());
      return server.origin;
    }),
    dashboard: once(async () => {
      const outDir = join(folder, 'dashboard');
      return { folder: outDir, built: await buildDashboard(outDir) };
    }),
    browserVersion: () => version,
    async close() {
      for (const end of ends) await end();
    },
  };
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium('whole');
  if (executablePath === undefined) throw new Error('No Chromium. "node scripts/ensure-chromium.mjs" gets one.');
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...['--no-first-run', '--disable-extensions'],
    ],
  });
}

async function benchDomain(outDir: string): Promise<Line[]> {
  const bundle: typeof import('./findings.ts') = await import(await buildForNode(outDir, 'findings'));
  return [
    ...bundle.benchFindings(generatedItems(500, 200), 'generated', rounds, 'generated'),
    ...bundle.benchFindings(...estateItems(), rounds, 'estate'),
  ];
}

function writeDocument(table: string): void {
  const text = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  const [start, end] = MARKERS.map((marker) => text.indexOf(marker));
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw new Error(`${DOCUMENT} has no place for the table between ${MARKERS.join(' and ')}.`);
  }
  writeFileSync(DOCUMENT, `${text.slice(0, start)}${MARKERS[0]}\n${table}\n${text.slice(end)}`);
}
