import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readResults } from '../scripts/robustness-results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reported(results: object): string {
  const file = join(folder, 'results.json');
  writeFileSync(file, JSON.stringify(results));
  return file;
}

const GOOD = { ancestorTitles: ['a'], title: 'good', status: 'passed' };
const BAD = { ancestorTitles: ['a'], title: 'bad', status: 'failed' };
const SKIPPED = { ancestorTitles: [], title: 'other', status: 'skipped' };

test('what vitest ran, and what failed of it', () => {
  const file = reported({
    testResults: [{ name: '/x/one.test.ts', status: 'failed', message: '', assertionResults: [GOOD, BAD, SKIPPED] }],
  });
  expect(readResults('vitest', file, 1)).toEqual({
    tests: [
      { titles: ['a', 'good'], passed: true },
      { titles: ['a', 'bad'], passed: false },
    ],
    troubles: ['vitest ended with status 1', 'a > bad'],
  });
});

test('a test file that vitest could not load', () => {
  const file = reported({
    testResults: [
      { name: '/x/one.test.ts', status: 'passed', message: '', assertionResults: [GOOD] },
      { name: '/x/two.test.ts', status: 'failed', message: "Cannot find './nowhere.ts'\nhint", assertionResults: [] },
    ],
  });
  expect(readResults('vitest', file, 1)).toEqual({
    tests: [{ titles: ['a', 'good'], passed: true }],
    troubles: ['vitest ended with status 1', "/x/two.test.ts: Cannot find './nowhere.ts'"],
  });
});

test('a test file that Playwright could not load, and a test that failed', () => {
  const file = reported({
    suites: [
      {
        title: 'one.test.ts',
        specs: [{ title: 'good', ok: true }],
        suites: [{ title: 'a', specs: [{ title: 'bad', ok: false }] }],
      },
    ],
    errors: [{ message: "Error: Cannot find './nowhere.ts'\nhint" }],
  });
  expect(readResults('playwright', file, 1)).toEqual({
    tests: [
      { titles: ['one.test.ts', 'good'], passed: true },
      { titles: ['one.test.ts', 'a', 'bad'], passed: false },
    ],
    troubles: ['playwright ended with status 1', "Error: Cannot find './nowhere.ts'", 'one.test.ts > a > bad'],
  });
});

test('a runner that wrote nothing, and one that was killed', () => {
  const absent = join(folder, 'absent.json');
  expect(readResults('vitest', absent, 0)).toEqual({ tests: [], troubles: ['vitest wrote no results'] });
  expect(readResults('playwright', absent, null)).toEqual({
    tests: [],
    troubles: ['playwright ended without a status', 'playwright wrote no results'],
  });
});

test('a good run is no trouble', () => {
  const file = reported({
    testResults: [{ name: '/x/one.test.ts', status: 'passed', message: '', assertionResults: [GOOD, SKIPPED] }],
  });
  expect(readResults('vitest', file, 0).troubles).toEqual([]);
});
