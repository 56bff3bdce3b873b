import type { EnvironmentNames } from '../release/item/environment.ts';
import { equalValues } from '../release/item/equal-values.ts';
import type { Evidence } from '../release/item/evidence.ts';
import { type Fragment, type RejectedItem, readItem } from '../release/item/fragment.ts';
import type { Item, KeyNames } from '../release/item/item.ts';
import type { ReleaseReading } from '../store/read-release.ts';
import type { Intake, KnownReading } from './fragment-intake.ts';

/**
 * Puts single releases, read anew, in the place of what was known of them. All others stay as they are, and cost nothing
 * but their place in the new list. An item that is deeply equal to the known one keeps its fragment; where nothing
 * changed at all, the lists are the known ones too.
 *
 * @param readings each release once, and what persons have signed, which is under a HASH key of its own
 */
export function replaceReleases(
  known: KnownReading,
  readings: readonly Pick<ReleaseReading, 'release' | 'items'>[],
  keys: KeyNames,
  environments: EnvironmentNames,
): Intake {
  if (readings.length === 0) return { ...known, change: { since: known.fragments, come: [], gone: [] } };
  const anew = new Set(readings.map(({ release }) => release));
  const before = new Map<string, Fragment>();
  for (const fragment of known.fragments) if (anew.has(fragment.release)) before.set(placeOf(fragment), fragment);
  const hashOf = ({ item }: { readonly item: Item }): string | null => {
    const hash = Object.hasOwn(item, keys.release) ? item[keys.release] : null;
    return typeof hash === 'string' ? hash : null;
  };
  const isAnew = (each: { readonly item: Item }) => anew.has(hashOf(each) ?? '');
  const evidenceBefore = new Map(known.evidence.filter(isAnew).map((each) => [each.id, each]));
  const rejectedBefore = known.rejected.filter(isAnew);
  const keyless = new Set(known.rejected.filter((each) => hashOf(each) === null).map(({ id }) => id));

  const fragments = new Map<string, Fragment[]>();
  const evidence = new Map<string, Evidence[]>();
  const rejected = new Map<string, RejectedItem[]>();
  const come: Fragment[] = [];
  const gone: Fragment[] = [];
  let evidenceDiffers = false;
  let rejectedDiffer = false;
  const sort = (release: string, item: Item): void => {
    const there = before.get(placeOf({ release, key: item[keys.component] }));
    if (there !== undefined && equalValues(there.item, item)) {
      before.delete(placeOf(there));
      add(fragments, release, there);
      return;
    }
    const reading = readItem(item, keys, environments);
    if ('fragment' in reading) {
      const { fragment } = reading;
      if (there !== undefined) {
        before.delete(placeOf(there));
        gone.push(there);
      }
      come.push(fragment);
      add(fragments, release, fragment);
    } else if ('evidence' in reading) {
      const was = evidenceBefore.get(reading.evidence.id);
      const same = was !== undefined && equalValues(was.item, item);
      if (!same) evidenceDiffers = true;
      add(evidence, release, same ? was : reading.evidence);
    } else if ('rejected' in reading) {
      // Nothing says which release it is of: it is known from the reading of the whole table, or is from now on.
      if (hashOf(reading.rejected) === null && keyless.has(reading.rejected.id)) return;
      const same = rejectedBefore.find(({ id, item: was }) => id === reading.rejected.id && equalValues(was, item));
      if (same === undefined) rejectedDiffer = true;
      add(rejected, release, same ?? reading.rejected);
    }
  };
  for (const { release, items } of readings) for (const item of items) sort(release, item);

  gone.push(...before.values());
  const sizeOf = (groups: ReadonlyMap<string, readonly unknown[]>) =>
    [...groups.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    fragments:
      come.length + gone.length === 0
        ? known.fragments
        : inPlace(known.fragments, ({ release }) => release, anew, fragments),
    evidence:
      evidenceDiffers || sizeOf(evidence) !== evidenceBefore.size
        ? inPlace(known.evidence, hashOf, anew, evidence)
        : known.evidence,
    rejected:
      rejectedDiffer || sizeOf(rejected) !== rejectedBefore.length
        ? inPlace(known.rejected, hashOf, anew, rejected)
        : known.rejected,
    change: { since: known.fragments, come, gone },
  };
}

/**
 * A list with what it holds of some releases replaced, each where its release began; what is of none yet comes last.
 *
 * @param anew the releases that are replaced
 * @param replacement what there is of each now
 */
export function inPlace<T>(
  list: readonly T[],
  releaseOf: (entry: T) => string | null,
  anew: ReadonlySet<string>,
  replacement: ReadonlyMap<string, readonly T[]>,
): T[] {
  const waiting = new Set(anew);
  const next: T[] = [];
  for (const entry of list) {
    const release = releaseOf(entry);
    if (release === null || !anew.has(release)) next.push(entry);
    else if (waiting.delete(release)) next.push(...(replacement.get(release) ?? []));
  }
  for (const release of waiting) next.push(...(replacement.get(release) ?? []));
  return next;
}

/** The length keeps ("a", "bc") and ("ab", "c") apart, whatever characters the keys hold. */
function placeOf({ release, key }: { readonly release: string; readonly key: unknown }): string {
  return `${release.length}:${release}${typeof key === 'string' ? key : ''}`;
}

function add<T>(groups: Map<string, T[]>, release: string, entry: T): void {
  const group = groups.get(release);
  if (group === undefined) groups.set(release, [entry]);
  else group.push(entry);
}
