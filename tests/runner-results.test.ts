import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readResults } from '../scripts/runner-results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reported(results: object): string {
  const file = join(folder, 'results.json');
  writeFileSync(file, JSON.stringify(results));
  return file;
}

const RED = 'AssertionError: expected \u001b[31m0\u001b[39m to be 1\n    at one.test.ts:3';
const GOOD = { ancestorTitles: ['a'], title: 'good', status: 'passed', failureMessages: [] };
const BAD = { ancestorTitles: ['a'], title: 'bad', status: 'failed', failureMessages: [RED] };
const FLAKY = { ancestorTitles: ['a'], title: 'flaky', status: 'passed', failureMessages: [RED] };
const SKIPPED = { ancestorTitles: [], title: 'other', status: 'skipped', failureMessages: [] };
const WHY = 'AssertionError: expected 0 to be 1';

test('what vitest ran, what failed of it, and what passed at the second try', () => {
  const file = reported({
    testResults: [
      { name: '/x/one.test.ts', status: 'failed', message: '', assertionResults: [GOOD, BAD, FLAKY, SKIPPED] },
    ],
  });
  expect(readResults('vitest', file, 1)).toEqual({
    tests: [
      { titles: ['a', 'good'], passed: true, why: null },
      { titles: ['a', 'bad'], passed: false, why: WHY },
      { titles: ['a', 'flaky'], passed: true, why: WHY },
    ],
    skipped: 1,
    troubles: ['vitest ended with status 1', `a > bad: ${WHY}`],
    flaky: [`a > flaky: ${WHY}`],
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
    tests: [{ titles: ['a', 'good'], passed: true, why: null }],
    skipped: 0,
    troubles: ['vitest ended with status 1', "/x/two.test.ts: Cannot find './nowhere.ts'"],
    flaky: [],
  });
});

const PASSED = [{ status: 'expected', results: [{ errors: [] }] }];
const EXPECTED_TO_FAIL = [{ status: 'expected', results: [{ errors: [{ message: RED }] }] }];
const FAILED = [{ status: 'unexpected', results: [{ errors: [{ message: RED }] }] }];
const AT_THE_SECOND_TRY = [{ status: 'flaky', results: [{ errors: [{ message: RED }] }, { errors: [] }] }];
const NOT_RUN = [{ status: 'skipped', results: [] }];

test('what Playwright ran: passed, failed as it should, failed, flaky, skipped, and a file that it could not load', () => {
  const file = reported({
    suites: [
      {
        title: 'one.test.ts',
        specs: [
          { title: 'good', ok: true, tests: PASSED },
          { title: 'fails as it should', ok: true, tests: EXPECTED_TO_FAIL },
          { title: 'flaky', ok: true, tests: AT_THE_SECOND_TRY },
          { title: 'skipped', ok: true, tests: NOT_RUN },
        ],
        suites: [{ title: 'a', specs: [{ title: 'bad', ok: false, tests: FAILED }] }],
      },
    ],
    errors: [{ message: "Error: Cannot find './nowhere.ts'\nhint" }],
  });
  expect(readResults('playwright', file, 1)).toEqual({
    tests: [
      { titles: ['one.test.ts', 'good'], passed: true, why: null },
      { titles: ['one.test.ts', 'fails as it should'], passed: true, why: null },
      { titles: ['one.test.ts', 'flaky'], passed: true, why: WHY },
      { titles: ['one.test.ts', 'a', 'bad'], passed: false, why: WHY },
    ],
    skipped: 1,
    troubles: ['playwright ended with status 1', "Error: Cannot find './nowhere.ts'", `one.test.ts > a > bad: ${WHY}`],
    flaky: [`one.test.ts > flaky: ${WHY}`],
  });
});

test('a runner that wrote nothing, and one that was killed', () => {
  const absent = join(folder, 'absent.json');
  const nothing = { tests: [], skipped: 0, flaky: [] };
  expect(readResults('vitest', absent, 0)).toEqual({ ...nothing, troubles: ['vitest wrote no results'] });
  expect(readResults('playwright', absent, null)).toEqual({
    ...nothing,
    troubles: ['playwright ended without a status', 'playwright wrote no results'],
  });
});

test('a good run is no trouble', () => {
  const file = reported({
    testResults: [{ name: '/x/one.test.ts', status: 'passed', message: '', assertionResults: [GOOD, SKIPPED] }],
  });
  expect(readResults('vitest', file, 0).troubles).toEqual([]);
});
