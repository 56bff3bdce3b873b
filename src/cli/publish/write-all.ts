import { writeFileSync } from 'node:fs';
import { ReadFault } from '../../contract/read-fault.ts';
import { MAX_UNWRITTEN_FILES } from '../../limits/limits.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { shellWord } from '../../release/text/shell-text.ts';
import { RetryWhileDown } from '../../store/retry-while-down.ts';
import { describeTable } from '../../store/table-keys.ts';
import type { CliContext } from '../context/cli-context.ts';
import { type ExitCode, messageOf } from '../context/exit-codes.ts';
import type { OpenOutputs } from '../context/outputs.ts';
import { say } from '../context/printable.ts';
import { progressBar } from '../context/progress-bar.ts';
import { type ConnectionOptions, type TableConnected, withTable } from '../table/table-options.ts';
import { type EntryOutcome, exitOfOutcomes, type WriteEntry, writeEntries } from './write-entries.ts';
import { type PolicyFor, unwrittenWords, writeFaultWords } from './write-errors.ts';
import { detailLines, type InvalidInput, outcomeJson } from './write-results.ts';

/** Where to, and how, something is written. */
export interface WritingOptions extends ConnectionOptions {
  readonly allowAnyRelease?: true;
  readonly replace?: true;
  /** Where what could not be written is saved. */
  readonly save?: string;
}

/** What is to be written. */
export interface Writable {
  readonly entries: readonly WriteEntry[];
  readonly invalid: readonly InvalidInput[];
}

export interface Writing {
  /** What is to be written into a table whose keys are called so. */
  readonly of: (keys: KeyNames) => Writable;
  /** The same while its keys are not known, for what is to be saved where they never are; null: it is the table's fault then. */
  readonly untilKnown: Writable | null;
  /** Address of the CI's run. */
  readonly run: string | null;
  /** What a progress bar is called; null: there is none. */
  readonly progress: string | null;
  /** Makes the policy that lets somebody write it; absent: the publisher's. */
  readonly policyFor?: PolicyFor | undefined;
  /** The file in which unwritten entries are saved where none is named, and the words that lead to a command that takes it. */
  readonly saveAs: string;
  readonly goOn: string;
  /** The results as text. */
  readonly text: (
    entries: readonly WriteEntry[],
    outcomes: readonly EntryOutcome[],
    invalid: readonly InvalidInput[],
  ) => string;
}

/**
 * Writes what was collected and checked, and says what became of it: the one way for whatever command writes items.
 * All good ones are written, whatever is wrong with others.
 *
 * @throws ExitError `unknown` where the table cannot be reached and nothing can be saved
 */
export async function writeAll(
  writing: Writing,
  options: WritingOptions,
  outputs: OpenOutputs,
  context: CliContext,
): Promise<ExitCode> {
  const { untilKnown } = writing;
  if (untilKnown?.entries.length === 0) return untried(writing, untilKnown, options, outputs, context);
  return await withTable({ ...options, tries: 1 }, context, (table) =>
    writeInto(table, writing, options, outputs, context),
  );
}

/** The same into a table that is connected already. */
export async function writeInto(
  table: TableConnected,
  writing: Writing,
  options: WritingOptions,
  outputs: OpenOutputs,
  context: CliContext,
): Promise<ExitCode> {
  const { untilKnown } = writing;
  const { client, settings } = table;
  const retry = new RetryWhileDown(context.patience, context.stop);
  const asked = { table: settings.table, configuredKeys: settings.keyNames, signal: context.stop };
  const described = await retry
    .run((timeLimitMs) => describeTable(client, { ...asked, timeLimitMs }))
    .catch((error: unknown) => {
      if (!(error instanceof ReadFault) || untilKnown === null) throw error;
      if (error.code !== 'cancelled') say(context, ...writeFaultWords(error, table, writing.policyFor).split('\n'));
      return null;
    });
  if (described === null)
    return untried(writing, untilKnown ?? { entries: [], invalid: [] }, options, outputs, context);
  const written = writing.of(described.keys);
  const bar = writing.progress === null ? null : progressBar(context, writing.progress);
  const { outcomes, warnings } = await writeEntries(
    written.entries,
    { client, described, retry },
    { replace: options.replace === true, run: writing.run, onProgress: bar?.update },
    context,
  ).finally(() => bar?.end());
  say(context, ...warnings, ...unwrittenWords(outcomes, retry.gaveUp, table, writing.policyFor));
  return finish(writing, written, outcomes, options, outputs, context);
}

function untried(
  writing: Writing,
  what: Writable,
  options: WritingOptions,
  outputs: OpenOutputs,
  context: CliContext,
): ExitCode {
  return finish(
    writing,
    what,
    what.entries.map(() => ({ outcome: 'not-tried' })),
    options,
    outputs,
    context,
  );
}

/** Saves what may not be in the table, and says what became of everything. */
function finish(
  { saveAs, goOn, text }: Writing,
  { entries, invalid }: Writable,
  outcomes: readonly EntryOutcome[],
  options: WritingOptions,
  outputs: OpenOutputs,
  context: CliContext,
): ExitCode {
  const unwritten = entries.filter((_, index) =>
    ['failed', 'not-tried'].includes(outcomes[index]?.outcome ?? 'failed'),
  );
  const values = unwritten.map(({ input, item }) => input ?? item);
  const saved = values.length === 0 ? null : saveUnwritten(values, options.save ?? saveAs, goOn, options, context);
  outputs.write({
    text: () => text(entries, outcomes, invalid),
    json: () => outcomeJson(entries, outcomes, invalid, saved),
  });
  context.stderr(detailLines(entries, outcomes, invalid));
  return exitOfOutcomes(outcomes, invalid.length, context.stop);
}

/** @returns the file's name; null: none can be written, which is said and costs nothing else */
function saveUnwritten(
  values: readonly unknown[],
  file: string,
  goOn: string,
  options: WritingOptions,
  context: CliContext,
): string | null {
  try {
    const saved = savedAs(values, file);
    const command = [goOn, shellWord(saved), ...sameOptions(options)].join(' ');
    say(context, `${values.length} not written; saved as ${saved}. ${command}`);
    return saved;
  } catch (error) {
    say(context, `${values.length} not written, and not saved: ${messageOf(error)}`);
    return null;
  }
}

/** A file that is there is left alone, and another name is taken: `name.ndjson`, `name-2.ndjson`, … */
function savedAs(values: readonly unknown[], name: string): string {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const dot = name.lastIndexOf('.');
  for (let attempt = 1; ; attempt += 1) {
    const numbered = attempt === 1 ? '' : `-${attempt}`;
    const file = dot > 0 ? `${name.slice(0, dot)}${numbered}${name.slice(dot)}` : `${name}${numbered}`;
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!taken || attempt === MAX_UNWRITTEN_FILES) throw error;
    }
  }
}

function sameOptions({ allowAnyRelease, replace, table, region, profile, endpoint }: WritingOptions): string[] {
  const flags = Object.entries({ '--allow-any-release': allowAnyRelease, '--replace': replace });
  const named = Object.entries({ '--table': table, '--region': region, '--profile': profile, '--endpoint': endpoint });
  return [
    ...flags.flatMap(([flag, given]) => (given ? [flag] : [])),
    ...named.flatMap(([option, value]) => (value === undefined ? [] : [option, shellWord(value)])),
  ];
}
