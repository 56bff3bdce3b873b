import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { faultsOfTable, forbiddenImports, ROOMS } from '../scripts/rooms.mjs';

// Who imports whom is held by the table of scripts/rooms.mjs, cycles by biome.json, and what a folder may rely on by its
// tsconfig. A gate that has silently stopped looking passes everything, so violations are planted in a copy of the layout,
// under the repository's own configuration, and must be reported: those, and nothing else.

const REPOSITORY = resolve(import.meta.dirname, '..');
let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'release-matrix-boundaries-'));
  for (const file of ['biome.json', '.gitignore', 'tsconfig.json'])
    copyFileSync(join(REPOSITORY, file), join(copy, file));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function plant(path: string, content: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), content);
}

/** Runs a program of node_modules in the copy and hands back its standard output, whatever its exit code. */
function run(program: string, programArguments: readonly string[]): string {
  const { error, stdout } = spawnSync(join(REPOSITORY, 'node_modules/.bin', program), programArguments, {
    cwd: copy,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return stdout;
}

const BiomeReport = z.object({
  summary: z.object({ unchanged: z.number() }),
  diagnostics: z.array(
    z.object({
      category: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }).optional() }),
    }),
  ),
});

/** @returns `path:line rule` of every cycle that Biome reports in the copy, in order */
function reportedCycles(): readonly string[] {
  const report = BiomeReport.parse(
    JSON.parse(run('biome', ['lint', '--reporter=json', '--only=suspicious/noImportCycles', 'src'])),
  );
  return report.diagnostics
    .map(({ category, location }) => `${location.path}:${location.start?.line} ${category.replace(/^lint\/\w+\//, '')}`)
    .sort();
}

test('the table of rooms has no circle, and every file of src is in a room and keeps to it', () => {
  expect(faultsOfTable()).toEqual([]);
  expect(forbiddenImports(REPOSITORY)).toEqual([]);
});

const NAMES = Object.keys(ROOMS);
const PURE = NAMES.filter((name) => name.startsWith('release/') || name === 'limits');
const PAGE = NAMES.filter((name) => /^(dashboard|live)/.test(name));
const SCREENS = NAMES.filter((name) =>
  /^dashboard\/(activity|compare|details|environments|findings|matrix|release)$/.test(name),
);

/** What the rooms must never take, whatever the table comes to say: from other rooms, and of packages. */
test.each<[string, readonly string[], RegExp, RegExp]>([
  ['the domain is pure', PURE, /^(?!release\/|limits)/, /^(?!zod$|semver$|yaml$)/],
  [
    'the table is read and written without a screen, a server and Node',
    ['contract', 'store'],
    /^(dashboard|live|devserver|cli|aws|demo)/,
    /^(react|node:|vite|@aws-sdk\/credential-providers|@smithy)/,
  ],
  ['the page is no server', PAGE, /^(aws|devserver|cli|demo)/, /^(node:|vite|@aws-sdk\/c|@smithy)/],
  ['screens are apart', SCREENS, /^dashboard\/(?!state|elements|filters|grid)/, /^(node:|nuqs)/],
  ['the local server is no page, and knows no demo', ['devserver'], /^(dashboard|live|cli|demo)/, /^react/],
  ['credentials come from below', ['aws'], /^(dashboard|live|devserver|cli|demo)/, /^(react|vite)/],
  [
    'the command line is no page and no server',
    NAMES.filter((name) => name.startsWith('cli')),
    /^(dashboard|live|devserver|demo)/,
    /^(react|vite)/,
  ],
])('%s', (_, rooms, others, packages) => {
  expect(rooms.length).toBeGreaterThan(0);
  for (const name of rooms) {
    expect(ROOMS[name]?.from.filter((other) => others.test(other))).toEqual([]);
    expect(ROOMS[name]?.packages.filter((module) => packages.test(module))).toEqual([]);
  }
});

/** An address from a file of one room to a file of another. */
const addressOf = (from: string, to: string) => {
  const way = relative(from, join(to, 'planted-too.ts'));
  return way.startsWith('.') ? way : `./${way}`;
};

test.each(NAMES)(
  'what %s takes from rooms and packages that it does not name is reported, and nothing else',
  (name) => {
    const room = ROOMS[name];
    if (room === undefined) throw new Error('expected a room');
    const packages = [
      'react',
      'vite',
      'zod',
      'idb',
      'commander',
      '@aws-sdk/lib-dynamodb',
      '@aws-sdk/client-sts',
      'semver/x.js',
    ];
    const isAllowed = (module: string) => room.packages.some((one) => module === one || module.startsWith(`${one}/`));
    const planted: [string, boolean][] = [
      ...NAMES.map((other): [string, boolean] => [addressOf(name, other), other === name || room.from.includes(other)]),
      ...packages.map((module): [string, boolean] => [module, isAllowed(module)]),
      ['node:fs', room.packages.includes('node:')],
      ['fs', false],
      [addressOf(name, '../tests'), false],
      [addressOf(name, '../node_modules/react'), false],
      [addressOf(name, 'nowhere'), false],
    ];
    plant(
      `src/${name}/planted.ts`,
      planted.map(([module], at) => `import { x as x${at} } from '${module}';\n`).join(''),
    );
    const expected = planted.flatMap(([module, allowed], at) =>
      allowed ? [] : [`src/${name}/planted.ts:${at + 1} imports "${module}"`],
    );
    expect(forbiddenImports(copy).map((line) => line.replace(/, which .*/, ''))).toEqual(expected);
  },
);

