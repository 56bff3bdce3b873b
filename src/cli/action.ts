import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Option } from 'commander';
import { z } from 'zod';
import { type Asked, actionInputs, askedBy, givenInputs } from './action-inputs.ts';
import type { CliContext } from './context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, messageOf } from './context/exit-codes.ts';
import { manyValues } from './context/many-values.ts';
import { RepeatedOption } from './context/single-option.ts';
import { tableVerdict } from './reports/table-forms.ts';
import { commandLine, end, run } from './run.ts';

/** What `check` and `report` say, as far as the action tells of it. */
const judged = z.looseObject({
  verdict: z.enum(['pass', 'fail', 'unknown']),
  unknown: z.array(z.string()).default([]),
});
/** What `publish` and `import` say. */
const written = z.looseObject({ results: z.array(z.unknown()) });

/** Commands that give a verdict. */
const JUDGING: ReadonlySet<string> = new Set(['check', 'report']);
/** Commands that say of each fragment what became of it. */
const WRITING: ReadonlySet<string> = new Set(['publish', 'import']);

/**
 * Runs what the inputs of the GitHub Action ask for, as a command line, and hands the outputs to the runner.
 *
 * @returns what the step ends with; never throws
 */
export async function runAction(context: CliContext): Promise<ExitCode> {
  try {
    const { outputs, exitCode } = await answered(context);
    writeOutputs({ ...outputs, 'exit-code': String(exitCode) }, context);
    return exitCode;
  } catch (error) {
    // Whatever the gate has said, nobody behind it will hear of it.
    return end(new ExitError(EXIT.unknown, `The outputs cannot be written: ${messageOf(error)}`), context);
  }
}

async function answered(context: CliContext) {
  const program = commandLine(context, () => {});
  const names = actionInputs(program).map(({ name }) => name);
  try {
    const asked = askedBy(givenInputs(context.environment, names), program);
    const folder = mkdtempSync(join(context.environment.RUNNER_TEMP || tmpdir(), 'release-matrix-'));
    const printsJson = printed(asked) === 'json';
    const report = join(folder, printsJson ? 'report.json' : 'report.txt');
    writeFileSync(report, '');
    // As JSON too, beside what was asked for, where the command can say the same in several forms.
    const aside = formatOf(asked) instanceof RepeatedOption ? join(folder, 'said.json') : null;
    const exitCode = await run(aside === null ? asked.words : withJson(asked, aside), {
      ...context,
      stdout: (text) => {
        appendFileSync(report, text);
        context.stdout(text);
      },
    });
    const said = aside ?? (printsJson ? report : null);
    const text = said !== null && existsSync(said) ? readFileSync(said, 'utf8') : '';
    return { outputs: { ...outputsOf(asked.name, text, exitCode), report }, exitCode };
  } catch (error) {
    const ending = error instanceof ExitError ? error : new ExitError(EXIT.unknown, messageOf(error));
    const exitCode = end(ending, context);
    return { outputs: { ...outputsOf('', '', exitCode), report: '' }, exitCode };
  }
}

/**
 * What others are told. Lists are always JSON, for `fromJSON` fails on an empty text.
 *
 * @param text what the command said as JSON; empty: nothing
 */
function outputsOf(command: string, text: string, exitCode: ExitCode) {
  const values = manyValues(text).flatMap(({ value, fault }) => (fault === null ? [value] : []));
  const reports = JUDGING.has(command) ? values.flatMap((value) => judged.safeParse(value).data ?? []) : [];
  const results = written.safeParse(values[0]).data?.results;
  const verdict = reports.length > 0 ? tableVerdict(reports) : verdictOfExit(exitCode);
  const reasons = verdict === 'unknown' ? reports.flatMap(({ unknown }) => unknown) : [];
  // What a dry run says are the items themselves, a line each.
  const items = WRITING.has(command) && results === undefined ? values : [];
  return {
    verdict: JUDGING.has(command) ? verdict : '',
    unknown: JSON.stringify([...new Set(reasons)]),
    // Of all releases there may be more than an output takes.
    json: items.length > 0 || values.length !== 1 || text.startsWith('[') ? '' : JSON.stringify(values[0]),
    fragments: JSON.stringify(results ?? items),
  };
}

/** Where there is no report. Bad usage has no verdict; whatever else a gate ends with, it could not tell. */
function verdictOfExit(exitCode: ExitCode): string {
  return exitCode === EXIT.usage ? '' : 'unknown';
}

/** The command's own option `--format`; undefined: it has none. */
function formatOf({ command }: Asked): Option | undefined {
  return command.options.find(({ long }) => long === '--format');
}

function formatsAsked({ words }: Asked): string[] {
  return words.flatMap((word, index) => {
    if (word === '--format') return [words[index + 1] ?? ''];
    return word.startsWith('--format=') ? [word.slice('--format='.length)] : [];
  });
}

/** What the command prints, of what can be asked for; null: nothing of a name. */
function printed(asked: Asked): string | null {
  const here = formatsAsked(asked).find((format) => !format.includes('=') || format.endsWith('=-'));
  if (here !== undefined) return here.replace(/=-$/, '');
  const byDefault: unknown = formatOf(asked)?.defaultValue;
  return typeof byDefault === 'string' ? byDefault : null;
}

function withJson(asked: Asked, file: string): string[] {
  const depth = asked.name.split(' ').length;
  const otherwise = formatsAsked(asked).length === 0 ? ['--format=text'] : [];
  return [...asked.words.slice(0, depth), ...otherwise, `--format=json=${file}`, ...asked.words.slice(depth)];
}

/** As the runner reads them: `name=value`, a line each. JSON has no line feed but between its words. */
function writeOutputs(outputs: Readonly<Record<string, string>>, { environment }: CliContext): void {
  if (!environment.GITHUB_OUTPUT) return;
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(environment.GITHUB_OUTPUT, lines.join(''));
}
