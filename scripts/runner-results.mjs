// What the test runners say they did, by the results that each writes as JSON.
import { existsSync, readFileSync } from 'node:fs';

/**
 * `titles`: its own and those above it; `why`: the first line of what failed, also where a second try passed; null: nothing.
 * @typedef {{ titles: readonly string[], passed: boolean, why: string | null }} Test
 * @typedef {{ ancestorTitles: string[], title: string, status: string, failureMessages?: string[] }} Assertion
 * @typedef {{ title: string, ok: boolean, tests?: { status: string,
 *   results: { errors?: { message?: string }[] }[] }[] }} Spec
 * @typedef {{ title: string, specs?: Spec[], suites?: Suite[] }} Suite
 * @typedef {{ tests: Test[], skipped: number, notLoaded: string[] }} Run
 */

/**
 * @param {'vitest' | 'playwright'} runner
 * @param {string} file its results as JSON
 * @param {number | null} status its exit status; null where a signal ended it
 * @returns {{ tests: readonly Test[], skipped: number, troubles: readonly string[], flaky: readonly string[] }} the tests
 *   that were run; whatever was not good: a file that does not load has no test that could fail, so that the tests alone
 *   do not say so; and those that passed at the second try
 */
export function readResults(runner, file, status) {
  const ended =
    status === 0 ? [] : [`${runner} ended ${status === null ? 'without a status' : `with status ${status}`}`];
  if (!existsSync(file)) {
    return { tests: [], skipped: 0, troubles: [...ended, `${runner} wrote no results`], flaky: [] };
  }
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const { tests, skipped, notLoaded } = runner === 'vitest' ? ofVitest(results) : ofPlaywright(results);
  /** @param {Test} test */
  const named = ({ titles, why }) => `${titles.join(' > ')}${why === null ? '' : `: ${why}`}`;
  const failed = tests.filter(({ passed }) => !passed).map(named);
  const flaky = tests.filter(({ passed, why }) => passed && why !== null).map(named);
  return { tests, skipped, troubles: [...ended, ...notLoaded, ...failed], flaky };
}

/**
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: Assertion[] }[] }} results
 * @returns {Run}
 */
function ofVitest({ testResults }) {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const run = all.filter(({ status }) => status === 'passed' || status === 'failed');
  const tests = run.map(({ ancestorTitles, title, status, failureMessages = [] }) => ({
    titles: [...ancestorTitles, title],
    passed: status === 'passed',
    why: firstLine(failureMessages[0]),
  }));
  const notLoaded = testResults
    .filter(({ status, message }) => status === 'failed' && message !== '')
    .map(({ name, message }) => `${name}: ${firstLine(message)}`);
  return { tests, skipped: all.length - run.length, notLoaded };
}

/**
 * @param {{ suites: Suite[], errors: { message?: string }[] }} results
 * @returns {Run}
 */
function ofPlaywright({ suites, errors }) {
  let skipped = 0;
  /**
   * @param {Suite} suite
   * @param {readonly string[]} above
   * @returns {Test[]}
   */
  const walk = ({ title, specs = [], suites = [] }, above) => [
    ...specs.flatMap((spec) => {
      const tries = spec.tests ?? [];
      if (tries.length > 0 && tries.every((one) => one.status === 'skipped')) {
        skipped += 1;
        return [];
      }
      // A test that is to fail has an error too; only what was not expected is one.
      const odd = tries.filter((one) => one.status === 'flaky' || one.status === 'unexpected');
      const messages = odd.flatMap((one) => one.results.flatMap((result) => result.errors ?? []));
      const why = odd.length === 0 ? null : (firstLine(messages[0]?.message) ?? 'an error without words');
      return [{ titles: [...above, title, spec.title], passed: spec.ok, why }];
    }),
    ...suites.flatMap((suite) => walk(suite, [...above, title])),
  ];
  const tests = suites.flatMap((suite) => walk(suite, []));
  return { tests, skipped, notLoaded: errors.map(({ message }) => firstLine(message) ?? 'an error without words') };
}

/**
 * @param {string | undefined} text
 * @returns {string | null} without the colours of a terminal
 */
function firstLine(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape begins a colour, and is what is to go
  return text?.replace(/\x1b\[\d*m/g, '').split('\n')[0] ?? null;
}
