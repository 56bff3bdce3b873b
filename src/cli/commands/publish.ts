import { MAX_CHANGES_BYTES, MAX_DATE_AHEAD_MS, MAX_ITEM_BYTES } from '../../limits/limits.ts';
import { type ChangeList, cutChangeList } from '../../release/item/change-list.ts';
import { type FragmentInput, itemOfInput, keyOfInput, readFragmentInput } from '../../release/item/fragment-input.ts';
import { DOCUMENTED_KEYS, type KeyNames } from '../../release/item/item.ts';
import { jsonLine } from '../../release/text/json-text.ts';
import { biggestAttribute, itemBytes } from '../../store/item-size.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode } from '../context/exit-codes.ts';
import { type OpenOutputs, openOutputs } from '../context/outputs.ts';
import { say } from '../context/printable.ts';
import type { CiFacts } from '../publish/ci-facts.ts';
import { withoutContradictions } from '../publish/contradictions.ts';
import { type Drafts, draftsOf } from '../publish/publish-drafts.ts';
import type { PublishOptions } from '../publish/publish-options.ts';
import { type Writable, writeAll } from '../publish/write-all.ts';
import type { WriteEntry } from '../publish/write-entries.ts';
import { detailLines, type InvalidInput, outcomeLines } from '../publish/write-results.ts';
import { configuredKeys } from '../table/table-options.ts';

/** A date so long ago is unusual enough to be said, milliseconds. */
const LONG_AGO_MS = 365 * 24 * 3_600_000;
/** The publisher's own attributes take room too, bytes. */
const BOOKKEEPING_BYTES = 4096;

/** A fragment that may be written. */
interface FragmentEntry extends WriteEntry {
  readonly input: FragmentInput;
}

/**
 * Publishes one fragment or many, idempotently. All good ones are written, whatever is wrong with others.
 *
 * @throws ExitError for bad options
 */
export async function publish(options: PublishOptions, context: CliContext): Promise<ExitCode> {
  const outputs = openOutputs(options.format, context);
  const drafts = await draftsOf(options, context);
  say(context, ...drafts.notices);
  const { entries, invalid, warnings } = checked(drafts, options, context);
  say(context, ...warnings);
  if (drafts.madeIn !== null) say(context, ...unknownFactsWords(entries, drafts.madeIn));
  const keysUntilKnown = configuredKeys(context) ?? DOCUMENTED_KEYS;
  const keyed = (keys: KeyNames) => ({
    entries: entries.map((entry) => ({ ...entry, item: itemOfInput(entry.input, keys) })),
    invalid,
  });
  const untilKnown = keyed(keysUntilKnown);
  if (options.dryRun) return dryRun(untilKnown, outputs, context);
  const saved = { saveAs: 'unpublished-fragments.ndjson', goOn: 'Publish with: release-matrix publish --input' };
  const writing = { of: keyed, untilKnown, run: drafts.run, progress: null, ...saved, text: outcomeLines };
  return await writeAll(writing, options, outputs, context);
}

function checked(
  { values, observed }: Drafts,
  options: PublishOptions,
  context: CliContext,
): { entries: readonly FragmentEntry[]; invalid: InvalidInput[]; warnings: string[] } {
  const valid: FragmentEntry[] = [];
  const invalid: InvalidInput[] = [];
  const warnings: string[] = [];
  for (const { place, value, fault } of values) {
    if (fault !== null) {
      invalid.push({ place, faults: [fault] });
      continue;
    }
    const reading = readFragmentInput(value, { anyRelease: options.allowAnyRelease === true });
    const sized = 'faults' in reading ? null : fittingChanges(reading.input, place);
    if (sized !== null) warnings.push(...sized.warnings);
    const faults = 'faults' in reading ? reading.faults : faultsOfItem(sized?.input ?? reading.input, context.now());
    if (faults.length > 0) invalid.push({ place, faults: faults.map((one) => withHint(one, options)) });
    else if (sized !== null) {
      const { input } = sized;
      valid.push({
        place,
        release: input.release,
        key: keyOfInput(input),
        item: itemOfInput(input, DOCUMENTED_KEYS),
        input,
        // A workload always says what was seen.
        observed: observed || input.type === 'k8s',
      });
      if (isLongAgo(input.date, context.now()))
        warnings.push(`${place}: the date ${input.date} is more than a year ago.`);
    }
  }
  const { entries, invalid: contradicting } = withoutContradictions(valid, DOCUMENTED_KEYS);
  return { entries, invalid: [...invalid, ...contradicting], warnings };
}

/** Of the changes as many as have room: no fragment is refused for what it is as good without. */
function fittingChanges(
  input: FragmentInput,
  place: string,
): { readonly input: FragmentInput; readonly warnings: readonly string[] } {
  const { changes, ...rest } = input;
  if (changes === undefined) return { input, warnings: [] };
  const bytesOf = (list: ChangeList) => itemBytes({ changes: list });
  const room = MAX_ITEM_BYTES - BOOKKEEPING_BYTES - itemBytes(itemOfInput(rest, DOCUMENTED_KEYS));
  const most = Math.min(MAX_CHANGES_BYTES, room);
  const cut = cutChangeList(changes, most, bytesOf);
  if (cut === changes) return { input, warnings: [] };
  if (cut === undefined)
    return { input: rest, warnings: [`${place}: the item has no room for its changes; they are left out.`] };
  const warning = `${place}: of its changes the newest ${cut.commits.length} have room; the item says that ${cut.cut} older are left out.`;
  return { input: { ...rest, changes: { ...cut, commits: [...cut.commits] } }, warnings: [warning] };
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

/** Prints the items as they would be written, a line each in every format. */
function dryRun({ entries, invalid }: Writable, outputs: OpenOutputs, context: CliContext): ExitCode {
  // JSON escapes control characters, and no line of it can begin with `::`.
  const lines = () => entries.map(({ item }) => `${jsonLine(item)}\n`).join('');
  outputs.write({ text: lines, json: lines });
  context.stderr(detailLines([], [], invalid));
  return invalid.length > 0 ? EXIT.usage : EXIT.pass;
}

/** Places that are named of those that lack something. */
const MAX_NAMED = 3;

/** Says which components are published without their commit or its date, and how to give them. */
function unknownFactsWords(made: readonly FragmentEntry[], from: CiFacts['from']): string[] {
  const why =
    from === 'git' ? 'there is no CI, and no checkout of what was built' : 'neither the run nor a checkout says it';
  const lacking = (commit: boolean, date: boolean) =>
    made.filter(({ input }) => (input.commit === undefined) === commit && (input.date === undefined) === date);
  return [
    ...lackingWords(
      lacking(true, true),
      `no commit and no date is known, as ${why}. Give them by --commit and --date.`,
    ),
    ...lackingWords(lacking(true, false), `no commit is known, as ${why}. Give it by --commit.`),
    ...lackingWords(lacking(false, true), `no date is known, as ${why}. Give it by --date.`),
  ];
}

function lackingWords(made: readonly FragmentEntry[], what: string): string[] {
  if (made.length === 0) return [];
  const named = made.slice(0, MAX_NAMED).map(({ place }) => place);
  const more = made.length > MAX_NAMED ? ` and ${made.length - MAX_NAMED} more` : '';
  return [`${named.join(', ')}${more}: ${what}`];
}
