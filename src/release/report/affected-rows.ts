import { HABIT } from '../checks/immature-version.ts';
import { LOOK_BACK as ENVIRONMENT_RELEASES } from '../checks/partial-environment.ts';
import type { Fragment } from '../item/fragment.ts';
import type { Release } from '../item/release.ts';
import type { ChangedMatrix, TouchedRow } from '../matrix/change-matrix.ts';
import { type Estate, isBefore, predecessorsWith } from '../matrix/estate.ts';
import type { Rosters } from '../matrix/roster.ts';
import { matchingRows } from '../policy/matching-rows.ts';
import type { ReportRow } from './report.ts';

/** What a row's roster rests on, in words that hold from one matrix to the next. */
export interface Basis {
  /** Tags of the whole predecessors, newest first. */
  readonly from: readonly string[];
  readonly isWhole: boolean;
}

/** The two states of an estate, and what was said before. */
export interface Transition {
  readonly before: Estate;
  readonly now: Estate;
  /** What was said of a release before; undefined: nothing. */
  readonly rowBefore: (tag: string) => ReportRow | undefined;
  readonly basesBefore: ReadonlyMap<string, Basis>;
  readonly rosters: Rosters;
}

/**
 * The rows of a changed matrix of which something else may be said than before, as far as that rests on what other rows
 * hold: the touched rows, and those that look at them. What rests on time alone is not in it.
 *
 * One paragraph for each way in which a row looks beyond itself. A check that looks elsewhere must be added here; the
 * property test that holds the outcome against `buildReport` tells.
 */
export function affectedRows(changed: ChangedMatrix, transition: Transition): Set<number> {
  const { touched, sameRows } = changed;
  const { before, now } = transition;
  const affected = new Set<number>();
  const add = (rows: Iterable<number>) => {
    for (const row of rows) affected.add(row);
  };
  const rowNow = rowMap(before, now, sameRows);
  for (const row of touched) {
    if (row.is !== null) affected.add(row.is);
    const columns = row.columns.map((column) => ({ column, ...cellsOf(row, column, before, now) }));
    const release = now.matrix.releases[row.is ?? -1] ?? before.matrix.releases[row.was ?? -1];
    const start = row.is ?? rowBelow(row.was ?? 0, before, now, rowNow);
    add(ofTheLine(row, release, now));
    // Another spelling of the version is told of where it holds something.
    add(now.twins.get(release?.version ?? '') ?? []);
    for (const { column, old, held } of columns) {
      if (!sameLastSeen(old, held)) add(lacking(column, start, transition));
      if (release?.stage !== 'stable') continue;
      add(inheriting(column, start, transition));
      add(comparedWith(column, row.is, start, reachOf(old, held), transition));
    }
  }
  add(datedOtherwise(touched, transition));
  add(aboveOtherSpellings(transition));
  add(withOtherRosters(touched, transition));
  add(inEnvironments(touched, transition));
  const columns = new Set(touched.flatMap((row) => row.columns));
  for (const column of columns) add(runningElsewhere(column, transition));
  return affected;
}

interface Held {
  readonly old: readonly Fragment[] | null;
  readonly held: readonly Fragment[] | null;
}

function cellsOf({ was, is }: TouchedRow, column: number, before: Estate, now: Estate): Held {
  const at = (estate: Estate, row: number | null) =>
    (row === null ? null : estate.matrix.entries[row]?.[column]) ?? null;
  return { old: at(before, was), held: at(now, is) };
}

/** From a row before to the same release's row now; null: it is gone. */
export function rowMap(before: Estate, now: Estate, sameRows: boolean): (row: number) => number | null {
  if (sameRows) return (row) => row;
  const rows = new Map(now.matrix.releases.map(({ tag }, row) => [tag, row]));
  return (row) => rows.get(before.matrix.releases[row]?.tag ?? '') ?? null;
}

/** Of a release that is gone: the first row that was below it and still is; those of a lower index are above it. */
export function rowBelow(was: number, before: Estate, now: Estate, rowNow: (row: number) => number | null): number {
  for (let row = was + 1; row < before.matrix.releases.length; row++) {
    const at = rowNow(row);
    if (at !== null) return at;
  }
  return now.matrix.releases.length;
}

/** `stage-skipped` asks which releases the line has; a stable release what its candidates hold. */
function ofTheLine({ was, is }: TouchedRow, release: Release | undefined, now: Estate): readonly number[] {
  const line = now.lines.get(release?.line ?? '') ?? [];
  if (was === null || is === null) return line;
  return release?.stage === 'rc' ? line.filter((row) => now.matrix.releases[row]?.stage === 'stable') : [];
}

/**
 * Rows above that hold a component and compare it with what a stable release has of it, or had.
 */
