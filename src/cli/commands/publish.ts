import { ReadFault } from '../../contract/read-fault.ts';
import { MAX_DATE_AHEAD_MS, MAX_ITEM_BYTES } from '../../limits/limits.ts';
import { type FragmentInput, itemOfInput, keyOfInput, readFragmentInput } from '../../release/item/fragment-input.ts';
import { DOCUMENTED_KEYS, type KeyNames } from '../../release/item/item.ts';
import { jsonLine } from '../../release/text/json-text.ts';
import { biggestAttribute, itemBytes } from '../../store/item-size.ts';
import { RetryWhileDown } from '../../store/retry-while-down.ts';
import { describeTable } from '../../store/table-keys.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode } from '../context/exit-codes.ts';
import { logLines, printable } from '../context/printable.ts';
import { type OpenOutputs, openOutputs } from '../context/write-outputs.ts';
import { contradictions } from '../publish/contradictions.ts';
import { draftsOf } from '../publish/publish-drafts.ts';
import type { PublishOptions } from '../publish/publish-options.ts';
import { saveUnwritten } from '../publish/save-unwritten.ts';
import { unknownFactsWords } from '../publish/unknown-facts.ts';
import {
  type EntryOutcome,
  exitOfOutcomes,
  type WriteEntry,
  type WriteReport,
  writeEntries,
} from '../publish/write-entries.ts';
import { unwrittenWords, writeFaultWords } from '../publish/write-errors.ts';
import { detailLines, type InvalidInput, outcomeJson, outcomeLines } from '../publish/write-results.ts';
import { configuredKeys, withTable } from '../table/table-options.ts';

/** A date so long ago is unusual enough to be said, milliseconds. */
const LONG_AGO_MS = 365 * 24 * 3_600_000;
/** The publisher's own attributes take room too, bytes. */
const BOOKKEEPING_BYTES = 4096;
const SAVE_AS = 'unpublished-fragments.ndjson';

/** A fragment that may be written. */
interface ValidInput {
  readonly place: string;
  readonly input: FragmentInput;
}

/**
 * Publishes one fragment or many, idempotently. All good ones are written, whatever is wrong with others.
 *
 * @throws ExitError for bad options
 */
export async function publish(options: PublishOptions, context: CliContext): Promise<ExitCode> {
  const say = (lines: readonly string[]) => context.stderr(logLines(lines.map(printable)));
  const outputs = openOutputs(options.format, context);
  const drafts = await draftsOf(options, context);
  say(drafts.notices);
  const { valid, invalid, warnings } = checked(drafts.values, options, context);
  say(warnings);
  if (drafts.madeIn !== null) say(unknownFactsWords(valid, drafts.madeIn));
  if (options.dryRun) return dryRun(valid, invalid, outputs, context);
  const keysUntilKnown = configuredKeys(context) ?? DOCUMENTED_KEYS;
  if (valid.length === 0) return finish(outputs, context, { entries: [], outcomes: [], invalid, saved: null });

  return await withTable({ ...options, tries: 1 }, context, async (table) => {
    let entries = entriesOf(valid, keysUntilKnown, drafts.observed);
    let report: WriteReport = { outcomes: entries.map(() => ({ outcome: 'not-tried' })), warnings: [] };
    const retry = new RetryWhileDown(context.patience, context.stop);
    try {
      const described = await retry.run((timeLimitMs) =>
        describeTable(table.client, {
          table: table.settings.table,
          configuredKeys: table.settings.keyNames,
          signal: context.stop,
          timeLimitMs,
        }),
      );
      entries = entriesOf(valid, described.keys, drafts.observed);
      const target = { client: table.client, described, retry };
      report = await writeEntries(entries, target, { replace: options.replace === true, run: drafts.run }, context);
      say(report.warnings);
      say(unwrittenWords(report.outcomes, retry.gaveUp, table));
    } catch (error) {
      if (!(error instanceof ReadFault)) throw error;
      if (error.code !== 'cancelled') say(writeFaultWords(error, table).split('\n'));
    }
    const unwritten = valid.filter((_, index) => mayBeUnwritten(report.outcomes[index]));
    const saved = saveUnwritten(
      unwritten.map(({ input }) => input),
      options.save ?? SAVE_AS,
      'Publish by: release-matrix publish --input',
      options,
      say,
    );
    return finish(outputs, context, { entries, outcomes: report.outcomes, invalid, saved });
  });
}

