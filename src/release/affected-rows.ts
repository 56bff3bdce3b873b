import type { ChangedMatrix, TouchedRow } from './change-matrix.ts';
import { type Estate, lowerStables, newestVersion } from './estate.ts';
import type { Fragment } from './fragment.ts';
import type { ReportRow } from './report.ts';

/** How many stable releases an inferred roster looks back at; the first of them is what versions are held against. */
const LOOK_BACK = 3;

/**
 * The rows of a changed matrix of which something else may be said than before, as far as that rests on what other rows
 * hold: the touched rows, and those that look at them. What rests on time alone is not in it.
 *
 * One paragraph for each way in which a row looks beyond itself. A check that looks elsewhere must be added here; the
 * property test that holds the outcome against `buildReport` tells.
 *
 * @param rowBefore what was said of a release before; undefined: nothing
 */
export function affectedRows(
  { touched, sameRows }: ChangedMatrix,
  before: Estate,
  now: Estate,
  rowBefore: (tag: string) => ReportRow | undefined,
): Set<number> {
  const affected = new Set<number>();
  const rowNow = rowMap(before, now, sameRows);
  for (const row of touched) {
    if (row.is !== null) affected.add(row.is);
    const columns = row.columns.map((column) => ({ column, ...cellsOf(row, column, before, now) }));
    const isNewOrGone = row.was === null || row.is === null;
    const release = now.matrix.releases[row.is ?? -1] ?? before.matrix.releases[row.was ?? -1];
    for (const at of lookingBack(row, columns, before, now, rowNow)) affected.add(at);
    for (const at of ofTheLine(release?.line ?? null, row.is, isNewOrGone, now)) affected.add(at);
    const start = row.is ?? rowBelow(row.was ?? 0, before, now, rowNow);
    for (const { column, old, held } of columns) {
      if (!sameLastSeen(old, held)) for (const at of lacking(column, start, now, rowBefore)) affected.add(at);
      if (release?.stage === 'stable') for (const at of inheriting(column, start, now)) affected.add(at);
    }
  }
  const columns = new Set(touched.flatMap((row) => row.columns));
  for (const column of columns) for (const at of sharingAWorkload(column, before, now, rowBefore)) affected.add(at);
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

/**
 * The inferred roster rests on what the last three stable releases have of anything; versions and schemas are held
 * against those of the last.
 */
function lookingBack(
  { was, is }: TouchedRow,
  columns: readonly Held[],
  before: Estate,
  now: Estate,
  rowNow: (row: number) => number | null,
): number[] {
  const rows: number[] = [];
  const presence = was === null || is === null || columns.some(({ old, held }) => (old === null) !== (held === null));
  const depth = presence ? LOOK_BACK : columns.every(({ old, held }) => sameSeenFromAbove(old, held)) ? 0 : 1;
  if (depth === 0) return rows;
  if (is !== null) rows.push(...rowsLookingAt(now, is, depth));
  else if (was !== null) rows.push(...rowsLookingAt(before, was, depth).flatMap((row) => rowNow(row) ?? []));
  return rows;
}

/** The rows that have a row among their last stable releases. Further up than where none has, none does. */
function rowsLookingAt(estate: Estate, row: number, depth: number): number[] {
  const rows: number[] = [];
  const version = estate.versions[row];
  if (estate.matrix.releases[row]?.stage !== 'stable' || !version) return rows;
  for (let at = row - 1; at >= 0; at--) {
    if (lowerStables(estate, at, depth).includes(row)) rows.push(at);
    else if ((estate.versions[at]?.compare(version) ?? 1) > 0) break;
  }
  return rows;
}

/** What `version-regressed`, `schema-breaking` and `schema-policy-weakened` ask of the previous stable release. */
function sameSeenFromAbove(old: readonly Fragment[] | null, held: readonly Fragment[] | null): boolean {
  return sameOf(old, held, ({ ownVersion, kind, environments, fields }) => [
    ownVersion,
    kind,
    fields.schemaVersion,
    fields.componentVersion,
    fields.evolutionPolicy,
    ...environments,
  ]);
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

/** `stage-skipped` looks at the tags of the line, `rebuilt-after-rc` at what its newest candidate holds. */
function ofTheLine(name: string | null, is: number | null, isNewOrGone: boolean, now: Estate): readonly number[] {
  const line = now.lines.get(name ?? '') ?? [];
  if (isNewOrGone) return line;
  const newest = line.find((row) => now.matrix.releases[row]?.stage === 'rc');
  return newest === is ? line.filter((row) => now.matrix.releases[row]?.stage === 'stable') : [];
}

/** Rows above that lack an expected component, up to the first that has it: this one is where it was seen last. */
function lacking(
  column: number,
  start: number,
  { matrix }: Estate,
  rowBefore: (tag: string) => ReportRow | undefined,
): number[] {
  const rows: number[] = [];
  for (let row = start - 1; row >= 0 && matrix.entries[row]?.[column] == null; row--) {
    if (rowBefore(matrix.releases[row]?.tag ?? '')?.cells[column] != null) rows.push(row);
  }
  return rows;
}

/** Rows above that may inherit a component by the policy: those without it, up to where a stable release hides this. */
function inheriting(column: number, start: number, estate: Estate): number[] {
  const { matrix, policy, versions } = estate;
  const rows: number[] = [];
  const id = matrix.components[column]?.id ?? '';
  if (!policy.roster.some(({ expectation, matches }) => expectation === 'carried' && matches(id))) return rows;
  let hiding: Estate['versions'][number] = null;
  for (let row = start - 1; row >= 0; row--) {
    const has = matrix.entries[row]?.[column] != null;
    const version = versions[row];
    if (hiding && version && version.compare(hiding) > 0) break;
    if (!has) rows.push(row);
    else if (matrix.releases[row]?.stage === 'stable') hiding ??= version ?? null;
  }
  return rows;
}

/**
 * Workloads are looked at in all releases: `partial-environment` asks whether one runs anywhere else in an environment,
 * `environment-inversion` which release is the newest in each.
 */
function sharingAWorkload(
  column: number,
  before: Estate,
  now: Estate,
  rowBefore: (tag: string) => ReportRow | undefined,
): number[] {
  const [old, held] = [before.deployed.get(column), now.deployed.get(column)];
  if (old === undefined || held === undefined || old === held) return [];
  const tagsOf = ({ matrix }: Estate, rows: readonly number[]) =>
    rows.map((row) => matrix.releases[row]?.tag).join('\n');
  const rows: number[] = [];
  let otherNewest = false;
  for (const environment of new Set([...old.keys(), ...held.keys()])) {
    const [was, is] = [old.get(environment) ?? [], held.get(environment) ?? []];
    const few = was.length < 2 || is.length < 2;
    if (few && tagsOf(before, was) !== tagsOf(now, is)) {
      now.matrix.releases.forEach(({ tag }, row) => {
        if (rowBefore(tag)?.cells[column] != null) rows.push(row);
      });
    }
    otherNewest ||= newestTag(before, was) !== newestTag(now, is);
  }
  if (!otherNewest) return rows;
  const newest = new Set([...old.values()].map((each) => newestTag(before, each)));
  for (const each of held.values()) newest.add(newestTag(now, each));
  now.matrix.releases.forEach(({ tag }, row) => {
    if (newest.has(tag)) rows.push(row);
  });
  return rows;
}

function newestTag(estate: Estate, rows: readonly number[]): string | null {
  const row = newestVersion(estate, rows);
  return row === null ? null : (estate.matrix.releases[row]?.tag ?? null);
}
