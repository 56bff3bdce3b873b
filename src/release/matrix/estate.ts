import { type EnvironmentNames, groupOf } from '../item/environment.ts';
import type { Evidence } from '../item/evidence.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareKeys, type Release, type ReleaseKey, readReleaseKey } from '../item/release.ts';
import { matchingRows } from '../policy/matching-rows.ts';
import type { Policy } from '../policy/policy.ts';
import type { Steps } from '../text/steps.ts';
import type { Matrix } from './matrix.ts';
import { currentEntries, isObservedLater } from './places.ts';

/**
 * The matrix with what the checks ask of it beyond one release: neighbours, dates, what runs where, names that look
 * alike. Made once per report; rows and columns are indexes of the matrix.
 */
export interface Estate {
  readonly matrix: Matrix;
  readonly policy: Policy;
  /** When the items were read, milliseconds since 1970. */
  readonly readAt: number;
  /** Of each row; null where the key has no number order. */
  readonly keys: readonly (ReleaseKey | null)[];
  /** Of each row: the latest date of its fragments, workloads left out; milliseconds since 1970. Null: not dated. */
  readonly dates: readonly (number | null)[];
  /** Rows of the releases that the policy withdraws: nothing is measured against them. */
  readonly withdrawn: ReadonlySet<number>;
  /** Rows of the stable releases in use, newest first. Of several spellings of one version the one with most fragments. */
  readonly stables: readonly number[];
  /** Rows of each line, newest first, by `Release#line`. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  /** Rows of releases in use that are spelt in more than one way, by `Release#version`. */
  readonly twins: ReadonlyMap<string, readonly number[]>;
  /** Of each environment, or group of them: the rows of which some workload has an entry there, newest first. */
  readonly inEnvironment: ReadonlyMap<string, readonly number[]>;
  /** What runs, by column and environment: the entry that was observed last. */
  readonly running: ReadonlyMap<number, ReadonlyMap<string, Running>>;
  /** What was checked of releases and signed, by tag. */
  readonly evidence: EvidenceByRelease;
  /** Groups of columns of one type whose names differ only in case or separators. */
  readonly lookAlikes: readonly (readonly number[])[];
  /** The group of a column that has look-alikes. */
  readonly lookAlikesOf: ReadonlyMap<number, readonly number[]>;
}

/** By tag. */
export type EvidenceByRelease = ReadonlyMap<string, readonly Evidence[]>;

/** How many releases before are asked what belongs to one, or to an environment; and in how many of them it must be. */
export const LOOK_BACK = 3;
export const MUST_BE_IN = 2;

/** What runs of a workload in an environment. */
export interface Running {
  readonly row: number;
  readonly entry: Fragment;
}

/** Describes a matrix for the checks. */
export function* estateSteps(
  matrix: Matrix,
  policy: Policy,
  readAt: string,
  evidence: EvidenceByRelease = new Map(),
): Steps<Estate> {
  const dates = matrix.entries.map((_, row) => dateOf(matrix, policy, row));
  yield;
  const running = new Map<number, ReadonlyMap<string, Running>>();
  for (const [column, { type }] of matrix.components.entries()) {
    if (type !== 'k8s') continue;
    running.set(column, runningIn(matrix, column));
    yield;
  }
  const groups = lookAlikes(matrix);
  return {
    matrix,
    policy,
    readAt: Date.parse(readAt),
    ...orderOf(matrix, policy),
    dates,
    inEnvironment: environmentRows(matrix, policy.environments),
    running,
    evidence,
    lookAlikes: groups,
    lookAlikesOf: new Map(groups.flatMap((group) => group.map((column) => [column, group] as const))),
  };
}

/** What follows from the keys of the rows, and from how many fragments those have that are spelt in several ways. */
export function orderOf(
  matrix: Matrix,
  { withdrawn: { ofRelease } }: Policy,
): Pick<Estate, 'keys' | 'withdrawn' | 'stables' | 'lines' | 'twins'> {
  const withdrawn = new Set(matrix.releases.flatMap((release, row) => (ofRelease(release) === null ? [] : [row])));
  const versions = [...groupRows(matrix, ({ version }) => version)];
  const inUse = versions.map(([version, rows]) => [version, rows.filter((row) => !withdrawn.has(row))] as const);
  const twins = new Map(inUse.filter(([, rows]) => rows.length > 1));
  const chosen = new Map([...twins].map(([version, rows]) => [version, fullest(matrix, rows)]));
  return {
    keys: matrix.releases.map(({ tag }) => readReleaseKey(tag)),
    withdrawn,
    stables: matrix.releases.flatMap(({ stage, version }, row) => {
      if (stage !== 'stable' || version === null || withdrawn.has(row)) return [];
      return (chosen.get(version) ?? row) === row ? [row] : [];
    }),
    lines: groupRows(matrix, ({ line }) => line),
    twins,
  };
}

