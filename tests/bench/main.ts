// `npm run bench`: how fast a table is read and a matrix drawn and scrolled, beside the limit and a peer measured in the
// same run. `--rounds 5` says how often, `--only load|scroll|findings|start`
// what. Ratios are formed within a round, for the machine is
// another one from minute to minute; what counts is their median.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { findChromium } from '../../scripts/chromium.mjs';
import { servePages, serveTables } from './bench-server.ts';
import { backstageItems, cannedTable, generatedItems, type TextItem } from './canned-table.ts';
import { benchCliStart } from './cli-start.ts';
import type { EstateSize } from './drawn-estate.ts';
import { type Drawn, measureDrawing, measureLoad, type Scrolled } from './measure.ts';
import { type Line, printLines, ratios } from './results.ts';
import { benchSimulation } from './simulate.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const BACKSTAGE = join(REPOSITORY, '../shared/data/backstage-releases.json');

/** How much is scrolled, CSS pixels: so far that the larger matrix is crossed as the smaller is. */
const SIZES: readonly (EstateSize & { readonly px: number })[] = [
  { releases: 500, components: 200, px: 12_000 },
  { releases: 2000, components: 500, px: 16_000 },
];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds wants a whole number, got ${values.rounds}.`);

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('No Chromium. "node scripts/ensure-chromium.mjs" gets one.');
const folder = mkdtempSync(join(tmpdir(), 'release-matrix-bench-'));
const browser = await chromium.launch({
  executablePath,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...['--no-first-run', '--disable-extensions'],
  ],
});
try {
  await buildPages(folder);
  const pages = await servePages(folder);
  const lines: Line[] = [];
  const wants = (part: string) => values.only === undefined || values.only === part;
  if (wants('findings')) lines.push(...(await benchDomain(folder)));
  if (wants('start')) lines.push(...benchCliStart(rounds));
  if (wants('simulate')) lines.push(...(await benchSimulation()));
  if (wants('load')) lines.push(...(await benchLoad(browser, pages.origin)));
  if (wants('scroll')) lines.push(...(await benchDrawing(browser, pages.origin)));
  await pages.stop();
  process.stdout.write(printLines(lines));
  mkdirSync(join(REPOSITORY, 'bench-results'), { recursive: true });
  const at = new Date().toISOString();
  const file = join(REPOSITORY, 'bench-results', `${at.replaceAll(':', '-')}.json`);
  const facts = { at, rounds, browser: browser.version(), node: process.version, lines };
  writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`);
  process.stdout.write(`\nWritten to ${file}\n`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The pages as they would be shipped: minified, React in its production form. */
async function buildPages(outDir: string): Promise<void> {
  // Vite's module runner, by which we run, has set it to development, and a build keeps what it finds: it would measure
  // React's development form, which is several times slower.
  process.env.NODE_ENV = 'production';
  const root = join(import.meta.dirname, 'pages');
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: { input: ['matrix', 'ag-grid', 'load'].map((name) => join(root, `${name}.html`)) },
    },
  });
}

/** The Backstage estate where it is at hand, else a generated one of its size. */
function estateItems(): [items: readonly TextItem[], name: string] {
  return existsSync(BACKSTAGE)
    ? [backstageItems(BACKSTAGE), 'Backstage']
    : [generatedItems(555, 331), 'generated, 555 × 331'];
}

/** Bundled as it would be shipped: through Vite's module runner each call between two files would cost a look-up. */
async function benchDomain(outDir: string): Promise<Line[]> {
  const entry = join(import.meta.dirname, 'findings.ts');
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { outDir: join(outDir, 'domain'), emptyOutDir: true, ssr: entry },
    ssr: { noExternal: true },
  });
  const bundle: typeof import('./findings.ts') = await import(join(outDir, 'domain', 'findings.js'));
  return bundle.benchFindings(...estateItems(), rounds);
}

