import { type Fragment, observedAt } from '../item/fragment.ts';

// What runs where is told by the observation: the entry that was observed last counts, whatever release it belongs to.
// docs/findings.md, "What runs where".

/**
 * Whether one entry of a place was observed later than another. An entry that does not say when loses to one that does.
 */
export function isObservedLater(one: Fragment, than: Fragment): boolean {
  const [a, b] = [observedAt(one), observedAt(than)];
  // ISO 8601 in UTC with equal precision: text order is time order.
  return a !== null && (b === null || a > b);
}

/**
 * What counts of a release's entries for one component. Two keys of a workload that name one place
 * (`k8s#production-deployment/api` and `k8s#prod-deployment/api`) are one entry: the one that was observed last.
 *
 * @returns the same array where nothing is left out
 */
export function currentEntries(found: readonly Fragment[]): readonly Fragment[] {
  if (found.length < 2 || found[0]?.type !== 'k8s') return found;
  const known = current.get(found);
  if (known !== undefined) return known;
  const entries = found.flatMap((entry) => {
    const left = entry.environments.filter((place) => !found.some((other) => hides(other, entry, place)));
    if (left.length === entry.environments.length) return [entry];
    return left.length === 0 ? [] : [{ ...entry, environments: left }];
  });
  const counted =
    entries.length === found.length && entries.every((entry, at) => entry === found[at]) ? found : entries;
  current.set(found, counted);
  return counted;
}

const current = new WeakMap<readonly Fragment[], readonly Fragment[]>();

/** Of two that were observed at once, or nobody knows when, the first by key counts. */
function hides(other: Fragment, entry: Fragment, place: string): boolean {
  if (other === entry || other.kind !== entry.kind || !other.environments.includes(place)) return false;
  return isObservedLater(other, entry) || (!isObservedLater(entry, other) && other.key < entry.key);
}
