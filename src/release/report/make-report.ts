import { compareEnvironments } from '../item/environment.ts';
import type { Evidence } from '../item/evidence.ts';
import type { Fragment } from '../item/fragment.ts';
import type { FragmentChange } from '../item/fragment-change.ts';
import { type ChangedMatrix, changeMatrix, type TouchedRow } from '../matrix/change-matrix.ts';
import {
  dateOf,
  type Estate,
  type EvidenceByRelease,
  environmentRows,
  orderOf,
  type Running,
  runningIn,
} from '../matrix/estate.ts';
import { type Matrix, matrixSteps } from '../matrix/matrix.ts';
import { rostersOf } from '../matrix/roster.ts';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts';
import { groupBy } from '../text/group-by.ts';
import { finish, type Steps } from '../text/steps.ts';
import { type JudgedAs, type JudgedRow, judgeRow } from './judge-row.ts';
import { linesDue } from './line-due.ts';
import { type Basis, placesIn, reachOf, releasesTaughtOtherwise, rowBelow, rowMap } from './reach.ts';
import type { Report, ReportInput, ReportRow } from './report.ts';
import { unjudgedRow } from './report-cells.ts';
import { expectedByName, type Survey, surveySteps } from './survey.ts';
import { datesOfPolicyHold, type Holds, holdsAt, overlap, waiversHold } from './times.ts';

/** A report, with what it takes to make the next one out of it. */
export interface MadeReport {
  readonly report: Report;
  /** As long as a reading is of this time, the clock alone changes nothing of its rows. */
  readonly holds: Holds;
  readonly policy: Policy;
  readonly input: ReportInput;
  readonly survey: Survey;
  readonly rows: readonly JudgedRow[];
  /** By tag, what the roster of each release rests on. */
  readonly bases: ReadonlyMap<string, Basis>;
  /** How many fragments name an environment, by its folded name. */
  readonly namings: ReadonlyMap<string, number>;
}

/** What is asked of a report beyond what the table holds. */
export interface Asked extends JudgedAs {
  /** Releases that get a row even where nothing is known of them. */
  readonly releases?: readonly string[];
}

/** Fragments that may have changed for a report to be made out of the one before; beyond it is made anew, in steps. */
const MOST_CHANGES = 5_000;

const NOTHING_MORE: Asked = {};
const NO_EVIDENCE: readonly Evidence[] = [];

/** Fragments counted in one step. */
const FRAGMENTS_PER_STEP = 5_000;

/** `reportSteps` at once. */
export function makeReport(...input: Parameters<typeof reportSteps>): MadeReport {
  return finish(reportSteps(...input));
}

/**
 * From what was read to what is said. Where there is a report before it is made out of that one: a changed fragment costs
 * what looks at it. All other rows are the same objects, so that the screen need not draw them again.
 *
 * @param earlier what it returned before; null: nothing
 * @param asked where more is asked than what the table holds, the report is made anew
 */
export function* reportSteps(
  earlier: MadeReport | null,
  input: ReportInput,
  policy: Policy = DEFAULT_POLICY,
  asked: Asked = NOTHING_MORE,
): Steps<MadeReport> {
  const isAsBefore = earlier?.policy === policy && asked === NOTHING_MORE;
  const changed = isAsBefore ? yield* changedReport(earlier, input) : null;
  return changed ?? (yield* newReport(input, policy, asked));
}

/**
 * What can be said of a table of which only a part has been read: which release holds what, as far as it is known.
 * Nothing is judged and nothing is missing: every verdict is unknown, no roster is inferred, no cell is new or changed,
 * and what has not been read has no cell.
 */
export function* firstRowsSteps(fragments: readonly Fragment[], policy: Policy, readAt: string): Steps<Report> {
  const matrix = yield* matrixSteps(fragments, [], { releases: [], components: [] }, policy.stages);
  const rows: ReportRow[] = [];
  for (const [row, release] of matrix.releases.entries()) {
    rows.push(unjudgedRow({ matrix, policy }, row, release));
    yield;
  }
  const namings = yield* countNamings(fragments);
  return reportFrom(matrix, policy, { fragments, readAt }, rows, namings);
}

function* newReport(input: ReportInput, policy: Policy, asked: Asked): Steps<MadeReport> {
  const survey = yield* surveySteps(input, policy, asked.releases ?? []);
  const namings = yield* countNamings(input.fragments);
  const rows: JudgedRow[] = [];
  for (let row = 0; row < survey.estate.matrix.releases.length; row++) {
    rows.push(judgeRow(survey, row, asked));
    yield;
  }
  return madeFrom(survey, input, rows, basesOf(survey), namings);
}

