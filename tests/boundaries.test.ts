import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

// The direction of imports (release ← store ← dashboard, and store ← aws ← devserver, cli) is kept by biome.json and by the tsconfig of
// each folder. A gate that has silently stopped looking passes everything, so violations are planted in a copy of the
// layout, under the repository's own configuration, and must be reported: those, and nothing else.

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

/** @returns `path:line rule` of every import that Biome reports in the copy, in order */
function reportedImports(): readonly string[] {
  const report = BiomeReport.parse(
    JSON.parse(
      run('biome', [
        'lint',
        '--reporter=json',
        '--only=style/noRestrictedImports',
        '--only=suspicious/noImportCycles',
        '--only=style/noUnusedTemplateLiteral',
        'src',
      ]),
    ),
  );
  return report.diagnostics
    .map(({ category, location }) => `${location.path}:${location.start?.line} ${category.replace(/^lint\/\w+\//, '')}`)
    .sort();
}

/** What each folder must not import, and what it may, as it would be written in a file of its own or of a folder in it. */
const IMPORTS: Readonly<
  Record<string, { readonly forbidden: readonly string[]; readonly allowed: readonly string[] }>
> = {
  release: {
    forbidden: [
      '../store/table.ts',
      '../aws/profile.ts',
      '../dashboard/page.ts',
      '../devserver/plugin.ts',
      '../cli/command.ts',
      './../store/table.ts',
      '/src/store/table.ts',
      '../../node_modules/react/index.js',
      '../../tests/table.ts',
      '../../scripts/steps.mjs',
      'node:fs',
      'fs',
      'react',
      'react-dom/client',
      'vite',
      '@aws-sdk/client-dynamodb',
    ],
    allowed: ['./matrix.ts', './checks/missing.ts', 'semver', 'semver/functions/parse', 'zod', 'zod/mini', 'yaml'],
  },
  'release/checks': { forbidden: ['../../store/table.ts', 'node:path'], allowed: ['../matrix.ts', './other.ts'] },
  store: {
    forbidden: [
      '../aws/profile.ts',
      '../dashboard/page.ts',
      '../devserver/plugin.ts',
      '../cli/command.ts',
      'node:fs',
      'fs',
      'react',
      '@aws-sdk/credential-providers',
      '@smithy/core/config',
    ],
    allowed: ['../release/matrix.ts', './table.ts', '@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', 'zod'],
  },
  aws: {
    forbidden: ['../dashboard/page.ts', '../devserver/plugin.ts', '../cli/command.ts', 'react', 'vite'],
    allowed: [
      '../release/matrix.ts',
      '../store/table.ts',
      './profile.ts',
      'node:fs',
      '@aws-sdk/credential-providers',
      '@smithy/core/config',
    ],
  },
  dashboard: {
    forbidden: [
      '../aws/profile.ts',
      '../devserver/plugin.ts',
      '../cli/command.ts',
      'node:fs',
      '@aws-sdk/credential-providers',
      '@smithy/core/config',
    ],
    allowed: ['../release/matrix.ts', '../store/table.ts', './page.ts', 'react', '@tanstack/react-query'],
  },
  'dashboard/matrix': { forbidden: ['../../devserver/plugin.ts'], allowed: ['../page.ts', '../../store/table.ts'] },
  devserver: {
    forbidden: ['../dashboard/page.ts', '../cli/command.ts', 'react'],
    allowed: [
      '../release/matrix.ts',
      '../store/table.ts',
      '../aws/profile.ts',
      'node:http',
      'vite',
      '@aws-sdk/credential-providers',
    ],
  },
  cli: {
    forbidden: ['../dashboard/page.ts', '../devserver/plugin.ts', 'react'],
    allowed: ['../release/matrix.ts', '../store/table.ts', '../aws/profile.ts', 'node:process', 'commander'],
  },
};

test('every folder of src has a direction', () => {
  const folders = readdirSync(join(REPOSITORY, 'src'));
  expect(folders.filter((folder) => IMPORTS[folder] === undefined)).toEqual([]);
});

test.each(Object.entries(IMPORTS))('Biome reports the imports forbidden to %s, and no others', (folder, imports) => {
  const planted = `src/${folder}/planted.ts`;
  const all = [...imports.forbidden, ...imports.allowed];
  plant(planted, all.map((from, index) => `import { x as x${index} } from '${from}';\n`).join(''));
  expect(reportedImports()).toEqual(
    imports.forbidden.map((_, index) => `${planted}:${index + 1} noRestrictedImports`).sort(),
  );
});

test('Biome reports a forbidden module in whatever form it is imported', () => {
  const forms = [
    "import x from '../store/table.ts';",
    "import * as all from '../store/table.ts';",
    "import '../store/table.ts';",
    "import type { T } from '../store/table.ts';",
    "import { type U } from '../store/table.ts';",
    "export { y } from '../store/table.ts';",
    "export type { V } from '../store/table.ts';",
    "export const lazy = () => import('../store/table.ts');",
  ];
  plant('src/release/planted.ts', `${forms.join('\n')}\n`);
  expect(reportedImports()).toEqual(
    forms.map((_, index) => `src/release/planted.ts:${index + 1} noRestrictedImports`).sort(),
  );
});

/** Folders of src that each may take from. */
const MAY_TAKE_FROM: Readonly<Record<string, readonly string[]>> = {
  release: ['release'],
  store: ['store', 'release'],
  dashboard: ['dashboard', 'store', 'release'],
  aws: ['aws', 'store', 'release'],
  devserver: ['devserver', 'aws', 'store', 'release'],
  cli: ['cli', 'aws', 'store', 'release'],
};

test.each(Object.entries(MAY_TAKE_FROM))(
  'in %s no type is taken by import() from elsewhere, which Biome’s import rule does not read',
  (folder, others) => {
    const within = join(REPOSITORY, 'src', folder);
    const files = readdirSync(within, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const taken = files.flatMap((name) => {
      const file = join(within, name);
      const modules = [...readFileSync(file, 'utf8').matchAll(/\bimport\(\s*['"](\.[^'"]*)/g)];
      return modules.map(([, module = '']) => relative(join(REPOSITORY, 'src'), resolve(dirname(file), module)));
    });
    expect(taken.filter((path) => !others.includes(path.split('/')[0] ?? ''))).toEqual([]);
  },
);

test('Biome reports a module named by a template, which its import rule does not read', () => {
  plant('src/release/planted.ts', 'export const lazy = () => import(`../store/table.ts`);\n');
  expect(reportedImports()).toEqual(['src/release/planted.ts:1 noUnusedTemplateLiteral']);
});

test('Biome reports a cycle of imports at each of its files', () => {
  plant('src/release/one.ts', "import { two } from './two.ts';\nexport const one = () => two;\n");
  plant('src/release/two.ts', "import { three } from './checks/three.ts';\nexport const two = () => three;\n");
  plant('src/release/checks/three.ts', "import { one } from '../one.ts';\nexport const three = () => one;\n");
  plant('src/release/outside.ts', "import { one } from './one.ts';\nexport const outside = () => one;\n");
  expect(reportedImports()).toEqual([
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
