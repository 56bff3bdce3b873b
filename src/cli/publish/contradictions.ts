import { contentDifferences } from '../../release/item/fragment-content.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { groupBy } from '../../release/text/group-by.ts';
import type { WriteEntry } from './write-entries.ts';
import type { InvalidInput } from './write-results.ts';

/** Places that are named of those that share a key. */
const MAX_NAMED = 3;

/**
 * Takes out the entries of one key that do not all say the same. Which of them is meant cannot be told, and with
 * `--replace` the last would silently bury the others, so none of them may be written.
 *
 * @param keys by which the entries' items are made
 */
export function withoutContradictions<Entry extends WriteEntry>(
  entries: readonly Entry[],
  keys: KeyNames,
): { readonly entries: readonly Entry[]; readonly invalid: readonly InvalidInput[] } {
  const invalid = contradictions(entries, keys);
  const places = new Set(invalid.map(({ place }) => place));
  return { entries: entries.filter(({ place }) => !places.has(place)), invalid };
}

function contradictions(entries: readonly WriteEntry[], keys: KeyNames): InvalidInput[] {
  const byKey = groupBy(entries, ({ release, key }) => JSON.stringify([release, key]));
  return [...byKey.values()].flatMap((alike) => {
    const [first, ...rest] = alike;
    const names = rest.flatMap(({ item }) =>
      first === undefined ? [] : contentDifferences(first.item, item, keys).map(({ name }) => name),
    );
    if (names.length === 0) return [];
    return alike.map((entry) => ({ place: entry.place, faults: [faultOf(entry, alike, [...new Set(names)].sort())] }));
  });
}

function faultOf(entry: WriteEntry, alike: readonly WriteEntry[], names: readonly string[]): string {
  const others = alike.filter((other) => other !== entry).map(({ place }) => place);
  const more = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  const where = `${others.slice(0, MAX_NAMED).join(', ')}${more}`;
  const differing = names.join(', ');
  return `${entry.release} ${entry.key} is also in ${where}, and they differ (${differing}): expected one fragment per key`;
}
