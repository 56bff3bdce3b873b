import { CHECKS } from '../checks/check-release.ts';
import type { FindingCode } from '../finding/finding.ts';
import { groupOf } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import type { ChangedMatrix, TouchedRow } from '../matrix/change-matrix.ts';
import { type Estate, isBefore, LOOK_BACK, predecessorsWith } from '../matrix/estate.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { Rosters } from '../matrix/roster.ts';
import type { Before, Elsewhere } from '../matrix/scope.ts';
import { matchingRows } from '../policy/matching-rows.ts';
import type { ReportCell } from './report.ts';
import { isStableRelease } from './report-cells.ts';

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
  readonly changed: ChangedMatrix;
  /** What was said of a component in what is a row now. */
  readonly cellBefore: (row: number, column: number) => ReportCell | null;
  readonly basesBefore: ReadonlyMap<string, Basis>;
  readonly rosters: Rosters;
  /** Tags of the releases of which there is other evidence. */
  readonly evidenceOf: ReadonlySet<string>;
}

/** What else may be said of a row than before. */
export interface RowReach {
  /** The columns whose cells are looked at again; by checks of single components, too. */
  readonly columns: ReadonlySet<number>;
  /** The checks that may find something else; none: only what the cells are compared with is another. */
  readonly codes: ReadonlySet<FindingCode>;
}

/** By row; null: anything may be. */
export type Reached = ReadonlyMap<number, RowReach | null>;

interface Reaches {
  readonly rows: Iterable<number>;
  /** Null: none in particular. */
  readonly column: number | null;
  /** Null: all may find something else, in any column. */
  readonly codes: Iterable<FindingCode> | null;
}

/** A row that holds something else, with the place from which the rows above look down at it. */
interface Touch extends TouchedRow {
  readonly start: number;
  readonly cells: readonly TouchedCell[];
}

interface TouchedCell {
  readonly column: number;
  readonly old: readonly Fragment[] | null;
  readonly held: readonly Fragment[] | null;
}

type Looking = (touch: Touch, transition: Transition) => readonly Omit<Reaches, 'codes'>[];

/** Which rows look at a touched one from elsewhere. */
const LOOKING: { readonly [E in Elsewhere]: Looking } = {
  line: (touch, { before, now }) => [{ rows: ofTheLine(touch, before, now), column: null }],
  spellings: ({ was, is }, { before, now }) => {
    const release = now.matrix.releases[is ?? -1] ?? before.matrix.releases[was ?? -1];
    return [{ rows: now.twins.get(release?.version ?? '') ?? [], column: null }];
  },
  'last-seen': ({ cells, start }, transition) =>
    cells.flatMap(({ column, old, held }) => {
      const same = sameOf(old?.slice(0, 1) ?? null, held?.slice(0, 1) ?? null, ({ fields }) => [fields.date]);
      return same ? [] : [{ rows: lacking(column, start, transition), column }];
    }),
  environments: (touch, transition) => [{ rows: inEnvironments(touch, transition), column: null }],
  running: ({ cells }, transition) =>
    cells.map(({ column }) => ({ rows: runningElsewhere(column, transition), column: null })),
};

const CODES = Object.keys(CHECKS) as (keyof typeof CHECKS)[];
/** The checks that look elsewhere, by where they do. */
const LOOKERS = (Object.keys(LOOKING) as Elsewhere[]).map((elsewhere) => ({
  looking: LOOKING[elsewhere],
  codes: CODES.filter((code) => CHECKS[code].scope.elsewhere?.includes(elsewhere)),
}));
/** The checks that look at what was checked and signed. */
const EVIDENCE_CODES = CODES.filter((code) => CHECKS[code].scope.evidence === true);
/** The checks that look at the releases before. */
const ASKING = CODES.flatMap((code) => {
  const { before, type } = CHECKS[code].scope;
  return before === undefined ? [] : [{ code, type, ...before }];
});
type Asking = (typeof ASKING)[number];

