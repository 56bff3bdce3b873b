// The one step of the action: turns its inputs into a command line, runs it, and hands back verdict and report.
//
// Plain JavaScript beside the bundle, for it runs where nothing is installed. Inputs come by the environment only
// (`IN_COMMAND`, `IN_REPORT_ONLY`, …): a tag name or the title of a release must never become part of a script.
import { spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, mkdtempSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput, inputsOf, linesOf, quoted, wordsOf } from './inputs.mjs';

/** Exit codes as the command line means them (docs/command-line.md). */
const EXIT = { pass: 0, usage: 2, unknown: 3 };
/** Of `check`. Bad usage has no verdict; whatever else it ends with, a crash included, could not tell. */
const VERDICT_OF_EXIT = new Map([
  [0, 'pass'],
  [1, 'fail'],
  [2, ''],
]);

/**
 * Runs the bundle; its results go to the log and into the report.
 *
 * @param {readonly string[]} words
 * @param {string} report the file
 * @returns {Promise<number>} its exit code
 */
function runBundle(words, report) {
  const bundle = fileURLToPath(new URL('release-matrix.mjs', import.meta.url));
  const child = spawn(process.execPath, [bundle, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const file = createWriteStream(report);
  child.stdout.pipe(process.stdout, { end: false });
  child.stdout.pipe(file);
  // A run that is cancelled: the command line says what it has done and ends by itself.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  return new Promise((settle, reject) => {
    child.once('error', reject);
    file.once('error', reject);
    child.once('close', (code, signal) => {
      file.end(() => settle(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  });
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Promise<number>} what the step ends with
 */
async function main(environment) {
  const inputs = inputsOf(environment);
  const words = wordsOf(inputs);
  const folder = mkdtempSync(join(environment.RUNNER_TEMP ?? tmpdir(), 'release-matrix-'));
  // What no file was named for is printed.
  const report = join(folder, linesOf(inputs.format ?? '').includes('json') ? 'report.json' : 'report.txt');
  const exitCode = await runBundle(words, report);
  const verdict = words[0] === 'check' ? (VERDICT_OF_EXIT.get(exitCode) ?? 'unknown') : '';
  const outputs = [`verdict=${verdict}`, `report=${report}`, `exit-code=${exitCode}`];
  if (environment.GITHUB_OUTPUT) appendFileSync(environment.GITHUB_OUTPUT, `${outputs.join('\n')}\n`);
  // As `--report-only` has it: what could not be told is no verdict to let pass.
  return inputs['report-only'] === 'true' && verdict === 'fail' ? EXIT.pass : exitCode;
}

// Always, and not only where this file is what Node was started with: its name there may be that of a symbolic link, and
// a gate that does not run would pass.
try {
  process.exitCode = await main(process.env);
} catch (error) {
  // Never 1, with which Node would end: that is the code of a blocked release.
  process.exitCode = error instanceof BadInput ? EXIT.usage : EXIT.unknown;
  process.stderr.write(`${error instanceof BadInput ? error.message : quoted(String(error))}\n`);
}