function groupRows({ releases }: Matrix, nameOf: (of: Matrix['releases'][number]) => string | null) {
  const groups = new Map<string, number[]>();
  releases.forEach((release, row) => {
    const name = nameOf(release);
    if (name === null) return;
    const rows = groups.get(name);
    if (rows) rows.push(row);
    else groups.set(name, [row]);
  });
  return groups;
}

/** Of rows that spell one version, the one with the most fragments. */
export function fullest({ entries }: Matrix, rows: readonly number[]): number {
  const size = (row: number) => entries[row]?.reduce((sum, cell) => sum + (cell?.length ?? 0), 0) ?? 0;
  return rows.reduce((best, row) => (size(row) > size(best) ? row : best));
}

/**
 * A release is as old as the newest of its fragments: one component may have an old commit. Workloads do not count, as
 * they may be rolled out again at any time, nor do components that the policy ignores.
 */
export function dateOf({ releases, components, entries }: Matrix, policy: Policy, row: number): number | null {
  const isIgnored = ignoredIn(policy, releases[row]);
  let latest: string | null = null;
  const held = entries[row] ?? [];
  for (let column = 0; column < held.length; column++) {
    const found = held[column];
    if (found == null || found[0]?.type === 'k8s' || isIgnored?.(components[column]?.id ?? '')) continue;
    for (const { fields } of found) {
      // ISO 8601 in UTC with equal precision: text order is time order.
      if (fields.date !== undefined && (latest === null || fields.date > latest)) latest = fields.date;
    }
  }
  return latest === null ? null : Date.parse(latest);
}

/** Null: nothing is ignored. */
function ignoredIn({ roster }: Policy, release: Release | undefined): ((component: string) => boolean) | null {
  if (release === undefined || !roster.some(({ expectation }) => expectation === 'ignored')) return null;
  const matching = matchingRows(roster);
  return (component) => matching(component).find((rule) => rule.appliesTo(release))?.expectation === 'ignored';
}

const DAY_MS = 24 * 60 * 60_000;

/** Whether a release came too late to be before another, though its version is lower: a patch of an older line. */
export function cameLater(estate: Estate, row: number, than: number): boolean {
  const [later, earlier] = [estate.dates[row], estate.dates[than]];
  return later != null && earlier != null && later > earlier + DAY_MS;
}

/**
 * Whether a release of any stage is before another: it is lower, and did not come more than a day later out of another
 * MAJOR, or as a patch of another MAJOR.MINOR. Within one MAJOR.MINOR order alone decides, so that a table that is
 * filled in later stays right.
 */
export function isBefore(estate: Estate, row: number, than: number): boolean {
  const [key, other] = [estate.keys[row], estate.keys[than]];
  if (!key || !other || compareKeys(key, other) >= 0) return false;
  if (!cameLater(estate, row, than)) return true;
  const [[major, minor], [otherMajor, otherMinor]] = [key.any.numbers, other.any.numbers];
  if (major !== otherMajor) return false;
  return minor === otherMinor || !isPatch(estate, row);
}

/** Whether a release is a patch: its third number says so, or a lower stable release has its three numbers. */
export function isPatch({ keys, lines, matrix }: Estate, row: number): boolean {
  const key = keys[row];
  if (!key) return false;
  if (key.any.numbers[2] !== 0) return true;
  const line = lines.get(matrix.releases[row]?.line ?? '') ?? [];
  return line.some((other) => {
    const otherKey = keys[other];
    return matrix.releases[other]?.stage === 'stable' && otherKey != null && compareKeys(otherKey, key) < 0;
  });
}

/**
 * The newest predecessors of a release that answer a question, newest first: stable releases before it.
 *
 * @param most how many are wanted
 */
export function predecessors(estate: Estate, row: number, most: number, counts: (row: number) => boolean): number[] {
  const found: number[] = [];
  for (let at = 0; found.length < most; at++) {
    const stable = predecessorAt(estate, row, at);
    if (stable === undefined) break;
    if (counts(stable)) found.push(stable);
  }
  return found;
}

/** The predecessors of the row that was asked about last, as far as they have been looked for. */
interface Walk {
  row: number;
  readonly found: number[];
  /** Where in the stable releases to look on. */
  next: number;
}

/** A row is asked about for each of its components in turn: who comes before it is worked out once for all of them. */
const walks = new WeakMap<Estate, Walk>();

