import { type Component, sortComponents } from '../item/component.ts';
import type { Fragment, RejectedItem } from '../item/fragment.ts';
import { compareText, type Release, type StageWords, sortReleases } from '../item/release.ts';
import { finish, type Steps } from '../text/steps.ts';

/**
 * The pivot: releases down, components across. Plain data; rows and columns are known by their index, which holds
 * within one matrix only.
 */
export interface Matrix {
  /** Newest first; keys that are no SemVer last. */
  readonly releases: readonly Release[];
  /** By type, then by name. */
  readonly components: readonly Component[];
  /**
   * `entries[release][component]`: what that release holds of that component, null for nothing. More than one
   * fragment where a Kubernetes workload runs in several environments; those are in the environments' order.
   */
  readonly entries: readonly (readonly (readonly Fragment[] | null)[])[];
  /** By their keys. */
  readonly rejected: readonly RejectedItem[];
  /** By tag the components that a release has in withdrawn environments alone; absent where there are none. */
  readonly retired?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What has a place in the matrix even where no fragment is of it. */
export interface Named {
  readonly releases: readonly string[];
  /** `<type>#<name>`. */
  readonly components: readonly string[];
}

/** Fragments pivoted in one step, and rows put in order. */
const FRAGMENTS_PER_STEP = 2_000;
const ROWS_PER_STEP = 20;

/** `matrixSteps` at once. */
export function buildMatrix(...input: Parameters<typeof matrixSteps>): Matrix {
  return finish(matrixSteps(...input));
}

/**
 * Pivots fragments. The order in which they come does not matter.
 *
 * @param fragments one per item of the table
 * @param rejected items that are no fragments; a release of which only these are known has a row all the same
 * @param words what the policy says of the words of release keys
 * @param named releases asked for and components that the policy expects, seen or not
 */
export function* matrixSteps(
  fragments: readonly Fragment[],
  rejected: readonly RejectedItem[] = [],
  named: Named = { releases: [], components: [] },
  words?: StageWords,
): Steps<Matrix> {
  const tags = new Set<string>(named.releases);
  const columns = new Map<string, Component>();
  for (const id of named.components) {
    const hash = id.indexOf('#');
    columns.set(id, { id, type: id.slice(0, hash), name: id.slice(hash + 1) });
  }
  let done = 0;
  const retired = new Map<string, Set<string>>();
  for (const { release, component, type, name, retired: isRetired } of fragments) {
    if (isRetired) {
      retired.set(release, (retired.get(release) ?? new Set()).add(component));
      continue;
    }
    tags.add(release);
    if (!columns.has(component)) columns.set(component, { id: component, type, name });
    if (++done % FRAGMENTS_PER_STEP === 0) yield;
  }
  for (const { release } of rejected) if (namesRow(release)) tags.add(release);

  const releases = sortReleases(tags, words);
  const components = sortComponents(columns.values());
  yield;
  const [rowOf, columnOf] = [placesOf(releases), placesOf(components)];
  const entries: (Fragment[] | null)[][] = releases.map(() => new Array(components.length).fill(null));
  for (const fragment of fragments) {
    if (++done % FRAGMENTS_PER_STEP === 0) yield;
    if (fragment.retired) continue;
    const row = entries[rowOf.get(fragment.release) ?? -1];
    const column = columnOf.get(fragment.component);
    if (row === undefined || column === undefined) continue; // cannot be: both maps were made from these fragments
    const present = row[column];
    if (present) present.push(fragment);
    else row[column] = [fragment];
  }
  for (const [index, row] of entries.entries()) {
    for (const cell of row) if (cell !== null && cell.length > 1) cell.sort(byKey);
    if (index % ROWS_PER_STEP === 0) yield;
  }
  const matrix = { releases, components, entries, rejected: sortRejected(rejected) };
  return retired.size === 0 ? matrix : { ...matrix, retired };
}

/** Whether a rejected item says of which release it is. */
export function namesRow(release: string | null): release is string {
  return release !== null && release.trim() !== '';
}

/** By their keys: the order of arrival does not count. */
export function sortRejected(rejected: readonly RejectedItem[]): RejectedItem[] {
  return [...rejected].sort(byId);
}

/** Deterministic whatever the order of arrival; the screen sorts by environment where it shows them. */
export function byKey(a: Fragment, b: Fragment): number {
  return compareText(a.key, b.key);
}

/** Items without keys share an id; what they hold sets those apart. */
function byId(a: RejectedItem, b: RejectedItem): number {
  return (
    compareText(a.id, b.id) ||
    compareText(a.reason, b.reason) ||
    compareText(JSON.stringify(a.item), JSON.stringify(b.item))
  );
}

const places = new WeakMap<readonly object[], ReadonlyMap<string, number>>();

/** The index of each row by its tag, or of each column by its id. Worked out once for a list. */
export function placesOf(list: readonly (Release | Component)[]): ReadonlyMap<string, number> {
  const known = places.get(list);
  if (known !== undefined) return known;
  const made = new Map(list.map((one, place) => ['tag' in one ? one.tag : one.id, place]));
  places.set(list, made);
  return made;
}
