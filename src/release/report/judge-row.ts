import { checkRelease, type Found, NOTHING_FOUND } from '../checks/check-release.ts';
import { isPartial } from '../checks/partial-release.ts';
import { evidenceOf } from '../evidence/judge-evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { FINDING_CODES } from '../finding/severity.ts';
import { isEqual } from '../item/equal-values.ts';
import type { RejectedItem } from '../item/fragment.ts';
import type { Release, Stage } from '../item/release.ts';
import { checkedRelease } from '../matrix/checked-release.ts';
import type { Estate } from '../matrix/estate.ts';
import { type Matrix, placesOf } from '../matrix/matrix.ts';
import { missingOf, type Roster, notYet as withoutTypes } from '../matrix/roster.ts';
import type { Policy } from '../policy/policy.ts';
import { groupBy } from '../text/group-by.ts';
import type { RowReach } from './reach.ts';
import type { Completeness, ReportCell, ReportRow } from './report.ts';
import { type Absence, cellAt, cellsOf, stateOf, unjudgedRow } from './report-cells.ts';
import type { Survey } from './survey.ts';
import { datesHold, type Holds, overlap, timesOf } from './times.ts';
import { judgeFindings } from './verdict.ts';

/** As what a row is judged. */
export interface JudgedAs {
  /** The stage whose severities count; absent: its own. */
  readonly stage?: Stage | undefined;
  /** Types of which what is absent is not asked for. */
  readonly notYet?: ReadonlySet<string>;
  /** The environment that it is gated for, folded; absent or null: none. */
  readonly environment?: string | null;
}

/** A row, with what it takes to judge it again where little has changed. */
export interface JudgedRow {
  readonly row: ReportRow;
  /** As long as the reading is of this time, the clock alone changes nothing of it. */
  readonly holds: Holds;
  readonly found: Found;
  readonly roster: Roster;
  readonly absence: Absence;
}

