import uFuzzy from '@leeoniya/ufuzzy';
import { ENTRY_GROUPS, type Entry, type EntryGroup } from './entries.ts';

export interface FoundGroup {
  readonly group: EntryGroup;
  readonly items: readonly Entry[];
  /** How many more there are than are shown. */
  readonly more: number;
}

/** Of each group. */
const SHOWN = 8;

// Tags and names hold dots, dashes and digits, which are parts of words here.
const FUZZY = new uFuzzy({ unicode: true, interSplit: '[^\\p{L}\\d.]+', intraIns: 1 });

/**
 * The entries that fit what is typed, best first, in their groups. With nothing typed, the first of each.
 *
 * @param always entries that have been found already, by other means, in their order
 */
export function findEntries(entries: readonly Entry[], typed: string, always: readonly Entry[]): FoundGroup[] {
  const fitting = [...always, ...matching(entries, typed.trim())];
  return ENTRY_GROUPS.flatMap((group) => {
    const all = fitting.filter((entry) => entry.group === group);
    const items = all.slice(0, SHOWN);
    return all.length === 0 ? [] : [{ group, items, more: all.length - items.length }];
  });
}

function matching(entries: readonly Entry[], typed: string): readonly Entry[] {
  if (typed === '') return entries;
  const labels = entries.map(({ label, detail }) => `${label} ${detail}`);
  const [found, info, order] = FUZZY.search(labels, typed, 1);
  const indexes = found === null ? [] : order === null ? found : order.map((at) => info.idx[at] ?? -1);
  return indexes.flatMap((index) => entries[index] ?? []);
}
