import { SOON_MS } from '../checks/check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from '../checks/future-date.ts';
import type { Finding } from '../finding/finding.ts';
import { compareEnvironments } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import type { FragmentChange } from '../item/fragment-change.ts';
import { type ChangedMatrix, changeMatrix } from '../matrix/change-matrix.ts';
import { dateOf, type Estate, environmentRows, orderOf, type Running, runningIn } from '../matrix/estate.ts';
import { rostersOf } from '../matrix/roster.ts';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts';
import { finish, type Steps } from '../text/steps.ts';
import { affectedRows, type Basis, releasesTaughtOtherwise, rowBelow, rowMap } from './affected-rows.ts';
import { recompare } from './recompare.ts';
import type { Report, ReportInput, ReportRow } from './report.ts';
import { expectedByName, isArriving, type Survey, surveyOf, surveySteps } from './survey.ts';

/** A report, with what it takes to make the next one out of it. */
export interface BuiltReport {
  readonly report: Report;
  readonly policy: Policy;
  readonly input: ReportInput;
  readonly survey: Survey;
  /** Of each row, what `Survey#begunAt` says. */
  readonly begunAt: readonly (number | null)[];
  /** By tag, what the roster of each release rests on. */
  readonly bases: ReadonlyMap<string, Basis>;
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
  return yield* told(survey, input, () => undefined, namings, basesOf(survey));
}

/** Null where it is better made anew. */
function* changedReport(before: BuiltReport, input: ReportInput): Steps<BuiltReport | null> {
  const { policy, survey: old } = before;
  const difference = changeSince(before.input, input);
  if (difference === null) return null;
  const matrix = old.estate.matrix;
  const changed = changeMatrix(
    matrix,
    difference,
    input.rejected,
    before.input.rejected,
    expectedByName(policy),
    policy.stages,
  );
  if (changed === null) return null;
  yield;
  const estate = yield* changedEstate(old.estate, changed, input.readAt);
  const { changes, otherRows } = recompare(changed, old, estate);
  const rosters = rostersOf(estate, wholeBefore(before, changed, estate));
  const survey = surveyOf(estate, changes, rosters);
  const kept = new Map(
    before.report.rows.map((row, at) => [row.release.tag, { row, begunAt: before.begunAt[at] ?? null }]),
  );
  const rowBefore = (tag: string) => kept.get(tag)?.row;
  const affected = affectedRows(changed, {
    before: old.estate,
    now: estate,
    rowBefore,
    basesBefore: before.bases,
    rosters,
  });
  for (const row of otherRows) affected.add(row);
  const restOnTheSame = releasesTaughtOtherwise(changed, old.estate, estate).size === 0;
  const allLapse = waiverStates(policy, old.estate) !== waiverStates(policy, estate);
  yield;
  const keptAt = (row: number): Kept | undefined => {
    if (allLapse || affected.has(row)) return undefined;
    const held = kept.get(estate.matrix.releases[row]?.tag ?? '');
    return held === undefined || isOvertaken(held, old.estate, estate) ? undefined : held;
  };
  const bases = restOnTheSame ? before.bases : basesOf(survey);
  return yield* told(survey, input, keptAt, namingsAfter(before.namings, difference), bases, rowBefore);
}

/** Null where nobody knows, or where it is too much. */
function changeSince({ fragments }: ReportInput, now: ReportInput): FragmentChange | null {
  if (now.fragments === fragments) return { since: fragments, come: [], gone: [] };
  const { change } = now;
  if (change === undefined || change.since !== fragments) return null;
  return change.come.length + change.gone.length > MOST_CHANGES ? null : change;
}

/** Whether a release is whole rests on itself and those below it: of one below all that changed it is known. */
function wholeBefore(
  { bases, survey }: BuiltReport,
  { touched, sameRows }: ChangedMatrix,
  now: Estate,
): (row: number) => boolean | undefined {
  const rowNow = rowMap(survey.estate, now, sameRows);
  const lowest = Math.max(-1, ...touched.map(({ is, was }) => is ?? rowBelow(was ?? 0, survey.estate, now, rowNow)));
  return (row) => (row > lowest ? bases.get(now.matrix.releases[row]?.tag ?? '')?.isWhole : undefined);
}