function comparedWith(
  column: number,
  is: number | null,
  start: number,
  { reach, byCommit }: Reach,
  { now, rowBefore }: Transition,
): number[] {
  const rows: number[] = [];
  if (reach === 0) return rows;
  const isWorkload = now.running.has(column);
  for (let row = start - 1; row >= 0; row--) {
    const tag = now.matrix.releases[row]?.tag ?? '';
    const entries = now.matrix.entries[row]?.[column];
    if (entries == null && rowBefore(tag)?.cells[column] == null) continue;
    // The commit before is asked for of siblings alone, whether they are unchanged.
    if (byCommit && entries?.some(isSibling) !== true) continue;
    // A workload may be compared far back, with the last release that had it in one environment.
    if (isWorkload || isAmong(predecessorsWith(now, row, column, reach), reach, is, start)) rows.push(row);
  }
  return rows;
}

function isSibling({ versionField, fields }: Fragment): boolean {
  return fields.repo !== undefined && versionField !== null;
}

/** Whether a release is among the newest, or would be if it had the component. */
function isAmong(newest: readonly number[], reach: number, is: number | null, start: number): boolean {
  return newest.length < reach || (is !== null && newest.includes(is)) || (newest.at(-1) ?? 0) >= start;
}

/** How far above a difference is asked about, and whether by its commit alone. */
interface Reach {
  /** Among how many of the newest predecessors that have it; 0: nobody asks. */
  readonly reach: number;
  readonly byCommit: boolean;
}

/** How a component is versioned is asked about further up than the rest of it. */
function reachOf(old: readonly Fragment[] | null, held: readonly Fragment[] | null): Reach {
  const sameVersions = sameOf(old, held, ({ ownVersion, versionField, environments, fields, publishedAt }) => [
    ownVersion,
    versionField,
    fields.artifact,
    fields.imageRef,
    fields.digest,
    // Of two keys of one place the one that was observed last counts.
    ...((old?.length ?? 0) > 1 ? [publishedAt, fields.date] : []),
    ...environments,
  ]);
  if (!sameVersions) return { reach: HABIT, byCommit: false };
  const same = sameOf(old, held, ({ kind, fields }) => [
    kind,
    fields.schemaVersion,
    fields.componentVersion,
    fields.evolutionPolicy,
  ]);
  if (!same) return { reach: 1, byCommit: false };
  return { reach: sameOf(old, held, ({ fields }) => [fields.commit]) ? 0 : 1, byCommit: true };
}

/** `missing-component` says where a component was seen last, and when. */
function sameLastSeen(old: readonly Fragment[] | null, held: readonly Fragment[] | null): boolean {
  return sameOf(old?.slice(0, 1) ?? null, held?.slice(0, 1) ?? null, ({ fields }) => [fields.date]);
}

function sameOf(
  old: readonly Fragment[] | null,
  held: readonly Fragment[] | null,
  ask: (fragment: Fragment) => readonly unknown[],
): boolean {
  if (old === null || held === null) return old === held;
  return (
    old.length === held.length &&
    old.every((fragment, at) => {
      const other = held[at];
      if (other === undefined) return false;
      const [one, two] = [ask(fragment), ask(other)];
      return one.length === two.length && one.every((value, index) => value === two[index]);
    })
  );
}

/** Rows above that lack an expected component, up to the first that has it: this one is where it was seen last. */
function lacking(column: number, start: number, { now: { matrix }, rowBefore }: Transition): number[] {
  const rows: number[] = [];
  for (let row = start - 1; row >= 0 && matrix.entries[row]?.[column] == null; row--) {
    if (rowBefore(matrix.releases[row]?.tag ?? '')?.cells[column] != null) rows.push(row);
  }
  return rows;
}

/** Rows above that may inherit a component, or be told that it came back under another spelling: those without it. */
function inheriting(column: number, start: number, { now }: Transition): number[] {
  const { matrix, policy, lookAlikesOf } = now;
  const id = matrix.components[column]?.id ?? '';
  const mayBeCarried =
    policy.patchesCarry || matchingRows(policy.roster)(id).some(({ expectation }) => expectation === 'carried');
  if (!mayBeCarried && !lookAlikesOf.has(column)) return [];
  const columns = [column, ...(lookAlikesOf.get(column) ?? [])];
  const rows: number[] = [];
  for (let row = start - 1; row >= 0; row--) {
    if (columns.some((one) => matrix.entries[row]?.[one] == null)) rows.push(row);
  }
  return rows;
}

/** Rows that a stable release is before now and was not, or the other way round, as its date is another. */
function datedOtherwise(touched: readonly TouchedRow[], { before, now }: Transition): number[] {
  const rowThen = new Map(before.matrix.releases.map(({ tag }, row) => [tag, row]));
  return touched.flatMap(({ was, is }) => {
    if (was === null || is === null || before.dates[was] === now.dates[is]) return [];
    if (now.matrix.releases[is]?.stage !== 'stable') return [];
    return now.matrix.releases.flatMap(({ tag }, row) => {
      const then = rowThen.get(tag);
      return then !== undefined && isBefore(now, is, row) !== isBefore(before, was, then) ? [row] : [];
    });
  });
}

