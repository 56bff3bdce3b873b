import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTestReports } from '../../src/cli/evidence/test-reports.ts';
import { releaseMatrix } from './command.ts';

// Files as editors and shells of Windows write them: lines that end in CR LF, and UTF-8 with a byte order mark. Whatever a
// command reads, it reads the same.

const ESTATE = readFileSync(new URL('../../docs/examples/estate.ndjson', import.meta.url), 'utf8');
const ITEMS = ESTATE.trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const NOW = ['--now', '2026-11-20T12:00:00Z'];

const FORMS: readonly [name: string, written: (text: string) => string][] = [
  ['CR LF', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['both', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-line-ends-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The files of a command, and its words with their paths. */
type Case = readonly [name: string, files: readonly [string, string][], words: (paths: readonly string[]) => string[]];

const CASES: readonly Case[] = [
  ['items, one a line', [['items.ndjson', ESTATE]], ([items = '']) => ['check', '--all', '--from', items, ...NOW]],
  [
    'items as an array',
    [['items.json', JSON.stringify(ITEMS, null, 2)]],
    ([items = '']) => ['check', '--all', '--from', items, ...NOW],
  ],
  [
    'a policy',
    [
      ['items.json', JSON.stringify(ITEMS)],
      ['policy.json', JSON.stringify({ roster: [{ component: 'backend#*' }] }, null, 2)],
    ],
    ([items = '', policy = '']) => ['check', 'v1.4.0', '--from', items, '--policy', policy, ...NOW],
  ],
  [
    'the output of a tool',
    [['packages.json', JSON.stringify([{ name: '@acme/ui', version: '1.4.0' }], null, 2)]],
    ([path = '']) => [
      ...['publish', '--from', 'changesets', '--path', path, '--type', 'frontend', '--release', 'v1.4.0', '--dry-run'],
      ...['--commit', '9f3c2ab', '--date', '2026-11-19T12:00:00Z'],
    ],
  ],
  [
    'fragments',
    [['fragments.ndjson', '{"release":"v1.4.0","type":"backend","component":"api"}\n']],
    ([path = '']) => ['publish', '--input', path, '--dry-run'],
  ],
  [
    'a changelog',
    [['CHANGELOG.md', '## 1.4.0\n\n- Refuses an empty cart\n']],
    ([path = '']) => [
      ...['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'api', '--changelog-file', path],
      ...['--commit', '9f3c2ab', '--date', '2026-11-19T12:00:00Z', '--dry-run'],
    ],
  ],
];

describe.each(CASES)('%s', (_, files, words) => {
  test.each(FORMS)('with %s', async (form, written) => {
    const run = (as: (text: string) => string) =>
      releaseMatrix(words(files.map(([name, text]) => file(name, as(text)))));
    const plain = await run((text) => text);
    expect(plain.stdout).not.toBe('');
    const { stdout, ...said } = await run(written);
    expect(said).toEqual({ exitCode: plain.exitCode, stderr: plain.stderr });
    // A changelog is published as it was written, but for a mark that is no part of it.
    expect(stdout.replaceAll('\\r\\n', '\\n').replaceAll('\uFEFF', '')).toBe(plain.stdout);
    if (form === 'a byte order mark') expect(stdout).not.toContain('\uFEFF');
  });
});

test('test reports are found by a pattern with backslashes', () => {
  file('TEST-api.xml', '<testsuite tests="3" failures="0"/>\r\n');
  expect(readTestReports([`${folder}\\TEST-*.xml`])).toEqual(readTestReports([`${folder}/TEST-*.xml`]));
});