/** The columns are the same ones: another one would have had the matrix made anew. */
function* changedEstate(before: Estate, changed: ChangedMatrix, readAt: string): Steps<Estate> {
  const { matrix, touched, sameRows } = changed;
  const rows = sameRows ? null : new Map(matrix.releases.map(({ tag }, row) => [tag, row]));
  const rowNow = (row: number) => (rows === null ? row : (rows.get(before.matrix.releases[row]?.tag ?? '') ?? -1));
  const dates: (number | null)[] = new Array(matrix.releases.length).fill(null);
  before.dates.forEach((date, row) => {
    if (rowNow(row) !== -1) dates[rowNow(row)] = date;
  });
  for (const { is } of touched) if (is !== null) dates[is] = dateOf(matrix, before.policy, is);
  yield;
  // Of two spellings of a version the one with more fragments counts.
  const order = sameRows && before.twins.size === 0 ? {} : orderOf(matrix);
  const columns = new Set(touched.flatMap((row) => row.columns).filter((column) => before.running.has(column)));
  const running = new Map(before.running);
  if (rows !== null) for (const [column, places] of before.running) running.set(column, movedRows(places, rowNow));
  for (const column of columns) running.set(column, runningIn(matrix, column));
  const moved = () => new Map([...before.inEnvironment].map(([name, there]) => [name, there.map(rowNow)]));
  const inEnvironment = columns.size > 0 ? environmentRows(matrix) : rows === null ? before.inEnvironment : moved();
  return { ...before, ...order, matrix, readAt: Date.parse(readAt), dates, running, inEnvironment };
}

function movedRows(places: ReadonlyMap<string, Running>, rowNow: (row: number) => number): Map<string, Running> {
  return new Map([...places].map(([environment, { row, entry }]) => [environment, { row: rowNow(row), entry }]));
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
  namings: BuiltReport['namings'],
  bases: BuiltReport['bases'],
  before: (tag: string) => ReportRow | undefined = () => undefined,
): Steps<BuiltReport> {
  const { matrix, policy } = survey.estate;
  const rows: ReportRow[] = [];
  const begunAt: (number | null)[] = [];
  for (let at = 0; at < matrix.releases.length; at++) {
    const kept = keptAt(at);
    rows.push(kept === undefined ? judged(survey, at, before) : kept.row);
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
  return { report, policy, input, survey, begunAt, bases, namings };
}

/** The row of a release; the very row of before where it says the same, so that nothing is drawn anew for it. */
function judged(survey: Survey, at: number, before: (tag: string) => ReportRow | undefined): ReportRow {
  const row = survey.judgeRow(at, undefined);
  const known = before(row.release.tag);
  return known !== undefined && isEqual(known, row) ? known : row;
}

/** Deeply equal; of what is the same object nothing is compared. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return (
    names.length === others.length &&
    names.every((name) => isEqual((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}

function basesOf({ estate: { matrix }, rosters }: Survey): Map<string, Basis> {
  const tagOf = (row: number) => matrix.releases[row]?.tag ?? '';
  return new Map(
    matrix.releases.map(({ tag }, row) => [
      tag,
      { from: rosters.basis(row).map(tagOf), isWhole: rosters.isWhole(row) },
    ]),
  );
}

/** Whether time alone has changed what is said of a row: its grace period, or a date in the future. */
function isOvertaken({ row, begunAt }: Kept, before: Estate, now: Estate): boolean {
  if (before.readAt === now.readAt) return false;
  if (isArriving(begunAt, before) !== isArriving(begunAt, now)) return true;
  const limit = new Date(Math.min(before.readAt, now.readAt) + CLOCK_TOLERANCE_MINUTES * 60_000).toISOString();
  if (row.updatedAt !== null && row.updatedAt > limit) return true;
  // What it carries over may be dated in the future as well; after a clock was put back, again.
  const wentBack = now.readAt < before.readAt;
  return row.cells.some((cell) => cell?.state === 'carried' && (wentBack || cell.findings.some(isFutureDate)));
}

function isFutureDate({ code }: Finding): boolean {
  return code === 'future-date';
}

/** Of each waiver: whether it holds, and whether it is said to end soon. A waiver may mean any row. */
function waiverStates({ waivers }: Policy, { readAt }: Estate): string {
  return waivers.map(({ endsAt }) => (endsAt < readAt ? 'x' : endsAt - readAt <= SOON_MS ? 's' : 'h')).join('');
}

function namingsAfter(before: ReadonlyMap<string, number>, { gone, come }: FragmentChange): Map<string, number> {
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
