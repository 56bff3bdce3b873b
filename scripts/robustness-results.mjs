// What the test runners of `npm run robustness` say they did.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ titles: readonly string[], passed: boolean }} Test `titles`: its own and those above it
 * @typedef {{ ancestorTitles: string[], title: string, status: string }} Assertion
 * @typedef {{ title: string, specs?: { title: string, ok: boolean }[], suites?: Suite[] }} Suite
 */

/**
 * @param {'vitest' | 'playwright'} runner
 * @param {string} file its results as JSON
 * @param {number | null} status its exit status; null where a signal ended it
 * @returns {{ tests: readonly Test[], troubles: readonly string[] }} the tests that were run, and whatever was not good:
 *   a file that does not load has no test that could fail, so that the tests alone do not say so
 */
export function readResults(runner, file, status) {
  const ended =
    status === 0 ? [] : [`${runner} ended ${status === null ? 'without a status' : `with status ${status}`}`];
  if (!existsSync(file)) return { tests: [], troubles: [...ended, `${runner} wrote no results`] };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const { tests, notLoaded } = runner === 'vitest' ? ofVitest(results) : ofPlaywright(results);
  const failed = tests.filter(({ passed }) => !passed).map(({ titles }) => titles.join(' > '));
  return { tests, troubles: [...ended, ...notLoaded, ...failed] };
}

/**
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: Assertion[] }[] }} results
 * @returns {{ tests: Test[], notLoaded: string[] }}
 */
function ofVitest({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ ancestorTitles, title, status }) => ({
        titles: [...ancestorTitles, title],
        passed: status === 'passed',
      })),
  );
  const notLoaded = testResults
    .filter(({ status, message }) => status === 'failed' && message !== '')
    .map(({ name, message }) => `${name}: ${firstLine(message)}`);
  return { tests, notLoaded };
}

/**
 * @param {{ suites: Suite[], errors: { message?: string }[] }} results
 * @returns {{ tests: Test[], notLoaded: string[] }}
 */
function ofPlaywright({ suites, errors }) {
  /**
   * @param {Suite} suite
   * @param {readonly string[]} above
   * @returns {Test[]}
   */
  const walk = ({ title, specs = [], suites = [] }, above) => [
    ...specs.map((spec) => ({ titles: [...above, title, spec.title], passed: spec.ok })),
    ...suites.flatMap((suite) => walk(suite, [...above, title])),
  ];
  const notLoaded = errors.map(({ message }) => firstLine(message ?? 'an error without words'));
  return { tests: suites.flatMap((suite) => walk(suite, [])), notLoaded };
}

/** @param {string} text */
function firstLine(text) {
  return text.split('\n')[0] ?? '';
}
