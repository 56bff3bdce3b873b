import type { Argument, Command, Option } from 'commander';
import { type ExitError, usage } from './context/exit-codes.ts';
import { RepeatedOption } from './context/single-option.ts';

// The inputs of the GitHub Action are the arguments and options of the command line, by their names. They are read off
// the commands themselves, so that an option has its input from the moment that it is there.

/** One input, as action.yml declares it. */
export interface ActionInput {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
}

/** What a command takes under the name of an input. */
type Taken = { readonly argument: Argument } | { readonly option: Option };

/** The command to run, by its words: `check`, `table describe`. */
const COMMAND = 'command';
/** What is `--command` of `plan`: the command of a step. */
const STEP_COMMAND = 'step-command';
/** Further words, for whatever is easier said so. */
const ARGS = 'args';

/** What may stand on many lines: the output of a tool. */
const TEXTS: ReadonlySet<string> = new Set(['json']);
/** Longest part of an input that is repeated in an error. */
const MAX_SHOWN = 100;

/** @returns every command that does something, by its words */
function commandsOf(program: Command, words: readonly string[] = []): Map<string, Command> {
  const found = new Map<string, Command>();
  for (const command of program.commands) {
    const path = [...words, command.name()];
    if (command.commands.length === 0) found.set(path.join(' '), command);
    else for (const [name, below] of commandsOf(command, path)) found.set(name, below);
  }
  return found;
}

/** @returns what a command takes, by the names of the inputs */
function takenBy(command: Command): Map<string, Taken> {
  return new Map<string, Taken>([
    ...command.registeredArguments.map((argument) => [argument.name(), { argument }] as const),
    ...command.options.map((option) => [nameOf(option), { option }] as const),
  ]);
}

function nameOf({ long, flags }: Option): string {
  if (!long) throw new Error(`${flags} has no long name, and so no input of the action.`);
  const name = long.replace(/^--/, '');
  // Which command it is stands under this name already.
  return name === COMMAND ? STEP_COMMAND : name;
}

/** @returns the inputs of the action, each once, with what it is to each command */
export function actionInputs(program: Command): ActionInput[] {
  const commands = commandsOf(program);
  /** By input, and by what is said of it, the commands. */
  const said = new Map<string, Map<string, string[]>>();
  for (const [command, { registeredArguments, options }] of commands) {
    const all = [
      ...registeredArguments.map((argument) => [argument.name(), argument.description] as const),
      ...options.map((option) => [nameOf(option), wordsOfOption(option)] as const),
    ];
    for (const [name, words] of all) {
      const of = said.get(name) ?? new Map<string, string[]>();
      said.set(name, of.set(words, [...(of.get(words) ?? []), command]));
    }
  }
  return [
    { name: COMMAND, description: [...commands.keys()].join(', '), required: true },
    ...[...said].map(([name, of]) => ({
      name,
      description: [...of].map(([words, names]) => `${names.join(', ')}: ${words}`).join('. '),
    })),
    { name: ARGS, description: 'Further words of the command line, one a line' },
  ];
}

function wordsOfOption(option: Option): string {
  if (option.isBoolean()) return `${option.description} (true or false)`;
  if (!(option instanceof RepeatedOption)) return option.description;
  return `${option.description.replace(/[,;] may be (?:given again|repeated)$/, '')}; several one a line`;
}

/**
 * Reads the inputs as the runner hands them over, `INPUT_DRY-RUN`, and nothing else: any job may have variables that only
 * look like them.
 *
 * @returns those that are given, without white space around them as other actions read theirs
 */
export function givenInputs(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Map<string, string> {
  return new Map(
    names.flatMap((name) => {
      const value = environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** A command line that is asked for. */
export interface Asked {
  /** Its name, `table describe`. */
  readonly name: string;
  readonly command: Command;
  readonly words: readonly string[];
}

/**
 * The command line of some inputs.
 *
 * @param inputs those that are given, by name
 * @throws ExitError (usage) naming the input, and what was expected
 */
export function askedBy(inputs: ReadonlyMap<string, string>, program: Command): Asked {
  const commands = commandsOf(program);
  const name = (inputs.get(COMMAND) ?? '').replaceAll(/\s+/g, ' ');
  const command = commands.get(name);
  if (command === undefined) throw bad(COMMAND, `one of ${[...commands.keys()].join(', ')}`, name);
  const taken = takenBy(command);

  const options: string[] = [];
  for (const [input, value] of inputs) {
    if (input === COMMAND || input === ARGS) continue;
    const form = taken.get(input);
    // An input without effect would be believed to have one. A flag that is not set asks for nothing.
    if (form === undefined && value !== 'false') throw bad(input, `nothing with the command ${name}`, value);
    if (form !== undefined && 'option' in form) options.push(...optionWords(input, form.option, value));
  }
  const further = linesOf(inputs.get(ARGS) ?? '').map((line) => oneLine(ARGS, line));
  const operands = command.registeredArguments.flatMap((argument) => {
    const value = inputs.get(argument.name());
    if (value === undefined && argument.required) throw bad(argument.name(), argument.description, '');
    return value === undefined ? [] : [oneLine(argument.name(), value)];
  });
  // After `--` nothing is taken for an option.
  const end = operands.length === 0 ? [] : ['--', ...operands];
  return { name, command, words: [...name.split(' '), ...options, ...further, ...end] };
}

function optionWords(name: string, option: Option, value: string): string[] {
  const flag = option.long ?? '';
  if (option.isBoolean()) {
    if (value !== 'true' && value !== 'false') throw bad(name, 'true or false', value);
    return value === 'true' ? [flag] : [];
  }
  // In one word, so that a value that begins with a dash is no option.
  if (option instanceof RepeatedOption) return linesOf(value).map((line) => `${flag}=${oneLine(name, line)}`);
  return [`${flag}=${TEXTS.has(name) ? value : oneLine(name, value)}`];
}

/** The lines of a text that hold anything. */
function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function oneLine(name: string, value: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) throw bad(name, 'one line without control characters', value);
  return value;
}

function bad(name: string, expected: string, received: string): ExitError {
  const shown = JSON.stringify(received.slice(0, MAX_SHOWN));
  return usage(`The input ${name}: expected ${expected}, received ${shown}.`);
}
