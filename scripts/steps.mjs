// A suite of steps, run one after the other: each prints its heading and its time, a failed one does not stop the others,
// and the end says in plain words what passed, what failed, and what could not be got.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
 * @typedef {{ step: Step, outcome: 'passed' | 'failed' | 'not run', seconds: number, counts: Counts }} Result
 */

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

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
        results.push({ step, outcome: 'not run', seconds: 0, counts: NOTHING });
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
  const counted = step.counts === undefined ? NOTHING : countsOf(step.counts, resultsFile);
  const failed = code !== 0 || counted.failed > 0;
  // A step can fail without a failed test (a type error, a test file that does not compile, something that could not be
  // got): that is one failure, so that the last line never says "0 failed" of a run that was not good.
  const counts = { ...counted, failed: failed ? Math.max(1, counted.failed) : 0 };
  return { step, outcome: failed ? 'failed' : 'passed', seconds, counts };
}

/**
 * @param {'vitest' | 'playwright'} runner
 * @param {string} resultsFile
 * @returns {Counts} what the runner counted; a runner that wrote no results has failed
 */
function countsOf(runner, resultsFile) {
  if (!existsSync(resultsFile)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  return runner === 'vitest'
    ? {
        passed: results.numPassedTests,
        failed: results.numFailedTests,
        skipped: results.numPendingTests + results.numTodoTests,
      }
    : {
        passed: results.stats.expected + results.stats.flaky,
        failed: results.stats.unexpected,
        skipped: results.stats.skipped,
      };
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