function whole(rows: Iterable<number>): Reaches {
  return { rows, column: null, codes: null };
}

/**
 * The rows of a changed matrix of which something else may be said than before, as far as that rests on what other rows
 * hold: the touched rows, and those that look at them. What rests on time alone is not in it.
 */
export function reachOf(transition: Transition): Reached {
  const { changed, before, now } = transition;
  const reached = new Map<number, { columns: Set<number>; codes: Set<FindingCode> } | null>();
  const add = ({ rows, column, codes }: Reaches) => {
    for (const row of rows) {
      if (codes === null) reached.set(row, null);
      const known = reached.get(row);
      if (codes === null || known === null) continue;
      const at = known ?? { columns: new Set(), codes: new Set() };
      if (column !== null) at.columns.add(column);
      for (const code of codes) at.codes.add(code);
      reached.set(row, at);
    }
  };
  const rowNow = rowMap(before, now, changed.sameRows);
  for (const row of changed.touched) {
    const start = row.is ?? rowBelow(row.was ?? 0, before, now, rowNow);
    const touch: Touch = { ...row, start, cells: row.columns.map((column) => cellsOf(row, column, before, now)) };
    for (const reaches of lookingAt(touch, transition)) add(reaches);
    for (const { looking, codes } of LOOKERS) {
      if (codes.length > 0) for (const reaches of looking(touch, transition)) add({ ...reaches, codes });
    }
  }
  if (!changed.sameRows) add(whole(oldest(before, now, rowNow)));
  if (!changed.sameRows) add(whole(belowAllStables(before, now)));
  add(whole(datedOtherwise(changed.touched, transition)));
  add(whole(aboveOtherSpellings(transition)));
  add(whole(withOtherRosters(transition)));
  add({ rows: withOtherEvidence(transition), column: null, codes: EVIDENCE_CODES });
  return reached;
}

/** What every row looks at, whatever its checks do: itself, what it is compared with, and what it carries over. */
function lookingAt({ was, is, start, cells }: Touch, transition: Transition): Reaches[] {
  const { before, now } = transition;
  const release = now.matrix.releases[is ?? -1] ?? before.matrix.releases[was ?? -1];
  const reaches: Reaches[] = [];
  // What cannot be read of a release is nowhere in its columns.
  if (is !== null && (was === null || cells.length === 0)) reaches.push(whole([is]));
  for (const { column, old, held } of cells) {
    if (is !== null) reaches.push({ rows: [is], column, codes: CODES });
    reaches.push({ rows: nextAbove(now, start, column), column, codes: [] });
    if (release?.stage !== 'stable') continue;
    reaches.push({ rows: inheriting(column, start, transition), column, codes: CODES });
    const asking = ASKING.filter(
      ({ facts, type }) =>
        (type ?? now.matrix.components[column]?.type) === now.matrix.components[column]?.type &&
        !sameOf(old, held, facts),
    );
    if (asking.length > 0) reaches.push(...comparedWith(column, is, start, asking, transition));
  }
  return reaches;
}

/**
 * The higher rows that have a component and may be compared with this one: up to the first stable release, behind which
 * none looks. What is withdrawn hides nothing.
 */
function nextAbove({ matrix, withdrawn }: Estate, start: number, column: number): number[] {
  const rows: number[] = [];
  for (let row = start - 1; row >= 0; row--) {
    if (matrix.entries[row]?.[column] == null) continue;
    rows.push(row);
    if (!withdrawn.has(row) && isStableRelease(matrix.releases[row])) break;
  }
  return rows;
}

/** Where there is no stable release before them, all releases are compared otherwise. */
function belowAllStables(before: Estate, now: Estate): Iterable<number> {
  const lowest = ({ withdrawn, matrix: { releases } }: Estate) =>
    releases.findLast((release, row) => isStableRelease(release) && !withdrawn.has(row))?.tag;
  return lowest(before) === lowest(now) ? [] : now.matrix.releases.keys();
}

