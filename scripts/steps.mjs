// A suite of steps, run one after the other: each prints its heading and its time, a failed one does not stop the others,
// and the end says in plain words what passed, what failed, and what could not be got.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResults } from './runner-results.mjs';

/**
 * How many tests a runner says it ran.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * What a step is:
 * - `needs`: names of earlier steps without which it is not run (a browser test without a browser says nothing new);
 * - `gets`: it fetches something; its failure is a thing that could not be got, not a fault of the product;
 * - `counts`: it is a test runner that writes its results as JSON into the file named by TEST_RESULTS, of that form.
 * @typedef {{ name: string, command: readonly string[], needs?: readonly string[], gets?: boolean,
 *   counts?: 'vitest' | 'playwright' }} Step
 *
 * `troubles`: the tests that failed, and what else was not good; `flaky`: those that passed at the second try.
 * @typedef {{ step: Step, outcome: 'passed' | 'failed' | 'not run', seconds: number, counts: Counts,
 *   troubles: readonly string[], flaky: readonly string[] }} Result
 */

const NOTHING = { counts: { passed: 0, failed: 0, skipped: 0 }, troubles: [], flaky: [] };

/**
 * Runs the steps, prints the summary, and sets the exit code: 0 only when every step ran and passed.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<void>}
 */
export async function runSteps(steps) {
  const reports = mkdtempSync(join(tmpdir(), 'release-matrix-results-'));
  /** @type {Result[]} */
  const results = [];
  try {
    for (const [index, step] of steps.entries()) {
      const missing = results.find(
        (result) => result.outcome !== 'passed' && step.needs?.includes(result.step.name) === true,
      );
      process.stdout.write(`\n=== ${index + 1}/${steps.length} ${step.name}\n`);
      if (missing !== undefined) {
        process.stdout.write(`--- ${step.name}: not run, it needs "${missing.step.name}"\n`);
        results.push({ step, outcome: 'not run', seconds: 0, ...NOTHING });
        continue;
      }
      const result = await runStep(step, join(reports, `${index}.json`));
      process.stdout.write(`--- ${step.name}: ${result.outcome} (${result.seconds.toFixed(1)} s)\n`);
      results.push(result);
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  process.stdout.write(summaryOf(results));
  if (results.some((result) => result.outcome !== 'passed')) process.exitCode = 1;
}

/**
 * @param {Step} step
 * @param {string} resultsFile where a test runner is told to write its results
 * @returns {Promise<Result>}
 */
async function runStep(step, resultsFile) {
  const [program, ...programArguments] = step.command;
  if (program === undefined) throw new Error(`The step "${step.name}" has no command.`);
  const started = performance.now();
  const code = await new Promise((resume) => {
    // No standard input: a program that would ask a question must fail, not wait.
    const child = spawn(program, programArguments, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_RESULTS: resultsFile },
    });
    child.on('error', (fault) => {
      process.stderr.write(`Cannot run ${program}: ${fault.message}\n`);
      resume(1);
    });
    child.on('exit', (exitCode) => resume(exitCode ?? 1));
  });
  const seconds = (performance.now() - started) / 1000;
  const { counts, troubles, flaky } = step.counts === undefined ? NOTHING : countsOf(step.counts, resultsFile, code);
  const failed = code !== 0 || counts.failed > 0;
  // A step can fail without a failed test (a type error, a test file that does not compile, something that could not be
  // got): that is one failure, so that the last line never says "0 failed" of a run that was not good.
  return {
    step,
    outcome: failed ? 'failed' : 'passed',
    seconds,
    counts: { ...counts, failed: failed ? Math.max(1, counts.failed) : 0 },
    troubles,
    flaky,
  };
}

/**
 * @param {'vitest' | 'playwright'} runner
 * @param {string} resultsFile
 * @param {number} code its exit code
 * @returns {Pick<Result, 'counts' | 'troubles' | 'flaky'>} what the runner counted; one that wrote no results has failed
 */
function countsOf(runner, resultsFile, code) {
  const { tests, skipped, troubles, flaky } = readResults(runner, resultsFile, code);
  const passed = tests.filter((test) => test.passed).length;
  return { counts: { passed, failed: tests.length - passed, skipped }, troubles, flaky };
}

/**
 * @param {readonly Result[]} results
 * @returns {string} the last lines of the run; where tests were run the very last is `N passed, N failed`, with
 *   `, N skipped` where some were
 */
function summaryOf(results) {
  const lines = ['', '=== Summary'];
  for (const { step, outcome, seconds, counts } of results) {
    const tests = step.counts === undefined ? '' : `, ${wordsOf(counts)}`;
    lines.push(`${outcome.padEnd(8)} ${step.name}${outcome === 'not run' ? '' : ` (${seconds.toFixed(1)} s${tests})`}`);
  }
  const notGot = results.filter(({ step, outcome }) => step.gets === true && outcome === 'failed');
  for (const { step } of notGot)
    lines.push(`Could not be got: ${step.name}. How to get it is said above, at its step.`);
  const notRun = results.filter(({ outcome }) => outcome === 'not run');
  for (const { step } of notRun) lines.push(`Not run for lack of it: ${step.name}.`);
  // Once more, where whoever reads only the end of a long log finds it.
  for (const { step, troubles, flaky } of results) {
    if (troubles.length > 0) lines.push('', `Failed of ${step.name}:`, ...troubles.map((name) => `- ${name}`));
    if (flaky.length > 0)
      lines.push('', `Passed at the second try of ${step.name}:`, ...flaky.map((name) => `- ${name}`));
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of results) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  const end = results.some(({ step }) => step.counts !== undefined) ? `\n\n${wordsOf(total)}` : '';
  return `${lines.join('\n')}${end}\n`;
}

/** @param {Counts} counts */
function wordsOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
