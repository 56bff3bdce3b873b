import { MAX_ITEM_BYTES } from '../../limits/limits.ts';
import { DEFAULT_ENVIRONMENTS } from '../../release/item/environment.ts';
import { isBookkeepingKey, readItem } from '../../release/item/fragment.ts';
import { itemOfInput, readFragmentInput } from '../../release/item/fragment-input.ts';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../../release/item/item.ts';
import { biggestAttribute, itemBytes } from '../../store/item-size.ts';
import { isRecord } from '../../store/wire-answer.ts';
import type { CliContext } from '../context/cli-context.ts';
import { type ExitCode, usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';
import type { PlacedValue } from '../context/many-values.ts';
import { openOutputs, type WriteOutput } from '../context/outputs.ts';
import { logLines, say } from '../context/printable.ts';
import { tableItems, unreadablePart } from '../context/table-items.ts';
import { withoutContradictions } from '../publish/contradictions.ts';
import { type WritingOptions, writeAll } from '../publish/write-all.ts';
import type { EntryOutcome, WriteEntry } from '../publish/write-entries.ts';
import type { InvalidInput } from '../publish/write-results.ts';

export interface ImportOptions extends WritingOptions {
  readonly format?: readonly WriteOutput[];
}

/**
 * Writes the items of a file into the table, each unless another is there. Items may be plain ones, as `export` writes
 * them, or in DynamoDB's own JSON, with the documented key names or the table's own, or fragments as `publish` takes
 * them. All good ones are written, whatever is wrong with others.
 *
 * @param file JSON array, NDJSON, or what `aws dynamodb scan` prints, compressed or not; `-` is standard input
 * @throws ExitError `usage` for a file that cannot be read; `unknown` where the table cannot be reached
 */
export async function importItems(file: string, options: ImportOptions, context: CliContext): Promise<ExitCode> {
  const outputs = openOutputs(options.format, context);
  const { values, incomplete, simplified } = tableItems(readText(file));
  if (incomplete !== null) say(context, `${file}, ${incomplete}. What comes after it is not imported.`);
  if (simplified > 0)
    say(context, `Of ${simplified} items sets are written as lists, and numbers beyond JavaScript's as text.`);
  if (values.length === 0) throw usage(`${file} holds no items.`);
  const of = (keys: KeyNames) => {
    const { own, ...read } = sorted(values, keys);
    if (own > 0) say(context, `${own} change counters are left out: they count what was written elsewhere.`);
    return read;
  };
  const saved = { saveAs: 'not-imported.ndjson', goOn: 'Continue with: release-matrix import' };
  const writing = { of, untilKnown: null, run: null, progress: 'Importing', ...saved, text: summary };
  return await writeAll(writing, options, outputs, context);
}

function sorted(values: readonly PlacedValue[], keys: KeyNames) {
  const valid: WriteEntry[] = [];
  const invalid: InvalidInput[] = [];
  let own = 0;
  for (const { place, value, fault } of values) {
    const read = fault === null ? itemOf(value, keys) : { fault };
    if ('fault' in read) invalid.push({ place, faults: [read.fault] });
    else if (isBookkeepingKey(String(read.item[keys.release]))) own += 1;
    else {
      const { item } = read;
      valid.push({ place, item, release: String(item[keys.release]), key: String(item[keys.component]) });
    }
  }
  const { entries, invalid: contradicting } = withoutContradictions(valid, keys);
  return { entries, invalid: [...invalid, ...contradicting], own };
}

function itemOf(value: unknown, keys: KeyNames): { readonly item: Item } | { readonly fault: string } {
  if (!isRecord(value)) {
    return { fault: `expected an item (a JSON object), received ${JSON.stringify(value).slice(0, 60)}` };
  }
  // An item's HASH key is its release; a fragment names it so, and has a type and a component instead of a RANGE key.
  if (!(keys.component in value) && !(DOCUMENTED_KEYS.component in value) && 'component' in value) {
    const reading = readFragmentInput(value, { anyRelease: true });
    return 'faults' in reading ? { fault: reading.faults.join('; ') } : sized(itemOfInput(reading.input, keys));
  }
  // JSON makes no other values than an item may have.
  const item = withKeys(value as Item, keys);
  const unreadable = unreadablePart(item);
  if (unreadable !== null) return { fault: unreadable };
  const reading = readItem(item, keys, DEFAULT_ENVIRONMENTS);
  return 'rejected' in reading ? { fault: reading.rejected.reason } : sized(item);
}

/** An export of a table with the documented names goes into one that calls a key, or both, otherwise. */
function withKeys(item: Item, keys: KeyNames): Item {
  return (['release', 'component'] as const).reduce((renamed: Item, key) => {
    const { [DOCUMENTED_KEYS[key]]: value, ...rest } = renamed;
    return value === undefined || Object.hasOwn(renamed, keys[key]) ? renamed : { [keys[key]]: value, ...rest };
  }, item);
}

function sized(item: Item): { readonly item: Item } | { readonly fault: string } {
  if (itemBytes(item) <= MAX_ITEM_BYTES) return { item };
  const { name, bytes } = biggestAttribute(item);
  return { fault: `is over ${MAX_ITEM_BYTES} bytes; its biggest field is ${name} (${bytes} bytes)` };
}

function summary(
  entries: readonly WriteEntry[],
  outcomes: readonly EntryOutcome[],
  invalid: readonly InvalidInput[],
): string {
  const count = (word: string) => outcomes.filter(({ outcome }) => outcome === word).length;
  const parts: [number, string][] = [
    [count('published'), 'written'],
    [count('already-published'), 'there already'],
    [count('replaced'), 'replaced'],
    [count('conflict'), 'conflicts'],
    [count('failed') + count('not-tried'), 'not written'],
    [invalid.length, 'invalid'],
  ];
  const said = parts
    .filter(([number], index) => number > 0 || index === 0)
    .map(([number, word]) => `${number} ${word}`);
  return logLines([`${entries.length + invalid.length} items: ${said.join(', ')}`]);
}