async function benchLoad(chrome: Browser, origin: string): Promise<Line[]> {
  const [estate, estateName] = estateItems();
  const tables = new Map([
    ['generated', cannedTable(generatedItems(500, 200), [1, 4])],
    ['estate', cannedTable(estate, [1, 4])],
  ]);
  const served = await serveTables(tables);
  const lines: Line[] = [];
  for (const [name, { items }] of tables) {
    const reader: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [way, times] of inTurn<[string, number[]]>(round, ['bare', bare], ['reader', reader])) {
        times.push(await measureLoad(chrome, `${origin}/load.html`, way, `${served.origin}/${name}`, items));
      }
    }
    const what = name === 'generated' ? 'generated, 500 B each' : estateName;
    const subject = `load ${items} (${what})`;
    lines.push({
      subject,
      measure: 'ms',
      ours: reader,
      other: bare,
      otherName: 'bare fetch + JSON.parse',
      target: null,
    });
    lines.push({ subject, measure: 'ratio', ours: ratios(reader, bare), target: { atMost: 1.15, goal: 'G1' } });
  }
  await served.stop();
  return lines;
}

async function benchDrawing(chrome: Browser, origin: string): Promise<Line[]> {
  const lines: Line[] = [];
  const oursBySize: Drawn[][] = [];
  for (const { px, ...size } of SIZES) {
    const ours: Drawn[] = [];
    const peer: Drawn[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [page, drawn] of inTurn<[string, Drawn[]]>(round, ['matrix', ours], ['ag-grid', peer])) {
        drawn.push(await measureDrawing(chrome, `${origin}/${page}.html`, size, px));
      }
      process.stderr.write(`${size.releases} × ${size.components}: round ${round + 1} of ${rounds}\n`);
    }
    oursBySize.push(ours);
    lines.push(...drawingLines(`${size.releases} × ${size.components}`, ours, peer));
  }
  const [small = [], large = []] = oursBySize;
  const [smallPx = 1, largePx = 1] = SIZES.map(({ px }) => px);
  const perPx = (drawn: readonly Drawn[], px: number) =>
    drawn.map(({ down, across }) => (down.main + across.main) / px);
  const goal = { atMost: 1.15, goal: 'G10' };
  lines.push(
    { subject: 'large to small', measure: 'paint', ours: ratios(large.map(paintOf), small.map(paintOf)), target: goal },
    {
      subject: 'large to small',
      measure: 'main per px',
      ours: ratios(perPx(large, largePx), perPx(small, smallPx)),
      target: goal,
    },
  );
  return lines;
}

function drawingLines(subject: string, ours: readonly Drawn[], peer: readonly Drawn[]): Line[] {
  const otherName = 'ag-grid';
  const compare = (measure: string, of: (drawn: Drawn) => number, atMost: number, goal: string): Line[] => {
    const [own, other] = [ours.map(of), peer.map(of)];
    return [
      { subject, measure: `${measure}, ms`, ours: own, other, otherName, target: null },
      { subject, measure: `${measure}, ratio`, ours: ratios(own, other), target: { atMost, goal } },
    ];
  };
  const scrolled = (
    name: string,
    of: (drawn: Drawn) => Scrolled,
    dropped: number,
    p95: number,
    main: number,
  ): Line[] => [
    {
      subject,
      measure: `${name}: dropped, %`,
      ours: ours.map((drawn) => of(drawn).dropped),
      other: peer.map((drawn) => of(drawn).dropped),
      otherName,
      target: { atMost: dropped, goal: 'G9' },
    },
    ...compare(`${name}: p95 frame`, (drawn) => of(drawn).p95, p95, 'G9'),
    ...compare(`${name}: main`, (drawn) => of(drawn).main, main, 'G9'),
  ];
  return [
    ...compare('data ready → painted', paintOf, 0.4, 'G11'),
    ...scrolled('scroll down', ({ down }) => down, 1, 1, 0.8),
    ...scrolled('scroll across', ({ across }) => across, 2, 0.65, 0.65),
  ];
}

function paintOf({ paint }: Drawn): number {
  return paint;
}

/** Odd rounds go in the other order, so that neither always has the warmer machine. */
function inTurn<T>(round: number, ...items: T[]): T[] {
  return round % 2 === 1 ? items.reverse() : items;
}
