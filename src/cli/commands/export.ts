import { renameSync, writeFileSync } from 'node:fs';
import { isBookkeepingKey } from '../../release/item/fragment.ts';
import type { Item, KeyNames } from '../../release/item/item.ts';
import { compareText, sortReleases } from '../../release/item/release.ts';
import { jsonLine } from '../../release/text/json-text.ts';
import type { ReadProgress } from '../../store/read-table.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode } from '../context/exit-codes.ts';
import { writeOutput } from '../context/outputs.ts';
import { say } from '../context/printable.ts';
import { progressBar } from '../context/progress-bar.ts';
import { type ConnectionOptions, readWhole, withTable } from '../table/table-options.ts';

/**
 * Writes all items of the table to a file: newest release first, by component within it, so that two exports of one
 * state are equal. The program's own items (change counters, what `notify`
 * posted) stay behind; the policy item goes with the rest.
 *
 * @param file `.json`: an array; anything else, and `-` for standard output: an item a line
 * @throws ExitError `usage` where the file cannot be written; `unknown` where the table cannot be read to its end
 */
export async function exportItems(file: string, options: ConnectionOptions, context: CliContext): Promise<ExitCode> {
  return await withTable(options, context, async (table) => {
    const bar = progressBar(context, 'Reading');
    const onProgress = ({ read, expected }: ReadProgress) => bar.update(read, Math.max(read, expected ?? 0));
    const { items: all, keys } = await readWhole(table, context, onProgress).finally(bar.end);
    const items = inOrder(all, keys);
    const lines = items.map(jsonLine);
    const left = all.length - items.length;
    if (file === '-') context.stdout(ndjson(lines));
    else writeWhole(file, file.endsWith('.json') ? `[\n${lines.join(',\n')}\n]\n` : ndjson(lines));
    const bookkeeping = left === 0 ? '' : `; ${left} of bookkeeping left out`;
    say(context, `${items.length} ${items.length === 1 ? 'item' : 'items'} exported to ${file}${bookkeeping}`);
    return EXIT.pass;
  });
}

function ndjson(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** By way of a neighbour: an export that breaks off leaves no half file under the name. */
function writeWhole(file: string, text: string): void {
  writeOutput(file, () => {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  });
}

function inOrder(all: readonly Item[], keys: KeyNames): Item[] {
  const keyText = (item: Item, name: string) => {
    const value = item[name];
    return typeof value === 'string' ? value : JSON.stringify(value ?? null);
  };
  const items = all.filter((item) => !isBookkeepingKey(keyText(item, keys.release)));
  const rank = new Map(
    sortReleases(items.map((item) => keyText(item, keys.release))).map(({ tag }, index) => [tag, index]),
  );
  const rankOf = (item: Item) => rank.get(keyText(item, keys.release)) ?? rank.size;
  return items.sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(keyText(a, keys.component), keyText(b, keys.component)),
  );
}
