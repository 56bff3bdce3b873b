import { type Checked, checkRelease } from '../checks/check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from '../checks/future-date.ts';
import { isPartial } from '../checks/partial-release.ts';
import type { Stage } from '../item/release.ts';
import { type Estate, estateSteps } from '../matrix/estate.ts';
import { type Matrix, matrixSteps } from '../matrix/matrix.ts';
import { viewRelease } from '../matrix/release-view.ts';
import { isAbsent, type Roster, type Rosters, rostersOf, notYet as withoutTypes } from '../matrix/roster.ts';
import type { Policy } from '../policy/policy.ts';
import { groupBy } from '../text/group-by.ts';
import type { Steps } from '../text/steps.ts';
import type { Completeness, ReportInput, ReportRow } from './report.ts';
import { type Change, cellsOf, comparisonSteps } from './report-cells.ts';
import { judge } from './verdict.ts';

/** What a release holds, by column. */
export type Entries = Matrix['entries'][number];

/** Everything that is worked out once for an estate, and the way to judge one row of it. */
export interface Survey {
  readonly estate: Estate;
  /** By row, then by column. */
  readonly changes: readonly (readonly (Change | null)[])[];
  /** When the release of a row began, milliseconds since 1970; null: nobody knows. */
  readonly begunAt: (row: number) => number | null;
  /**
   * @param evaluatedAs the stage whose severities count; undefined: its own
   * @param notYet types of which what is absent is not asked for
   */
  readonly judgeRow: (row: number, evaluatedAs: Stage | undefined, notYet?: ReadonlySet<string>) => ReportRow;
  readonly rosters: Rosters;
  /** How much of its roster the release of a row has: a part of what `judgeRow` says, for less work. */
  readonly completeness: (row: number) => Completeness;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Surveys an estate.
 *
 * @param asked releases that get a row even where nothing is known of them
 */
export function* surveySteps(input: ReportInput, policy: Policy, asked: readonly string[]): Steps<Survey> {
  const named = { releases: asked, components: expectedByName(policy) };
  const matrix = yield* matrixSteps(input.fragments, input.rejected, named, policy.stages);
  const estate = yield* estateSteps(matrix, policy, input.readAt);
  return surveyOf(estate, yield* comparisonSteps(estate));
}

/** The components that have a column because the policy names them, seen or not. */
export function expectedByName(policy: Policy): string[] {
  return policy.roster.flatMap(({ literal, expectation }) =>
    literal === null || expectation === 'ignored' ? [] : [literal],
  );
}

/** The survey of what is known already: it costs nothing before it is asked. */
export function surveyOf(estate: Estate, changes: Survey['changes'], rosters = rostersOf(estate)): Survey {
  const { matrix, policy } = estate;
  const rejected = groupBy(matrix.rejected, (item) => item.release);
  const ignoresSome = policy.roster.some(({ expectation }) => expectation === 'ignored');
  const begunAt = (row: number): number | null => {
    const entries = matrix.entries[row] ?? [];
    return begun(ignoresSome ? counted(estate, entries, rosters.of(row)) : entries);
  };
  const judgeRow = (row: number, evaluatedAs: Stage | undefined, notYet = NOTHING): ReportRow => {
    const release = matrix.releases[row];
    if (release === undefined) {
      throw new RangeError(`The matrix has ${matrix.releases.length} rows, and no row ${row}.`);
    }
    const entries = matrix.entries[row] ?? [];
    const roster = withoutTypes(estate, row, rosters.of(row), notYet);
    const arriving = isArriving(begunAt(row), estate);
    const view = viewRelease(estate, row, roster, rejected.get(release.tag) ?? [], arriving, notYet);
    const checked = view === null ? NO_FINDINGS : checkRelease(view, evaluatedAs ?? release.stage);
    const completeness = completenessOf(estate, row, roster);
    const absence = arriving ? 'arriving' : view !== null && isPartial(view) ? 'left-out' : 'missing';
    return {
      release,
      cells: cellsOf(estate, changes[row] ?? [], roster, checked.findings, absence),
      completeness,
      findings: checked.findings,
      verdict: judge(checked.findings, {
        known: view !== null,
        roster: completeness.roster,
        arriving: checked.arriving,
        policyHolds: policy.faults.length === 0,
      }),
      ...measure(entries),
    };
  };
  const completeness = (row: number) => completenessOf(estate, row, rosters.of(row));
  return { estate, changes, begunAt, judgeRow, rosters, completeness };
}

const NO_FINDINGS: Checked = { findings: [], arriving: false };

function completenessOf(estate: Estate, row: number, { source, expected }: Roster): Completeness {
  const missing = expected.filter((one) => isAbsent(estate, row, one)).map(({ component }) => component);
  // Under its old name and its new one a component is one.
  const due = new Set(expected.map(({ column, cameAs }) => cameAs ?? column)).size;
  return { roster: source, expected: due, present: due - missing.length, missing };
}

/**
 * When a release began, milliseconds since 1970: when the first of its fragments was published; where no publisher says
 * when, the earliest date. A date may be that of an old commit.
 */
function begun(entries: Entries): number | null {
  let published: string | null = null;
  let dated: string | null = null;
  for (const entry of entries) {
    for (const { publishedAt, fields } of entry ?? []) {
      // ISO 8601 in UTC with equal precision: text order is time order.
      if (publishedAt !== null && (published === null || publishedAt < published)) published = publishedAt;
      if (fields.date !== undefined && (dated === null || fields.date < dated)) dated = fields.date;
    }
  }
  const first = published ?? dated;
  return first === null ? null : Date.parse(first);
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

/** The entries that count: a component that the policy ignores does not make a release older. */
function counted({ matrix }: Estate, entries: Entries, roster: Roster): Entries {
  return entries.filter((_, column) => !roster.ignores(matrix.components[column]?.id ?? ''));
}

/**
 * Whether a release is within the grace period. One that is dated in the future, beyond what clocks differ by, is not:
 * nobody knows how old it is.
 *
 * @param begunAt milliseconds since 1970; null: nobody knows
 */
export function isArriving(begunAt: number | null, { readAt, policy }: Pick<Estate, 'readAt' | 'policy'>): boolean {
  if (begunAt === null) return false;
  const ageMs = readAt - begunAt;
  return ageMs < policy.graceMinutes * 60_000 && ageMs >= -CLOCK_TOLERANCE_MINUTES * 60_000;
}