/** Null where it is better made anew. */
function* changedReport(last: MadeReport, input: ReportInput): Steps<MadeReport | null> {
  const { policy, survey: old } = last;
  const change = changeSince(last.input, input);
  const changed =
    change &&
    changeMatrix(old.estate.matrix, change, input.rejected, last.input.rejected, expectedByName(policy), policy.stages);
  if (change === null || changed === null) return null;
  yield;
  const evidence = changedEvidence(last.input.evidence, input.evidence, old.estate);
  const wasWhole = (tag: string) => last.bases.get(tag)?.isWhole;
  const survey = changedSurvey(old, changed, input.readAt, evidence.now, wasWhole);
  const { estate, rosters } = survey;
  yield;
  const known: (JudgedRow | undefined)[] = [];
  const rowNow = rowMap(old.estate, estate, changed.sameRows);
  for (const [row, judged] of last.rows.entries()) known[rowNow(row) ?? -1] = judged;
  const reached = reachOf({
    before: old.estate,
    now: estate,
    changed,
    cellBefore: (row, column) => known[row]?.row.cells[column] ?? null,
    basesBefore: last.bases,
    rosters,
    evidenceOf: evidence.changed,
  });
  yield;
  const overtaken = rowsOvertaken(last, known, estate);
  const rows: JudgedRow[] = [];
  for (let row = 0; row < estate.matrix.releases.length; row++) {
    const judged = known[row];
    const reach = overtaken.has(row) ? null : reached.get(row);
    if (judged !== undefined && reach === undefined) rows.push(judged);
    else {
      rows.push(judgeRow(survey, row, NOTHING_MORE, judged && { judged, reach: reach ?? null }));
      yield;
    }
  }
  const bases = rosters === old.rosters ? last.bases : basesOf(survey);
  return madeFrom(survey, input, rows, bases, namingsAfter(last.namings, change));
}

/** Evidence by release, and of which releases it is other than before. */
function changedEvidence(
  before: readonly Evidence[] = NO_EVIDENCE,
  now: readonly Evidence[] = NO_EVIDENCE,
  { evidence: known }: Estate,
): { readonly now: EvidenceByRelease; readonly changed: ReadonlySet<string> } {
  if (before === now) return { now: known, changed: new Set() };
  const [then, there] = [new Set(before), new Set(now)];
  const others = [...before.filter((one) => !there.has(one)), ...now.filter((one) => !then.has(one))];
  return { now: groupBy(now, ({ release }) => release), changed: new Set(others.map(({ release }) => release)) };
}

/** The rows of which the clock alone changes what is said. */
function rowsOvertaken(
  { holds, policy, survey }: MadeReport,
  known: readonly (JudgedRow | undefined)[],
  { readAt }: Estate,
): ReadonlySet<number> {
  if (holdsAt(holds, readAt)) return new Set();
  // A waiver may mean any row.
  const all = !holdsAt(waiversHold(policy, survey.estate.readAt), readAt);
  return new Set(known.flatMap((judged, row) => (judged && (all || !holdsAt(judged.holds, readAt)) ? [row] : [])));
}

/** Null where nobody knows, or where it is too much. */
function changeSince({ fragments }: ReportInput, now: ReportInput): FragmentChange | null {
  if (now.fragments === fragments) return { since: fragments, come: [], gone: [] };
  const { change } = now;
  if (change === undefined || change.since !== fragments) return null;
  return change.come.length + change.gone.length > MOST_CHANGES ? null : change;
}

/**
 * The survey of a matrix that was made out of another one.
 *
 * @param wasWhole by tag whether a release was whole there
 * @returns with the same rosters where nothing that they rest on has changed
 */
export function changedSurvey(
  old: Survey,
  changed: ChangedMatrix,
  readAt: string,
  evidence: EvidenceByRelease,
  wasWhole: (tag: string) => boolean | undefined,
): Survey {
  const { estate: before } = old;
  const { touched, sameRows } = changed;
  const estate = { ...changedEstate(before, changed, readAt), evidence };
  const restOnTheSame =
    sameRows && estate.stables === before.stables && releasesTaughtOtherwise(changed, before, estate).size === 0;
  if (restOnTheSame) return { ...old, estate };
  const rowNow = rowMap(before, estate, sameRows);
  const lowest = Math.max(-1, ...touched.map(({ is, was }) => is ?? rowBelow(was ?? 0, before, estate, rowNow)));
  // Whether a release is whole rests on itself and those below it: of one below all that changed it is known.
  const known = new Map<number, boolean>();
  for (const row of estate.stables) {
    const was = row > lowest ? wasWhole(estate.matrix.releases[row]?.tag ?? '') : undefined;
    if (was !== undefined) known.set(row, was);
  }
  return { ...old, estate, rosters: rostersOf(estate, known) };
}

