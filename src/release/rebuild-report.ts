import { affectedRows } from './affected-rows.ts';
import { type Apart, apart } from './apart.ts';
import { type ChangedMatrix, changeMatrix } from './change-matrix.ts';
import { SOON_MS } from './check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from './checks/future-date.ts';
import { compareEnvironments } from './environment.ts';
import { deployedRows, type Estate, estateSteps } from './estate.ts';
import type { Fragment } from './fragment.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { recompare } from './recompare.ts';
import type { Report, ReportInput, ReportRow } from './report.ts';
import { finish, type Steps } from './steps.ts';
import { expectedByName, isArriving, type Survey, surveyOf, surveySteps } from './survey.ts';

/** A report, with what it takes to make the next one out of it. */
export interface BuiltReport {
  readonly report: Report;
  readonly policy: Policy;
  readonly input: ReportInput;
  readonly survey: Survey;
  /** Of each row, what `Survey#begunAt` says. */
  readonly begunAt: readonly (number | null)[];
  /** How many fragments name an environment, by its folded name. */
  readonly namings: ReadonlyMap<string, number>;
}

/** `reportSteps` at once. */
export function rebuildReport(...input: Parameters<typeof reportSteps>): BuiltReport {
  return finish(reportSteps(...input));
}

/** Fragments that may have changed for a report to be made out of the one before; beyond it is made anew, in steps. */
const MOST_CHANGES = 5_000;

/**
 * What `buildReport` makes, out of the report before: a changed fragment costs the rows that look at it. All others are
 * the same objects, so that the screen need not draw them again.
 *
 * @param earlier what it returned before; null: nothing
 */
export function* reportSteps(
  earlier: BuiltReport | null,
  input: ReportInput,
  policy: Policy = DEFAULT_POLICY,
): Steps<BuiltReport> {
  const changed = earlier?.policy === policy ? yield* changedReport(earlier, input) : null;
  return changed ?? (yield* newReport(input, policy));
}

function* newReport(input: ReportInput, policy: Policy): Steps<BuiltReport> {
  const survey = yield* surveySteps(input, policy, []);
  const namings = new Map<string, number>();
  let looked = 0;
  for (const fragment of input.fragments) {
    count(namings, fragment, 1);
    if (++looked % 5_000 === 0) yield;
  }
  return yield* told(survey, input, () => undefined, namings);
}

/** Null where it is better made anew. */
function* changedReport(before: BuiltReport, input: ReportInput): Steps<BuiltReport | null> {
  const { policy, survey: old } = before;
  const difference = apart(before.input.fragments, input.fragments, MOST_CHANGES);
  if (difference === null) return null;
  const matrix = old.estate.matrix;
  const changed = changeMatrix(matrix, difference, input.rejected, before.input.rejected, expectedByName(policy));
  if (changed === null) return null;
  yield;
  const estate = yield* changedEstate(old.estate, changed, input.readAt);
  const { changes, otherRows } = recompare(changed, old, estate);
  const survey = surveyOf(estate, changes);
  const kept = new Map(
    before.report.rows.map((row, at) => [row.release.tag, { row, begunAt: before.begunAt[at] ?? null }]),
  );
  const affected = affectedRows(changed, old.estate, estate, (tag) => kept.get(tag)?.row);
  for (const row of otherRows) affected.add(row);
  const allLapse = waiverStates(policy, old.estate) !== waiverStates(policy, estate);
  yield;
  const keptAt = (row: number): Kept | undefined => {
    if (allLapse || affected.has(row)) return undefined;
    const held = kept.get(estate.matrix.releases[row]?.tag ?? '');
    return held === undefined || isOvertaken(held, old.estate, estate) ? undefined : held;
  };
  return yield* told(survey, input, keptAt, namingsAfter(before.namings, difference));
}

function* changedEstate(before: Estate, { matrix, touched, sameRows }: ChangedMatrix, readAt: string): Steps<Estate> {
  if (!sameRows) return yield* estateSteps(matrix, before.policy, readAt);
  const columns = new Set(touched.flatMap((row) => row.columns).filter((column) => before.deployed.has(column)));
  if (columns.size === 0) return { ...before, matrix, readAt: Date.parse(readAt) };
  const deployed = new Map(before.deployed);
  for (const column of columns) deployed.set(column, deployedRows(matrix, column));
  return { ...before, matrix, deployed, readAt: Date.parse(readAt) };
}

interface Kept {
  readonly row: ReportRow;
  readonly begunAt: number | null;
}

/** Puts the report together, from rows that are kept and rows that are judged. */
function* told(
  survey: Survey,
  input: ReportInput,
  keptAt: (row: number) => Kept | undefined,
  namings: ReadonlyMap<string, number>,
): Steps<BuiltReport> {
  const { matrix, policy } = survey.estate;
  const rows: ReportRow[] = [];
  const begunAt: (number | null)[] = [];
  for (let at = 0; at < matrix.releases.length; at++) {
    const kept = keptAt(at);
    rows.push(kept === undefined ? survey.judgeRow(at, undefined) : kept.row);
    begunAt.push(kept === undefined ? survey.begunAt(at) : kept.begunAt);
    if (kept === undefined) yield;
  }
  const report = {
    readAt: input.readAt,
    components: matrix.components,
    rows,
    rejected: matrix.rejected,
    environments: [...namings.keys()].sort((a, b) => compareEnvironments(a, b, policy.environments)),
    fragments: input.fragments.length,
  };
  return { report, policy, input, survey, begunAt, namings };
}

/** Whether time alone has changed what is said of a row: its grace period, or a date in the future. */
function isOvertaken({ row, begunAt }: Kept, before: Estate, now: Estate): boolean {
  if (before.readAt === now.readAt) return false;
  if (isArriving(begunAt, before) !== isArriving(begunAt, now)) return true;
  const limit = new Date(Math.min(before.readAt, now.readAt) + CLOCK_TOLERANCE_MINUTES * 60_000).toISOString();
  return row.updatedAt !== null && row.updatedAt > limit;
}

/** Of each waiver: whether it holds, and whether it is said to end soon. A waiver may mean any row. */
function waiverStates({ waivers }: Policy, { readAt }: Estate): string {
  return waivers.map(({ endsAt }) => (endsAt < readAt ? 'x' : endsAt - readAt <= SOON_MS ? 's' : 'h')).join('');
}

function namingsAfter(before: ReadonlyMap<string, number>, { gone, come }: Apart<Fragment>): Map<string, number> {
  const namings = new Map(before);
  for (const fragment of gone) count(namings, fragment, -1);
  for (const fragment of come) count(namings, fragment, 1);
  return namings;
}

function count(namings: Map<string, number>, { environments }: Fragment, by: 1 | -1): void {
  for (const environment of environments) {
    const named = (namings.get(environment) ?? 0) + by;
    if (named > 0) namings.set(environment, named);
    else namings.delete(environment);
  }
}