/** The predecessor of a row by its place, 0 the newest; undefined where there are no more. */
function predecessorAt(estate: Estate, row: number, place: number): number | undefined {
  let walk = walks.get(estate);
  if (walk === undefined || walk.row !== row) {
    walk = { row, found: [], next: estate.keys[row] ? firstBelow(estate.stables, row) : estate.stables.length };
    walks.set(estate, walk);
  }
  while (walk.found.length <= place && walk.next < estate.stables.length) {
    const stable = estate.stables[walk.next++] ?? 0;
    if (isBefore(estate, stable, row)) walk.found.push(stable);
  }
  return walk.found[place];
}

/** Rows are newest first, so that what is lower has a higher index. */
function firstBelow(rows: readonly number[], row: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle] ?? 0) > row) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The newest predecessors that have a component; of a workload, those that have it in an environment. */
export function predecessorsWith(
  estate: Estate,
  row: number,
  column: number,
  most: number,
  environment?: string | null,
): number[] {
  return predecessors(estate, row, most, (stable) => {
    const found = estate.matrix.entries[stable]?.[column];
    return found != null && (environment === undefined || found.some((entry) => isIn(entry, environment)));
  });
}

/** `prev(R, c)` of docs/findings.md: what the newest predecessor that has a component holds of it. */
export function previousOf(
  estate: Estate,
  row: number,
  column: number,
  environment?: string | null,
): readonly Fragment[] {
  for (let at = 0; ; at++) {
    const stable = predecessorAt(estate, row, at);
    if (stable === undefined) return NO_ENTRIES;
    if (estate.matrix.entries[stable]?.[column] == null) continue;
    const entries = entriesAt(estate, stable, column);
    if (environment === undefined) return entries;
    const there = entries.filter((entry) => isIn(entry, environment));
    if (there.length > 0) return there;
  }
}

/** @param environment null: the entries that name none */
function isIn({ environments }: Fragment, environment: string | null): boolean {
  return environment === null ? environments.length === 0 : environments.includes(environment);
}

/** The release candidates that a release of the same line is held against, newest first. */
export function candidatesOf(estate: Estate, row: number): number[] {
  const { matrix, lines, withdrawn } = estate;
  const line = lines.get(matrix.releases[row]?.line ?? '') ?? [];
  return line.filter(
    (other) =>
      other !== row &&
      matrix.releases[other]?.stage === 'rc' &&
      !withdrawn.has(other) &&
      !cameLater(estate, other, row),
  );
}

/** The fragments of a component in a release; empty where it has none. */
export function entriesAt(estate: Estate, row: number, column: number): readonly Fragment[] {
  const found = estate.matrix.entries[row]?.[column];
  return found == null ? NO_ENTRIES : currentEntries(found);
}

const NO_ENTRIES: readonly Fragment[] = [];

/** What runs of a workload, by environment. */
export function runningIn({ entries }: Matrix, column: number): Map<string, Running> {
  const running = new Map<string, Running>();
  entries.forEach((cells, row) => {
    const found = cells[column];
    if (found == null) return;
    for (const entry of currentEntries(found)) {
      for (const environment of entry.environments) {
        const known = running.get(environment);
        // Rows come newest first, so that of equal times the higher release stays.
        if (known === undefined || isObservedLater(entry, known.entry)) running.set(environment, { row, entry });
      }
    }
  });
  return running;
}

/** The rows of which some workload has an entry in an environment, or in a group of them, newest first. */
export function environmentRows({ entries, components }: Matrix, names: EnvironmentNames): Map<string, number[]> {
  const columns = components.flatMap(({ type }, column) => (type === 'k8s' ? [column] : []));
  const rows = new Map<string, number[]>();
  if (columns.length === 0) return rows;
  entries.forEach((cells, row) => {
    for (const column of columns) {
      for (const { environments } of cells[column] ?? NO_ENTRIES) {
        for (const environment of environments) {
          const place = groupOf(environment, names);
          const known = rows.get(place);
          if (known === undefined) rows.set(place, [row]);
          else if (known.at(-1) !== row) known.push(row);
        }
      }
    }
  });
  return rows;
}

/** Also without regard to how an accent is composed and to spaces around the name: nobody sees those either. */
function foldName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase().replace(/[-_.]/g, '');
}

function lookAlikes({ components }: Matrix): number[][] {
  const groups = new Map<string, number[]>();
  components.forEach(({ type, name }, column) => {
    const folded = `${type}#${foldName(name)}`;
    const group = groups.get(folded);
    if (group) group.push(column);
    else groups.set(folded, [column]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}