/** What is known of a row, and what of it may be otherwise; null: anything. */
export interface KnownRow {
  readonly judged: JudgedRow;
  readonly reach: RowReach | null;
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_EVIDENCE: ReportRow['evidence'] = [];

/**
 * Judges a row of an estate.
 *
 * @param known what was said of the same release, as what it is itself; what is said again is the same objects
 */
export function judgeRow(
  { estate, rosters, judged }: Survey,
  row: number,
  { stage, notYet = NOTHING, environment = null }: JudgedAs = {},
  known?: KnownRow,
): JudgedRow {
  const { matrix, policy } = estate;
  const release = matrix.releases[row];
  if (release === undefined) throw new RangeError(`No row ${row}.`);
  if (judged?.has(release.tag) === false) return leftUnjudged(estate, row, release, rosters.of(row));
  const roster = withoutTypes(estate, row, rosters.of(row), notYet);
  const last = known?.judged;
  const reach = last?.roster === roster ? (known?.reach ?? null) : null;
  if (last !== undefined && reach?.codes.size === 0) return comparedAnew(estate, row, last, reach);
  const times = timesOf(estate, row, roster);
  const rejected = rejectedOf(matrix, release.tag);
  const evaluatedAs = stage ?? release.stage;
  const checked = checkedRelease(estate, row, roster, rejected, evaluatedAs, times.arriving, notYet, environment);
  const absence = times.arriving ? 'arriving' : checked !== null && isPartial(checked) ? 'left-out' : 'missing';
  const before = last !== undefined && reach !== null && last.absence === absence ? { ...last, ...reach } : null;
  const found = checked === null ? NOTHING_FOUND : checkRelease(checked, before);
  const findings = ofInterest(found.flatMap((ofCode) => ofCode.findings));
  const completeness = completenessOf(roster);
  const made: ReportRow = {
    release,
    cells: before
      ? changedCells(estate, row, roster, findings, absence, before, found)
      : cellsOf(estate, row, roster, findings, absence),
    completeness,
    findings,
    evidence: checked === null ? NO_EVIDENCE : evidenceOf(checked),
    verdict: judgeFindings(findings, {
      known: checked !== null,
      roster: completeness.roster,
      arriving: found.some((ofCode, place) => ofCode.arriving && FINDING_CODES[place] !== 'evidence-missing'),
      evidenceArriving: found.some((ofCode, place) => ofCode.arriving && FINDING_CODES[place] === 'evidence-missing'),
      policyHolds: policy.faults.length === 0,
    }),
    ...times.measured,
    ...withdrawalOf(policy, release),
  };
  return {
    // The very row of before where it says the same, so that nothing is drawn anew for it.
    row: last !== undefined && isEqual(last.row, made) ? last.row : made,
    holds: overlap(times.holds, datesHold(estate, times.measured.updatedAt, checked?.cells ?? [])),
    found,
    roster,
    absence,
  };
}

/** What a release still lacks, as far as somebody would have to add it. */
const LACKS: ReadonlySet<Finding['code']> = new Set([
  'missing-component',
  'partial-release',
  'partial-environment',
  'stage-skipped',
  'evidence-missing',
  'evidence-stale',
]);

/** Nobody completes what must not be used: of a withdrawn release it is not told what it lacks. */
function ofInterest(findings: readonly Finding[]): readonly Finding[] {
  const isGone = findings.some(({ code, waived }) => code === 'withdrawn-release' && waived === null);
  return isGone ? findings.filter(({ code }) => !LACKS.has(code)) : findings;
}

/** Of what is here only for others to be held against. */
function leftUnjudged(estate: Estate, row: number, release: Release, roster: Roster): JudgedRow {
  const { measured, holds } = timesOf(estate, row, roster);
  const made = { ...unjudgedRow(estate, row, release), ...measured, ...withdrawalOf(estate.policy, release) };
  return { row: made, holds, found: NOTHING_FOUND, roster, absence: 'missing' };
}

function withdrawalOf({ withdrawn }: Policy, release: Release): Pick<ReportRow, 'withdrawn'> {
  const found = withdrawn.ofRelease(release);
  return found === null ? {} : { withdrawn: found };
}

/** Of a row that holds what it held: what its cells are compared with is another. */
function comparedAnew(estate: Estate, row: number, last: JudgedRow, { columns }: RowReach): JudgedRow {
  const cells = [...last.row.cells];
  let isOther = false;
  for (const column of columns) {
    const cell = cells[column] ?? null;
    if (cell === null || cell.entries.length === 0) continue;
    const state = stateOf(estate, row, column, cell.entries);
    if (state === cell.state) continue;
    cells[column] = { ...cell, state };
    isOther = true;
  }
  return isOther ? { ...last, row: { ...last.row, cells } } : last;
}

/** The cells of before; those of some columns are made again, and those of which something else is found. */
function changedCells(
  estate: Estate,
  row: number,
  roster: Roster,
  findings: readonly Finding[],
  absence: Absence,
  before: JudgedRow & RowReach,
  found: Found,
): readonly (ReportCell | null)[] {
  const { components } = estate.matrix;
  const columnOf = placesOf(components);
  const columns = new Set(before.columns);
  for (const [place, { findings: now }] of found.entries()) {
    const then = before.found[place]?.findings ?? [];
    if (now !== then) for (const { component } of [...now, ...then]) columns.add(columnOf.get(component ?? '') ?? -1);
  }
  const cells = [...before.row.cells];
  for (const column of columns) {
    const id = components[column]?.id;
    if (id === undefined) continue;
    const own = findings.filter(({ component }) => component === id);
    const expectation = roster.expected.find((expected) => expected.column === column);
    const standsIn = roster.absent.some(({ cameAs }) => cameAs === column);
    const made = cellAt(estate, row, column, expectation, standsIn, own, absence);
    if (!isEqual(made, cells[column])) cells[column] = made;
  }
  return cells;
}

/** How much of its roster a release has. */
export function completenessOf(roster: Roster): Completeness {
  const missing = missingOf(roster).map(({ component }) => component);
  // Under its old name and its new one a component is one.
  const hasRenamed = roster.absent.some(({ cameAs }) => cameAs !== null);
  const due = hasRenamed
    ? new Set(roster.expected.map(({ column, cameAs }) => cameAs ?? column)).size
    : roster.expected.length;
  return { roster: roster.source, expected: due, present: due - missing.length, missing };
}

const rejectedByTag = new WeakMap<Matrix['rejected'], ReadonlyMap<string, readonly RejectedItem[]>>();

function rejectedOf({ rejected }: Matrix, tag: string): readonly RejectedItem[] {
  let byTag = rejectedByTag.get(rejected);
  if (byTag === undefined) {
    byTag = groupBy(rejected, ({ release }) => release);
    rejectedByTag.set(rejected, byTag);
  }
  return byTag.get(tag) ?? [];
}