/** Rows above a version of which another spelling counts than before. */
function aboveOtherSpellings({ before, now }: Transition): number[] {
  let lowest = -1;
  for (const version of new Set([...before.twins.keys(), ...now.twins.keys()])) {
    if (spellingThatCounts(before, version) === spellingThatCounts(now, version)) continue;
    lowest = Math.max(
      lowest,
      ...now.matrix.releases.flatMap((release, row) => (release.version === version ? [row] : [])),
    );
  }
  return now.matrix.releases.flatMap((_, row) => (row <= lowest ? [row] : []));
}

function spellingThatCounts({ stables, matrix }: Estate, version: string): string | undefined {
  const row = stables.find((stable) => matrix.releases[stable]?.version === version);
  return matrix.releases[row ?? -1]?.tag;
}

/** Tags of the releases that hold other components than before, or have another place among the others. */
export function releasesTaughtOtherwise(
  { touched }: Pick<ChangedMatrix, 'touched'>,
  before: Estate,
  now: Estate,
): ReadonlySet<string> {
  const tags = new Set<string>();
  for (const row of touched) {
    const { was, is } = row;
    const otherwise =
      was === null ||
      is === null ||
      before.dates[was] !== now.dates[is] ||
      row.columns.some((column) => {
        const { old, held } = cellsOf(row, column, before, now);
        return (old === null) !== (held === null);
      });
    if (otherwise) tags.add(row.tag);
  }
  return tags;
}

/** Rows whose roster rests on other releases than before, or on releases that hold other components. */
function withOtherRosters(touched: readonly TouchedRow[], transition: Transition): number[] {
  const { now, before, basesBefore, rosters } = transition;
  const otherwise = releasesTaughtOtherwise({ touched }, before, now);
  if (otherwise.size === 0) return [];
  const rows: number[] = [];
  now.matrix.releases.forEach(({ tag }, row) => {
    const known = basesBefore.get(tag);
    const from = rosters.basis(row).map((one) => now.matrix.releases[one]?.tag ?? '');
    const same =
      known !== undefined && known.from.length === from.length && known.from.every((one, at) => one === from[at]);
    if (!same || from.some((one) => otherwise.has(one))) rows.push(row);
  });
  return rows;
}

/** `partial-environment` asks which workloads the last releases before have in an environment. */
function inEnvironments(touched: readonly TouchedRow[], { before, now }: Transition): number[] {
  const rows: number[] = [];
  const changed = new Set<string>();
  for (const row of touched) {
    for (const column of row.columns) {
      if (!now.running.has(column)) continue;
      const { old, held } = cellsOf(row, column, before, now);
      for (const { environments } of [...(old ?? []), ...(held ?? [])]) {
        for (const environment of environments) {
          const is = (cell: readonly Fragment[] | null) =>
            cell?.some((one) => one.environments.includes(environment)) ?? false;
          if (is(old) !== is(held)) changed.add(environment);
        }
      }
    }
    if (before.dates[row.was ?? -1] !== now.dates[row.is ?? -1]) {
      for (const [environment, there] of now.inEnvironment) {
        if (there.includes(row.is ?? -1)) changed.add(environment);
      }
    }
  }
  if (changed.size === 0) return rows;
  // What a release carries over may be in an environment where it has nothing of its own.
  const all = now.matrix.releases.map((_, row) => row);
  for (const environment of changed) {
    for (const row of carriesOver(now) ? all : (now.inEnvironment.get(environment) ?? [])) {
      if (isWithinReach(now, row, environment, touched)) rows.push(row);
    }
  }
  // `environment-inversion` asks of what runs anywhere whether it has left the environment.
  for (const places of now.running.values()) for (const { row } of places.values()) rows.push(row);
  return rows;
}

function carriesOver({ policy }: Estate): boolean {
  return policy.patchesCarry || policy.roster.some(({ expectation }) => expectation === 'carried');
}

/** Whether fewer releases than are asked lie between a row and every touched one below it. */
function isWithinReach(now: Estate, row: number, environment: string, touched: readonly TouchedRow[]): boolean {
  const there = (now.inEnvironment.get(environment) ?? []).filter((other) => other > row && isBefore(now, other, row));
  const third = there[ENVIRONMENT_RELEASES - 1];
  return third === undefined || touched.some(({ is }) => is === null || is <= third);
}

/** `environment-inversion` asks what runs of a workload in each environment. */
function runningElsewhere(column: number, { before, now }: Transition): number[] {
  const [old, held] = [before.running.get(column), now.running.get(column)];
  if (old === undefined || held === undefined || old === held) return [];
  const tags = new Set<string>();
  for (const { row } of old.values()) tags.add(before.matrix.releases[row]?.tag ?? '');
  const rows = [...held.values()].map(({ row }) => row);
  now.matrix.releases.forEach(({ tag }, row) => {
    if (tags.has(tag)) rows.push(row);
  });
  return rows;
}