/** The columns are the same ones: another one would have had the matrix made anew. */
function changedEstate(before: Estate, { matrix, touched, sameRows }: ChangedMatrix, readAt: string): Estate {
  const rowNow = rowMap(before, { ...before, matrix }, sameRows);
  const dates: (number | null)[] = new Array(matrix.releases.length).fill(null);
  for (const [row, date] of before.dates.entries()) dates[rowNow(row) ?? -1] = date;
  for (const { is } of touched) if (is !== null) dates[is] = dateOf(matrix, before.policy, is);
  // Of two spellings of a version the one with more fragments counts.
  const order = sameRows && before.twins.size === 0 ? {} : orderOf(matrix, before.policy);
  const columns = new Set(touched.flatMap((row) => row.columns).filter((column) => before.running.has(column)));
  let { running, inEnvironment } = before;
  if (!sameRows || columns.size > 0) {
    const next = new Map(running);
    if (!sameRows) for (const [column, places] of running) next.set(column, movedRows(places, rowNow));
    for (const column of columns) next.set(column, runningIn(matrix, column));
    running = next;
  }
  if (touched.some((row) => namesOtherPlaces(row, before, matrix)))
    inEnvironment = environmentRows(matrix, before.policy.environments);
  else if (!sameRows) {
    inEnvironment = new Map([...inEnvironment].map(([name, there]) => [name, there.map((row) => rowNow(row) ?? -1)]));
  }
  return { ...before, ...order, matrix, readAt: Date.parse(readAt), dates, running, inEnvironment };
}

function namesOtherPlaces({ was, is, columns }: TouchedRow, before: Estate, { entries }: Matrix): boolean {
  return columns.some((column) => {
    if (!before.running.has(column)) return false;
    const then = placesIn(before.matrix.entries[was ?? -1]?.[column] ?? null);
    const now = placesIn(entries[is ?? -1]?.[column] ?? null);
    return then.size !== now.size || [...then].some((place) => !now.has(place));
  });
}

function movedRows(places: ReadonlyMap<string, Running>, rowNow: (row: number) => number | null): Map<string, Running> {
  return new Map([...places].map(([environment, { row, entry }]) => [environment, { row: rowNow(row) ?? -1, entry }]));
}

function madeFrom(
  survey: Survey,
  input: ReportInput,
  rows: readonly JudgedRow[],
  bases: MadeReport['bases'],
  namings: MadeReport['namings'],
): MadeReport {
  const { matrix, policy, readAt } = survey.estate;
  const report = reportFrom(
    matrix,
    policy,
    input,
    rows.map(({ row }) => row),
    namings,
  );
  const ofPolicy = overlap(waiversHold(policy, readAt), datesOfPolicyHold(policy, report, readAt));
  const holds = rows.reduce((all, row) => overlap(all, row.holds), ofPolicy);
  return { report, holds, policy, input, survey, rows, bases, namings };
}

function reportFrom(
  { components, rejected }: Matrix,
  policy: Policy,
  { readAt, fragments, judged }: Pick<ReportInput, 'readAt' | 'fragments' | 'judged'>,
  rows: readonly ReportRow[],
  namings: MadeReport['namings'],
): Report {
  const environments = [...namings.keys()].sort((a, b) => compareEnvironments(a, b, policy.environments));
  const groups = environments.flatMap((name) => {
    const group = policy.environments.groups?.get(name);
    return group === undefined ? [] : [[name, group] as const];
  });
  const left = [...policy.withdrawn.environments].map(([name, withdrawal]) => ({ name, ...withdrawal }));
  const time = Date.parse(readAt);
  const due = linesDue(policy, rows, time).filter(({ line }) => isLineJudged(line, rows, judged));
  const frozen = policy.freezes.filter(({ startsAt, endsAt }) => startsAt <= time && time <= endsAt);
  return {
    readAt,
    components,
    rows,
    rejected,
    environments,
    ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
    ...(left.length === 0 ? {} : { withdrawn: left }),
    ...(due.length === 0 ? {} : { due }),
    ...(frozen.length === 0 ? {} : { frozen }),
    fragments: fragments.length,
  };
}

/** Of a line of which not all is here to be judged, nobody can say how it stands. */
function isLineJudged(line: string, rows: readonly ReportRow[], judged: ReportInput['judged']): boolean {
  if (judged === undefined) return true;
  const ofLine = rows.filter(({ release }) => release.line === line);
  return ofLine.length > 0 && ofLine.every(({ release }) => judged.has(release.tag));
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

function* countNamings(fragments: readonly Fragment[]): Steps<Map<string, number>> {
  const namings = new Map<string, number>();
  let looked = 0;
  for (const fragment of fragments) {
    count(namings, fragment, 1);
    if (++looked % FRAGMENTS_PER_STEP === 0) yield;
  }
  return namings;
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
