// `npm run robustness`: tries every attack, changes the code of guard, credentials and store in many small ways, runs every
// test that is about a fault or a bad input of the list, and prints what was repelled, noticed, survived and tolerated, and
// what each outage looks like. Ends with 1 where an attack got through, where a check can go without one getting through,
// where too few changes are noticed, where one of the list has no test, where a test of it fails, where an outage exceeds
// its bounds, or where a run breaks off.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAttacks, tryAttacks } from './robustness-attacks.mjs';
import { BAD_INPUTS, FAULTS, GENERATED } from './robustness-list.mjs';
import { describeMutants, tryMutants } from './robustness-mutants.mjs';
import { describeOutages, describePaths, liveThroughOutages } from './robustness-outages.mjs';
import { readResults } from './runner-results.mjs';

/** How titles begin that name numbers of the list; also what the runners are given to choose tests by. */
const NUMBER = '[FIECG]\\d{1,2}';
const TITLE = new RegExp(`^(${NUMBER}(?:(?:, | and | to )${NUMBER})*):`);

/** More than the suite does of what takes long: kills of a writer, generated inputs, hours of faults. */
const THOROUGH = { KILLS: '100', GENERATED: '10000', HOURS: '5' };

/** How a number stands in a test's source: at the beginning of a title, or alone as the first part of one. */
const MENTIONED = new RegExp(`['"\`]${NUMBER}['":, ]`);

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {'vitest' | 'playwright'} runner
 * @returns {readonly string[]} the test files that name a number at all: to load all others takes longer than these
 */
function filesOf(runner) {
  return readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/.test(path) && path.startsWith('browser') === (runner === 'playwright'))
    .map((path) => join('tests', path))
    .filter((path) => MENTIONED.test(readFileSync(path, 'utf8')));
}

/**
 * @param {string} title
 * @returns {readonly string[]} the numbers it begins with
 */
function numbersOf(title) {
  const named = TITLE.exec(title)?.[1] ?? '';
  return named.split(/, | and /).flatMap((part) => {
    const [first = '', last] = part.split(' to ');
    if (last === undefined) return first === '' ? [] : [first];
    const [from, to] = [Number(first.slice(1)), Number(last.slice(1))];
    return Array.from({ length: to - from + 1 }, (_, step) => `${first[0]}${from + step}`);
  });
}

/** @type {ReturnType<typeof describeAttacks>} */
let attacks;
/** @type {ReturnType<typeof describeMutants>} */
let mutants;
/** @type {ReturnType<typeof describeOutages>} */
let outages;
/** @type {{ titles: readonly string[], passed: boolean, numbers: readonly string[] }[]} */
const tests = [];
/** @type {Map<string, Count>} */
const counts = new Map();
/** @type {string[]} */
const troubles = [];
const reports = mkdtempSync(join(tmpdir(), 'release-matrix-robustness-'));
const chosen = `\\b${NUMBER}(,| and| to|:)`;
try {
  attacks = describeAttacks(tryAttacks(join(reports, 'attacks.json')));
  mutants = describeMutants(tryMutants(join(reports, 'mutants.json')));
  for (const [runner, command] of /** @type {const} */ ([
    ['vitest', ['vitest', 'run', ...filesOf('vitest'), '-t', chosen]],
    ['playwright', ['playwright', 'test', ...filesOf('playwright'), '--project=browser', '--grep', chosen]],
  ])) {
    const file = join(reports, `${runner}.json`);
    const { status } = spawnSync('npx', ['--no-install', ...command], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...THOROUGH, ...process.env, TEST_RESULTS: file },
    });
    const results = readResults(runner, file, status);
    troubles.push(...results.troubles);
    for (const { titles, passed } of results.tests) {
      const numbers = [...new Set(titles.flatMap(numbersOf))];
      tests.push({ titles, passed, numbers });
      for (const number of numbers) {
        const count = counts.get(number) ?? { passed: 0, failed: 0 };
        counts.set(number, { passed: count.passed + Number(passed), failed: count.failed + Number(!passed) });
      }
    }
  }
  outages = describeOutages(liveThroughOutages(reports));
} finally {
  rmSync(reports, { recursive: true, force: true });
}

/** @param {string} number */
const countOf = (number) => counts.get(number) ?? { passed: 0, failed: 0 };
/** @param {string} number */
const isSurvived = (number) => countOf(number).passed > 0 && countOf(number).failed === 0;

/** @param {Readonly<Record<string, string>>} list */
function table(list) {
  return Object.entries(list)
    .map(([number, words]) => {
      const { passed, failed } = countOf(number);
      const said =
        failed > 0 ? `${failed} of ${passed + failed} tests failed` : passed > 0 ? `${passed} tests` : 'NO TEST';
      return `${isSurvived(number) ? 'ok  ' : 'LOST'} ${number.padEnd(4)} ${said.padEnd(9)} ${words}`;
    })
    .join('\n');
}

const faults = Object.keys(FAULTS);
const inputs = Object.keys(BAD_INPUTS);
const generated = Object.keys(GENERATED);
const all = [...faults, ...inputs, ...generated];
const unknown = [...counts.keys()].filter((number) => !all.includes(number));
const paths = describePaths(tests);
const rows = [attacks.rows, mutants.rows, table(FAULTS), paths.rows, outages.rows, table(BAD_INPUTS), table(GENERATED)];
process.stdout.write(`\n${rows.join('\n\n')}\n\n`);
if (unknown.length > 0) process.stdout.write(`Numbers of tests that are on no list: ${unknown.join(', ')}\n`);
const each = Number(process.env.GENERATED ?? THOROUGH.GENERATED).toLocaleString('en');
process.stdout.write(
  `${attacks.totals}\n${mutants.totals}\n` +
    `faults survived  ${faults.filter(isSurvived).length} of ${faults.length}\n` +
    `bad inputs       ${inputs.filter(isSurvived).length} of ${inputs.length} tolerated, ` +
    `and ${generated.filter(isSurvived).length} of ${generated.length} kinds generated, ${each} each\n`,
);
if (troubles.length > 0) process.stdout.write(`\nNot good:\n${troubles.map((line) => `- ${line}`).join('\n')}\n`);
const good = attacks.good && mutants.good && paths.good && outages.good && all.every(isSurvived);
if (!good || troubles.length > 0) process.exitCode = 1;
