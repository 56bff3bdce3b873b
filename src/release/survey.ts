import { checkRelease } from './check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from './checks/future-date.ts';
import { describeEstate, type Estate } from './estate.ts';
import type { RejectedItem } from './fragment.ts';
import { groupBy } from './group-by.ts';
import { buildMatrix, type Matrix } from './matrix.ts';
import type { Policy } from './policy.ts';
import type { Stage } from './release.ts';
import { viewRelease } from './release-view.ts';
import type { Completeness, ReportInput, ReportRow } from './report.ts';
import { type Change, cellsOf, compareWithLower } from './report-cells.ts';
import { type Roster, rosterOf } from './roster.ts';
import { judge } from './verdict.ts';

/** What a release holds, by column. */
export type Entries = Matrix['entries'][number];

/** What an earlier survey leaves for the next one: parts that did not change stay the same objects. */
export interface SurveyMemory {
  readonly matrix: Matrix;
  /** Of each row, by what the row held. */
  readonly changes: ReadonlyMap<Entries, readonly (Change | null)[]>;
}

/** Everything that is worked out once for an estate, and the way to judge one row of it. */
export interface Survey {
  readonly estate: Estate;
  readonly memory: SurveyMemory;
  readonly rosterOf: (row: number) => Roster;
  readonly changesOf: (row: number) => readonly (Change | null)[];
  readonly rejectedOf: (row: number) => readonly RejectedItem[];
  /** Whether the release of a row is younger than the grace period. */
  readonly isArriving: (row: number) => boolean;
  /** @param evaluatedAs the stage whose severities count; undefined: its own */
  readonly judgeRow: (row: number, evaluatedAs: Stage | undefined) => ReportRow;
}

/**
 * Surveys an estate.
 *
 * @param asked releases that get a row even where nothing is known of them
 * @param earlier the survey before, of the same policy
 */
export function surveyEstate(
  input: ReportInput,
  policy: Policy,
  asked: readonly string[],
  earlier: SurveyMemory | null = null,
): Survey {
  const named = {
    releases: asked,
    components: policy.roster.flatMap(({ literal, expectation }) =>
      literal === null || expectation === 'ignored' ? [] : [literal],
    ),
  };
  const built = buildMatrix(input.fragments, input.rejected, named);
  const matrix = earlier === null ? built : shareParts(built, earlier.matrix);
  const estate = describeEstate(matrix, policy, input.readAt);
  const roster = remember(rosterOf(estate));
  const changes = compareWithLower(estate, earlier?.changes ?? NOTHING_BEFORE);
  const rejected = groupBy(matrix.rejected, (item) => item.release);
  const ignoresSome = policy.roster.some(({ expectation }) => expectation === 'ignored');
  const entriesOf = (row: number): Entries => matrix.entries[row] ?? [];
  const rejectedOf = (row: number) => rejected.get(matrix.releases[row]?.tag ?? '') ?? [];
  const isArriving = (row: number) => {
    const entries = entriesOf(row);
    return isYoung(ignoresSome ? begunAt(estate, entries, roster(row)) : measure(entries).startedAt, estate);
  };
  const judgeRow = (row: number, evaluatedAs: Stage | undefined): ReportRow => {
    const release = matrix.releases[row];
    if (release === undefined) {
      throw new RangeError(`The matrix has ${matrix.releases.length} rows, and no row ${row}.`);
    }
    const entries = entriesOf(row);
    const expects = roster(row);
    const arriving = isArriving(row);
    const view = viewRelease(estate, row, expects, rejectedOf(row), arriving);
    const findings = view === null ? [] : checkRelease(view, evaluatedAs ?? release.stage);
    const completeness = completenessOf(expects, entries);
    return {
      release,
      cells: cellsOf(estate, changes[row] ?? [], expects, findings, arriving),
      completeness,
      findings,
      verdict: judge(findings, view !== null, completeness.roster, policy.faults.length === 0),
      ...measure(entries),
    };
  };
  return {
    estate,
    memory: { matrix, changes: new Map(matrix.entries.map((entries, row) => [entries, changes[row] ?? []])) },
    rosterOf: roster,
    changesOf: (row) => changes[row] ?? [],
    rejectedOf,
    isArriving,
    judgeRow,
  };
}

const NOTHING_BEFORE: SurveyMemory['changes'] = new Map();

function remember<T>(make: (row: number) => T): (row: number) => T {
  const made = new Map<number, T>();
  return (row) => {
    const known = made.get(row);
    if (known !== undefined) return known;
    const value = make(row);
    made.set(row, value);
    return value;
  };
}

/** The matrix with each part that is as in the earlier one being that very object. */
function shareParts(matrix: Matrix, earlier: Matrix): Matrix {
  const components = matrix.components;
  const sameColumns =
    components.length === earlier.components.length &&
    components.every(({ id }, column) => id === earlier.components[column]?.id);
  if (!sameColumns) return matrix;
  const before = new Map(earlier.releases.map((release, row) => [release.tag, row]));
  const entries = matrix.entries.map((cells, row) => {
    const held = earlier.entries[before.get(matrix.releases[row]?.tag ?? '') ?? -1];
    return held !== undefined && sameCells(cells, held) ? held : cells;
  });
  return { ...matrix, components: earlier.components, entries };
}

function sameCells(a: Entries, b: Entries): boolean {
  for (let column = 0; column < a.length; column++) {
    const [one, other] = [a[column] ?? null, b[column] ?? null];
    if (one === other) continue;
    if (one === null || other === null || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  }
  return true;
}

function completenessOf({ source, expected }: Roster, entries: Entries): Completeness {
  const missing = expected
    .filter(({ column, inheritedFrom }) => inheritedFrom === null && !entries[column])
    .map(({ component }) => component);
  return { roster: source, expected: expected.length, present: expected.length - missing.length, missing };
}

function measure(entries: Entries): { startedAt: string | null; updatedAt: string | null; fragments: number } {
  let startedAt: string | null = null;
  let updatedAt: string | null = null;
  let fragments = 0;
  for (const entry of entries) {
    if (entry === null) continue;
    fragments += entry.length;
    for (const { fields } of entry) {
      // ISO 8601 in UTC with equal precision: text order is time order.
      if (fields.date === undefined) continue;
      if (startedAt === null || fields.date < startedAt) startedAt = fields.date;
      if (updatedAt === null || fields.date > updatedAt) updatedAt = fields.date;
    }
  }
  return { startedAt, updatedAt, fragments };
}

/** The earliest date of what counts: a component that the policy ignores does not make a release older. */
function begunAt({ matrix }: Estate, entries: Entries, roster: Roster): string | null {
  const counted = entries.filter((_, column) => !roster.ignores(matrix.components[column]?.id ?? ''));
  return measure(counted).startedAt;
}

/** A release that is dated in the future, beyond what clocks differ by, is not young: nobody knows how old it is. */
function isYoung(startedAt: string | null, { readAt, policy }: Estate): boolean {
  if (startedAt === null) return false;
  const ageMs = readAt - Date.parse(startedAt);
  return ageMs < policy.graceMinutes * 60_000 && ageMs >= -CLOCK_TOLERANCE_MINUTES * 60_000;
}
