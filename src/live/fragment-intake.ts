import type { EnvironmentNames } from '../release/item/environment.ts';
import { equalValues } from '../release/item/equal-values.ts';
import type { Evidence } from '../release/item/evidence.ts';
import { type Fragment, type RejectedItem, readItem } from '../release/item/fragment.ts';
import type { FragmentChange } from '../release/item/fragment-change.ts';
import type { Item, KeyNames } from '../release/item/item.ts';
import { eachOf, inSlices } from './slices.ts';

/** What a reading holds, compared with the one before. */
export interface Intake {
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  /** From the reading before; nothing, where there was none. */
  readonly change: FragmentChange;
}

export type KnownReading = Pick<Intake, 'fragments' | 'evidence' | 'rejected'>;

/** Takes the items of one reading as they come. */
export interface FragmentIntake {
  /** Begins to read a page's items; returns at once. */
  take(items: readonly Item[]): void;
  /** Waits for what was taken and puts it together. @param items every item of the reading once */
  finish(items: readonly Item[]): Promise<Intake>;
}

/**
 * Reads items into fragments while further pages are still on their way, in slices that leave the page usable.
 *
 * An item that is deeply equal to the one its fragment was read from keeps that fragment: nothing is read twice, and
 * whatever is drawn from it needs no drawing. Where nothing changed at all the arrays are those of `previous` too, by
 * which the caller knows that there is nothing to work out anew.
 *
 * @param previous the reading before; null: there is none, and nothing counts as arrived
 * @param signal stops it; `finish` then throws the signal's reason
 * @param rereads the names of the environments are others than those `previous` was read by: every fragment is read
 *   anew, which is no news of it
 * @param onRead told of the fragments so far, when there are some and then each time when there are four times as many:
 *   whoever draws them does it a few times, and not the more often the larger the table is
 */
export function startIntake(
  previous: KnownReading | null,
  keys: KeyNames,
  environments: EnvironmentNames,
  signal: AbortSignal,
  rereads = false,
  onRead?: (fragments: readonly Fragment[]) => void,
): FragmentIntake {
  const known: Index = new Map();
  const remaining = new Set<Fragment>();
  const soFar: Fragment[] = [];
  let toldAt = 0;
  const knownAt = (item: Item) => known.get(item[keys.release])?.get(item[keys.component]);
  const evidenceBefore = new Map(previous?.evidence.map((each) => [each.id, each]));
  const read = new Map<Item, Fragment | Evidence | RejectedItem | null>();

  const know = (fragment: Fragment): void => {
    addToIndex(known, fragment, keys);
    remaining.add(fragment);
  };
  const readOne = (item: Item): void => {
    const before = knownAt(item);
    const isSame = !rereads && before !== undefined && equalValues(before.item, item);
    const found = isSame ? before : readNew(item, keys, environments);
    read.set(item, found);
    if (onRead !== undefined && found !== null && isFragment(found)) soFar.push(found);
  };
  const readPage = async (items: readonly Item[]): Promise<void> => {
    await inSlices(eachOf(items, readOne), signal);
    if (onRead === undefined || soFar.length === 0 || soFar.length < 4 * toldAt) return;
    toldAt = soFar.length;
    onRead([...soFar]);
  };

  let reading: Promise<void> = inSlices(eachOf(previous?.fragments ?? [], know), signal);
  reading.catch(() => {});
  return {
    take(items) {
      reading = reading.then(() => readPage(items));
      // The failure is thrown by `finish`; until then nobody waits for it.
      reading.catch(() => {});
    },
    async finish(items) {
      await reading;
      const fragments: Fragment[] = [];
      const evidence: Evidence[] = [];
      const rejected: RejectedItem[] = [];
      const come: Fragment[] = [];
      const gone: Fragment[] = [];
      const sort = (item: Item): void => {
        if (!read.has(item)) readOne(item);
        const found = read.get(item) ?? null;
        if (found === null) return;
        if ('reason' in found) {
          // By place: ids of rejected items need not be unique, and an unchanged table comes in the same order.
          const before = previous?.rejected[rejected.length];
          rejected.push(before !== undefined && sameRejected(before, found) ? before : found);
          return;
        }
        if (!isFragment(found)) {
          const before = evidenceBefore.get(found.id);
          evidence.push(before !== undefined && equalValues(before.item, item) ? before : found);
          return;
        }
        fragments.push(found);
        const before = knownAt(item);
        if (before !== undefined) remaining.delete(before);
        if (previous === null || before === found) return;
        if (rereads && before !== undefined && equalValues(before.item, item)) return;
        come.push(found);
        if (before !== undefined) gone.push(before);
      };
      await inSlices(eachOf(items, sort), signal);
      gone.push(...remaining);
      const keepsFragments = !rereads && previous !== null && come.length + gone.length === 0;
      const kept = <T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
        before?.length === now.length && now.every((each, place) => before[place] === each) ? before : now;
      return {
        fragments: keepsFragments ? previous.fragments : fragments,
        evidence: kept(previous?.evidence, evidence),
        rejected: kept(previous?.rejected, rejected),
        change: { since: rereads ? null : (previous?.fragments ?? null), come, gone },
      };
    },
  };
}

type Index = Map<unknown, Map<unknown, Fragment>>;

/** By the two keys as stored. Two levels, so that no separator can make two pairs of keys one. */
function addToIndex(index: Index, fragment: Fragment, keys: KeyNames): void {
  const release = fragment.item[keys.release];
  let byComponent = index.get(release);
  if (byComponent === undefined) {
    byComponent = new Map();
    index.set(release, byComponent);
  }
  byComponent.set(fragment.item[keys.component], fragment);
}

function isFragment(found: Fragment | Evidence | RejectedItem): found is Fragment {
  return 'fields' in found;
}

/** Null for the program's own items, which are no part of any release. */
function readNew(
  item: Item,
  keys: KeyNames,
  environments: EnvironmentNames,
): Fragment | Evidence | RejectedItem | null {
  const reading = readItem(item, keys, environments);
  if ('fragment' in reading) return reading.fragment;
  if ('evidence' in reading) return reading.evidence;
  return 'rejected' in reading ? reading.rejected : null;
}

function sameRejected(a: RejectedItem, b: RejectedItem): boolean {
  return a.id === b.id && equalValues(a.item, b.item);
}