function checked(
  values: Awaited<ReturnType<typeof draftsOf>>['values'],
  options: PublishOptions,
  context: CliContext,
): { valid: ValidInput[]; invalid: InvalidInput[]; warnings: string[] } {
  const valid: ValidInput[] = [];
  const invalid: InvalidInput[] = [];
  const warnings: string[] = [];
  for (const { place, value, fault } of values) {
    if (fault !== null) {
      invalid.push({ place, faults: [fault] });
      continue;
    }
    const reading = readFragmentInput(value, { anyRelease: options.allowAnyRelease === true });
    const faults = 'faults' in reading ? reading.faults : faultsOfItem(reading.input, context.now());
    if (faults.length > 0) invalid.push({ place, faults: faults.map((one) => withHint(one, options)) });
    else if ('input' in reading) {
      valid.push({ place, input: reading.input });
      if (isLongAgo(reading.input.date, context.now())) {
        warnings.push(`${place}: the date ${reading.input.date} is more than a year ago.`);
      }
    }
  }
  const contradicting = contradictions(entriesOf(valid, DOCUMENTED_KEYS, false), DOCUMENTED_KEYS);
  const places = new Set(contradicting.map(({ place }) => place));
  return {
    valid: valid.filter(({ place }) => !places.has(place)),
    invalid: [...invalid, ...contradicting],
    warnings,
  };
}

/** What no shape can say: the clock, and the size that the item will have. */
function faultsOfItem(input: FragmentInput, now: string): string[] {
  const faults: string[] = [];
  if (input.date !== undefined && Date.parse(input.date) > Date.parse(now) + MAX_DATE_AHEAD_MS) {
    faults.push(`date is in the future: expected ${now} at most, received ${input.date}`);
  }
  const item = itemOfInput(input, DOCUMENTED_KEYS);
  const bytes = itemBytes(item) + BOOKKEEPING_BYTES;
  if (bytes > MAX_ITEM_BYTES) {
    const biggest = biggestAttribute(item);
    faults.push(
      `the item would have ${bytes} bytes, and DynamoDB takes ${MAX_ITEM_BYTES}; its biggest field is ${biggest.name} (${biggest.bytes} bytes)`,
    );
  }
  return faults;
}

function isLongAgo(date: string | undefined, now: string): boolean {
  return date !== undefined && Date.parse(date) < Date.parse(now) - LONG_AGO_MS;
}

/** Which option fixes what is missing. */
function withHint(fault: string, { input }: PublishOptions): string {
  const missing = /^(release|type|component|environment) is missing$/.exec(fault)?.[1];
  if (missing === undefined || input !== undefined) return fault;
  const why = missing === 'release' ? ', as there is no release tag in GITHUB_REF_NAME, CI_COMMIT_TAG or at HEAD' : '';
  return `${fault}: name it by --${missing}${why}`;
}

/** @param observed whether all of them say what was seen; a workload always does */
function entriesOf(valid: readonly ValidInput[], keys: KeyNames, observed: boolean): WriteEntry[] {
  return valid.map(({ place, input }) => ({
    place,
    release: input.release,
    key: keyOfInput(input),
    item: itemOfInput(input, keys),
    observed: observed || input.type === 'k8s',
  }));
}

/** Prints the items as they would be written, a line each in every format. */
function dryRun(
  valid: readonly ValidInput[],
  invalid: readonly InvalidInput[],
  outputs: OpenOutputs,
  context: CliContext,
): ExitCode {
  const keys = configuredKeys(context) ?? DOCUMENTED_KEYS;
  // JSON escapes control characters, and no line of it can begin with `::`.
  const lines = () => valid.map(({ input }) => `${jsonLine(itemOfInput(input, keys))}\n`).join('');
  outputs.write({ text: lines, json: lines });
  context.stderr(detailLines([], [], invalid));
  return invalid.length > 0 ? EXIT.usage : EXIT.pass;
}

function mayBeUnwritten(said: EntryOutcome | undefined): boolean {
  return said === undefined || said.outcome === 'failed' || said.outcome === 'not-tried';
}

interface Finished {
  readonly entries: readonly WriteEntry[];
  readonly outcomes: readonly EntryOutcome[];
  readonly invalid: readonly InvalidInput[];
  readonly saved: string | null;
}

function finish(outputs: OpenOutputs, { stderr, stop }: CliContext, said: Finished): ExitCode {
  const { entries, outcomes, invalid, saved } = said;
  outputs.write({
    text: () => outcomeLines(entries, outcomes),
    json: () => outcomeJson(entries, outcomes, invalid, saved),
  });
  stderr(detailLines(entries, outcomes, invalid));
  return exitOfOutcomes(outcomes, invalid.length, stop);
}