/** The oldest release is compared with nothing, nor is what is withdrawn below it. */
function oldest(before: Estate, now: Estate, rowNow: (row: number) => number | null): number[] {
  const was = oldestInUse(before).map(rowNow);
  const is = oldestInUse(now);
  return [...new Set([...was, ...is])].filter((row) => row !== null);
}

function oldestInUse({ matrix: { releases }, withdrawn }: Estate): number[] {
  const rows: number[] = [];
  for (let row = releases.length - 1; row >= 0; row--) {
    rows.push(row);
    if (!withdrawn.has(row)) break;
  }
  return rows;
}

function cellsOf({ was, is }: TouchedRow, column: number, before: Estate, now: Estate): TouchedCell {
  const at = (estate: Estate, row: number | null) =>
    (row === null ? null : estate.matrix.entries[row]?.[column]) ?? null;
  return { column, old: at(before, was), held: at(now, is) };
}

/** From a row before to the same release's row now; null: it is gone. */
export function rowMap(before: Estate, now: Estate, sameRows: boolean): (row: number) => number | null {
  if (sameRows) return (row) => row;
  const rows = placesOf(now.matrix.releases);
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
function ofTheLine({ was, is }: TouchedRow, before: Estate, now: Estate): readonly number[] {
  const release = now.matrix.releases[is ?? -1] ?? before.matrix.releases[was ?? -1];
  const line = now.lines.get(release?.line ?? '') ?? [];
  if (was === null || is === null) return line;
  return release?.stage === 'rc' ? line.filter((row) => now.matrix.releases[row]?.stage === 'stable') : [];
}

/** Rows above that hold a component and compare it with what a stable release has of it, or had. */
function comparedWith(
  column: number,
  is: number | null,
  start: number,
  asking: readonly Asking[],
  { now, cellBefore }: Transition,
): Reaches[] {
  const reaches: Reaches[] = [];
  const isWorkload = now.running.has(column);
  for (let row = start - 1; row >= 0; row--) {
    const entries = now.matrix.entries[row]?.[column];
    if (entries == null && cellBefore(row, column) === null) continue;
    const codes = asking.filter(({ most, of }) => {
      if (of !== undefined && entries?.some(of) !== true) return false;
      // A workload may be compared far back, with the last release that had it in one environment.
      return isWorkload || isAmong(predecessorsWith(now, row, column, most), most, is, start);
    });
    if (codes.length > 0) reaches.push({ rows: [row], column, codes: codes.map(({ code }) => code) });
  }
  return reaches;
}

/** Whether a release is among the newest, or would be if it had the component. */
function isAmong(newest: readonly number[], reach: number, is: number | null, start: number): boolean {
  return newest.length < reach || (is !== null && newest.includes(is)) || (newest.at(-1) ?? 0) >= start;
}

function sameOf(old: readonly Fragment[] | null, held: readonly Fragment[] | null, ask: Before['facts']): boolean {
  if (old === null || held === null) return old === held;
  if (old.length !== held.length) return false;
  // Of two keys of one place the one that was observed last counts.
  const seen = ({ publishedAt, fields }: Fragment) => (old.length > 1 ? [publishedAt, fields.date] : []);
  return old.every((fragment, at) => {
    const other = held[at];
    if (other === undefined) return false;
    const [one, two] = [
      [...ask(fragment), ...seen(fragment)],
      [...ask(other), ...seen(other)],
    ];
    return one.length === two.length && one.every((value, index) => value === two[index]);
  });
}

/** Rows above that lack an expected component, up to the first that has it: this one is where it was seen last. */
function lacking(column: number, start: number, { now: { matrix }, cellBefore }: Transition): number[] {
  const rows: number[] = [];
  for (let row = start - 1; row >= 0 && matrix.entries[row]?.[column] == null; row--) {
    if (cellBefore(row, column) !== null) rows.push(row);
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
  return touched.flatMap(({ was, is }) => {
    if (was === null || is === null || before.dates[was] === now.dates[is]) return [];
    if (now.matrix.releases[is]?.stage !== 'stable') return [];
    const rowThen = placesOf(before.matrix.releases);
    return now.matrix.releases.flatMap(({ tag }, row) => {
      const then = rowThen.get(tag);
      return then !== undefined && isBefore(now, is, row) !== isBefore(before, was, then) ? [row] : [];
    });
  });
}

/** Rows above a version of which another spelling counts than before. */
function aboveOtherSpellings({ before, now }: Transition): number[] {
  let lowest = -1;
  if (before.twins.size + now.twins.size === 0) return [];
  for (const version of new Set([...before.twins.keys(), ...now.twins.keys()])) {
    if (spellingThatCounts(before, version) === spellingThatCounts(now, version)) continue;
    lowest = Math.max(
      lowest,
      ...now.matrix.releases.flatMap((release, row) => (release.version === version ? [row] : [])),
    );
  }
  return Array.from({ length: lowest + 1 }, (_, row) => row);
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
function withOtherRosters({ now, before, changed, basesBefore, rosters }: Transition): number[] {
  const otherwise = releasesTaughtOtherwise(changed, before, now);
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

/** Rows of which there is other evidence: it is theirs, of their line, or of a release from which they carry over. */
function withOtherEvidence({ now, rosters, evidenceOf }: Transition): number[] {
  if (evidenceOf.size === 0) return [];
  const isOther = (row: number | null) => row !== null && evidenceOf.has(now.matrix.releases[row]?.tag ?? '');
  return now.matrix.releases.flatMap(({ line }, row) => {
    const others = [
      row,
      ...(now.lines.get(line ?? '') ?? []),
      ...rosters.of(row).absent.map((one) => one.inheritedFrom),
    ];
    return others.some(isOther) ? [row] : [];
  });
}

/** `partial-environment` asks which workloads the last releases before have in an environment. */
function inEnvironments({ was, is, start, cells }: Touch, { before, now }: Transition): number[] {
  const changed = new Set<string>();
  for (const { column, old, held } of cells) {
    if (!now.running.has(column)) continue;
    const [then, there] = [placesIn(old), placesIn(held)];
    for (const place of [...then, ...there])
      if (then.has(place) !== there.has(place)) changed.add(groupOf(place, now.policy.environments));
  }
  if (before.dates[was ?? -1] !== now.dates[is ?? -1]) {
    for (const [environment, there] of now.inEnvironment) if (there.includes(is ?? -1)) changed.add(environment);
  }
  const rows: number[] = [];
  if (changed.size === 0) return rows;
  // What a release carries over may be in an environment where it has nothing of its own.
  const all = now.matrix.releases.map((_, row) => row);
  for (const environment of changed) {
    for (const row of carriesOver(now) ? all : (now.inEnvironment.get(environment) ?? [])) {
      if (isWithinReach(now, row, environment, is === null ? null : start)) rows.push(row);
    }
  }
  // `environment-inversion` asks of what runs anywhere whether it has left the environment.
  for (const places of now.running.values()) for (const { row } of places.values()) rows.push(row);
  return rows;
}

/** The environments that the entries of a cell name. */
export function placesIn(entries: readonly Fragment[] | null): ReadonlySet<string> {
  return new Set(entries?.flatMap(({ environments }) => environments));
}

function carriesOver({ policy }: Estate): boolean {
  return policy.patchesCarry || policy.roster.some(({ expectation }) => expectation === 'carried');
}

/** Whether fewer releases than are asked lie between a row and a touched one below it; null: that is gone. */
function isWithinReach(now: Estate, row: number, environment: string, touched: number | null): boolean {
  const there = (now.inEnvironment.get(environment) ?? []).filter(
    (other) => other > row && !now.withdrawn.has(other) && isBefore(now, other, row),
  );
  const last = there[LOOK_BACK - 1];
  return last === undefined || touched === null || touched <= last;
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