test('a forbidden module is reported in whatever form it is imported', () => {
  const forms = [
    "import x from '../../store/table.ts';",
    "import * as all from '../../store/table.ts';",
    "import '../../store/table.ts';",
    "import type { T } from '../../store/table.ts';",
    "import { type U } from '../../store/table.ts';",
    "export { y } from '../../store/table.ts';",
    "export type { V } from '../../store/table.ts';",
    "export * from '../../store/table.ts';",
    "export const lazy = () => import('../../store/table.ts');",
    "export type W = import('../../store/table.ts').T;",
    "import raw from '../../store/table.ts?raw';",
    "import dotted from './../../store/table.ts';",
    'export const named = () => import(`../../store/table.ts`);',
    'export const made = (name: string) => import(name);',
  ];
  plant('src/release/item/planted.ts', `${forms.join('\n')}\n`);
  expect(forbiddenImports(copy).map((line) => line.split(' ')[0])).toEqual(
    forms.map((_, at) => `src/release/item/planted.ts:${at + 1}`),
  );
});

test('a file that is in no room is reported', () => {
  plant('src/elsewhere/planted.ts', 'export const x = 1;\n');
  expect(forbiddenImports(copy)).toEqual(['src/elsewhere/planted.ts:1 is in no room of scripts/rooms.mjs']);
});

test('Biome reports a cycle of imports at each of its files', () => {
  plant('src/release/one.ts', "import { two } from './two.ts';\nexport const one = () => two;\n");
  plant('src/release/two.ts', "import { three } from './checks/three.ts';\nexport const two = () => three;\n");
  plant('src/release/checks/three.ts', "import { one } from '../one.ts';\nexport const three = () => one;\n");
  plant('src/release/outside.ts', "import { one } from './one.ts';\nexport const outside = () => one;\n");
  expect(reportedCycles()).toEqual([
    'src/release/checks/three.ts:1 noImportCycles',
    'src/release/one.ts:1 noImportCycles',
    'src/release/two.ts:1 noImportCycles',
  ]);
});

/** Lines that a folder's tsconfig must refuse, because its code may not rely on them, and lines that it must take. */
const SURROUNDINGS: Readonly<
  Record<string, { readonly refused: readonly string[]; readonly taken: readonly string[] }>
> = {
  release: {
    refused: [
      'export const title = document.title;',
      'export const wide = window.innerWidth;',
      "export const answer = fetch('/');",
      'export const home = process.env.HOME;',
      "export const bytes = Buffer.from('');",
      'export const timer = setTimeout(() => 1, 1);',
      "export const file = import('node:fs');",
      'export const grouped = Object.groupBy([1], String);',
    ],
    taken: ['export const sorted = [2, 1].toSorted();'],
  },
  store: {
    refused: ['export const home = process.env.HOME;', "export const file = import('node:fs');"],
    taken: ["export const answer = fetch('/', { signal: AbortSignal.timeout(1) });"],
  },
  dashboard: {
    refused: ['export const home = process.env.HOME;', "export const file = import('node:fs');"],
    taken: ['export const title = document.title;'],
  },
  live: {
    refused: ['export const home = process.env.HOME;'],
    taken: ["export const answer = fetch('/', { signal: AbortSignal.timeout(1) });"],
  },
  contract: {
    refused: ['export const home = process.env.HOME;'],
    taken: ['export const text = new TextEncoder();'],
  },
  limits: { refused: ['export const title = document.title;'], taken: ['export const most = 7;'] },
  devserver: {
    refused: ['export const title = document.title;'],
    taken: ['export const home = process.env.HOME;', "export const file = import('node:fs');"],
  },
};

test.each(Object.entries(SURROUNDINGS))('%s compiles with its own surroundings only', (folder, { refused, taken }) => {
  plant(`src/${folder}/planted.ts`, `${[...refused, ...taken].join('\n')}\n`);
  plant(`src/${folder}/tsconfig.json`, readFileSync(join(REPOSITORY, 'src', folder, 'tsconfig.json'), 'utf8'));
  // A file outside the folder that its tsconfig names as well (devserver: vite.config.ts) is not part of the copy.
  const lines = run('tsc', ['-p', `src/${folder}`]).matchAll(/planted\.ts\((\d+),\d+\): error TS/g);
  expect([...new Set([...lines].map((match) => Number(match[1])))]).toEqual(refused.map((_, index) => index + 1));
});
