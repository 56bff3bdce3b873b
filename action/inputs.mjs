// What the inputs of the action ask for, as a command line. Plain JavaScript that imports nothing, as run.mjs is.

/** An input that no command line can be made of. */
export class BadInput extends Error {}

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

/**
 * @param {string} text
 * @returns {string[]} those that hold anything
 */
export function linesOf(text) {
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
  return new BadInput(`The input ${name}: expected ${expected}, received ${quoted(received.slice(0, 100))}.`);
}

/**
 * Text for the log, on one line and in quotes, so that none of it is a command to the runner: neither `::name::…` at the
 * start of a line nor, in its older form, `##[name]…` anywhere.
 *
 * @param {string} text
 * @returns {string}
 */
export function quoted(text) {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|(?<=##)\[/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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
