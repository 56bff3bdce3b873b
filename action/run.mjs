// The one step of the action: turns its inputs into a command line, runs it, and hands back verdict and report.
//
// Plain JavaScript beside the bundle, for it runs where nothing is installed. Inputs come by the environment only
// (`IN_COMMAND`, `IN_REPORT_ONLY`, …): a tag name or the title of a release must never become part of a script.
import { spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, mkdtempSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Exit codes as the command line means them (docs/command-line.md). */
const EXIT = { pass: 0, usage: 2, unknown: 3 };
/** Of `check`. Bad usage has no verdict; whatever else it ends with, a crash included, could not tell. */
const VERDICT_OF_EXIT = new Map([
  [0, 'pass'],
  [1, 'fail'],
  [2, ''],
]);

/** An input that no command line can be made of. */
class BadInput extends Error {}

/**
 * How an input becomes an option: `flag` where it is true, `value` as `--name=value` (so that a value that begins
 * with a dash is no option), `lines` as one option for each line.
 * `ours` is for this script, which has to know the verdict even where it must not block.
 *
 * @typedef {'flag' | 'value' | 'lines' | 'ours'} Form
 */

/** @type {Readonly<Record<string, Form>>} */
const CONNECTION = { table: 'value', region: 'value' };
/** @type {Readonly<Record<string, Form>>} */
const READING = { ...CONNECTION, policy: 'value', format: 'lines' };

/**
 * By command: what the release is to it, and its options.
 *
 * @type {Readonly<Record<string, {
 *   readonly releaseIs: 'option' | 'argument' | 'nothing',
 *   readonly options: Readonly<Record<string, Form>>
 * }>>}
 */
const COMMANDS = {
  publish: {
    releaseIs: 'option',
    options: {
      ...CONNECTION,
      type: 'value',
      component: 'value',
      kind: 'value',
      environment: 'value',
      version: 'value',
      tag: 'value',
      image: 'value',
      owner: 'value',
      from: 'value',
      path: 'value',
      json: 'value',
      input: 'value',
      link: 'lines',
      replace: 'flag',
      'dry-run': 'flag',
      format: 'lines',
    },
  },
  check: {
    releaseIs: 'argument',
    options: { ...READING, as: 'value', link: 'value', wait: 'value', 'report-only': 'ours' },
  },
  report: { releaseIs: 'argument', options: { ...READING, as: 'value', link: 'value' } },
  notify: {
    releaseIs: 'argument',
    options: { ...CONNECTION, policy: 'value', as: 'value', link: 'value', 'dry-run': 'flag' },
  },
  manifest: { releaseIs: 'argument', options: READING },
  deployed: { releaseIs: 'nothing', options: { ...READING, environment: 'value' } },
};

/**
 * The command line of some inputs.
 *
 * @param {Readonly<Record<string, string>>} inputs by their names in action.yml; empty counts as not given
 * @returns {string[]}
 * @throws {BadInput} naming the input, and what was expected
 */
export function wordsOf(inputs) {
  const given = new Map(Object.entries(inputs).filter(([, value]) => value !== ''));
  const command = given.get('command') ?? '';
  const known = new Map(Object.entries(COMMANDS)).get(command);
  if (known === undefined) throw bad('command', `one of ${Object.keys(COMMANDS).join(', ')}`, command);
  const release = given.get('release');
  if (release !== undefined && (release.startsWith('-') || !isLine(release))) {
    throw bad('release', 'a tag such as v1.4.0', release);
  }
  if (release === undefined && known.releaseIs === 'argument') throw bad('release', `the release to ${command}`, '');
  if (release !== undefined && known.releaseIs === 'nothing') throw bad('release', `nothing with ${command}`, release);

  const options = new Map(Object.entries(known.options));
  const words = [command];
  if (known.releaseIs === 'option' && release !== undefined) words.push(`--release=${release}`);
  for (const [name, value] of given) {
    if (name === 'command' || name === 'release' || name === 'args') continue;
    const form = options.get(name);
    // An input without effect would be believed to have one. A flag that is not set asks for nothing.
    if (form === undefined && value === 'false') continue;
    if (form === undefined) throw bad(name, `nothing with the command ${command}`, value);
    words.push(...optionWords(name, form, value));
  }
  for (const line of linesOf(given.get('args') ?? '')) {
    if (!isLine(line)) throw bad('args', 'an argument a line, without control characters', line);
    words.push(line);
  }
  if (known.releaseIs === 'argument' && release !== undefined) words.push('--', release);
  return words;
}

/**
 * @param {string} name
 * @param {Form} form
 * @param {string} value
 * @returns {string[]}
 */
function optionWords(name, form, value) {
  if (form === 'flag' || form === 'ours') {
    if (value !== 'true' && value !== 'false') throw bad(name, 'true or false', value);
    return form === 'flag' && value === 'true' ? [`--${name}`] : [];
  }
  if (form === 'lines') return linesOf(value).flatMap((line) => optionWords(name, 'value', line));
  // JSON of a tool may be printed over many lines.
  if (name !== 'json' && !isLine(value)) throw bad(name, 'one line without control characters', value);
  return [`--${name}=${value}`];
}

/** @param {string} text */
function linesOf(text) {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** @param {string} text */
function isLine(text) {
  return !/[\p{Cc}\u2028\u2029]/u.test(text);
}

/**
 * @param {string} name
 * @param {string} expected
 * @param {string} received
 */
function bad(name, expected, received) {
  // JSON leaves no line feed, so that no line of it can be a command to the runner.
  return new BadInput(`The input ${name}: expected ${expected}, received ${JSON.stringify(received.slice(0, 100))}.`);
}

/**
 * The inputs that action.yml hands over as `IN_<NAME>`.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Record<string, string>}
 */
export function inputsOf(environment) {
  /** @type {Record<string, string>} */
  const inputs = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('IN_')) continue;
    inputs[variable.slice('IN_'.length).toLowerCase().replaceAll('_', '-')] = value ?? '';
  }
  return inputs;
}

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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.env);
  } catch (error) {
    // Never 1, with which Node would end: that is the code of a blocked release.
    process.exitCode = error instanceof BadInput ? EXIT.usage : EXIT.unknown;
    process.stderr.write(`${error instanceof BadInput ? error.message : JSON.stringify(String(error))}\n`);
  }
}
