import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const BUNDLE = join(REPOSITORY, 'action/release-matrix.mjs');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the committed bundle is what its sources make: else run `npm run build:cli`', () => {
  const built = join(folder, 'built');
  execFileSync(process.execPath, ['scripts/build-cli.mjs', built], { cwd: REPOSITORY });
  for (const file of readdirSync(built)) {
    const committed = readFileSync(join(REPOSITORY, 'action', file), 'utf8');
    // Not toEqual: a difference of two files of a megabyte helps nobody.
    const same = readFileSync(join(built, file), 'utf8') === committed;
    expect({ [`action/${file} is up to date`]: same }).toEqual({ [`action/${file} is up to date`]: true });
  }
});

const ITEMS = ['v1.3.0', 'v1.4.0'].flatMap((version) =>
  ['backend#auth', 'backend#orders', 'frontend#shell'].map((component) => ({ version, 'component#name': component })),
);

test.each([
  { words: ['--help'], exitCode: 0, stdout: /^Usage: release-matrix .*\n[\s\S]*\bpublish\b/ },
  { words: ['check', 'v1.4.0', '--from', 'whole.json'], exitCode: 0, stdout: /^PASS {2}v1\.4\.0 / },
  {
    words: ['check', 'v1.4.0', '--from', 'partial.json'],
    exitCode: 1,
    stdout: /^FAIL {2}v1\.4\.0 [\s\S]*frontend#shell/,
  },
  // What the bundle takes a part of only, or what is loaded late, is missed when it is used.
  {
    words: ['check', 'v1.4.0', '--from', 'partial.json', '--format', 'junit'],
    exitCode: 1,
    stdout: /^<\?xml [\s\S]*<failure message="shell is missing from v1\.4\.0"[\s\S]*<\/testsuites>\n$/,
  },
  {
    words: ['manifest', 'v1.4.0', '--from', 'whole.json', '--format', 'yaml'],
    exitCode: 0,
    stdout: /^schema: 1\nrelease: v1\.4\.0\n/,
  },
  {
    words: ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'auth', '--dry-run'],
    exitCode: 0,
    stdout: /^{"version":"v1\.4\.0","component#name":"backend#auth"}\n$/,
    stderr: /no commit and no date is known/,
  },
  // The credential providers of the SDK are loaded on demand, which must work without a node_modules to load from.
  {
    words: ['table', 'describe', '--region', 'eu-central-1', '--profile', 'nobody'],
    exitCode: 3,
    stdout: /^$/,
    stderr: /nobody/,
  },
])('alone in an empty folder, with nothing set but PATH: $words', ({ words, exitCode, stdout, stderr = /^$/ }) => {
  const alone = mkdtempSync(join(folder, 'alone-'));
  copyFileSync(BUNDLE, join(alone, 'release-matrix.mjs'));
  writeFileSync(join(alone, 'whole.json'), JSON.stringify(ITEMS));
  writeFileSync(join(alone, 'partial.json'), JSON.stringify(ITEMS.slice(0, -1)));
  const ran = spawnSync(process.execPath, ['release-matrix.mjs', ...words], {
    cwd: alone,
    env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true' },
    encoding: 'utf8',
  });
  expect(ran.stderr).toMatch(stderr);
  expect(ran.stdout).toMatch(stdout);
  expect(ran.status).toBe(exitCode);
});
