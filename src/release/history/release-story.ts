import { type Finding, isBlocking } from '../finding/finding.ts';
import type { Component } from '../item/component.ts';
import { compareTypes } from '../item/component.ts';
import type { Stage } from '../item/release.ts';
import { judgeRow } from '../report/judge-row.ts';
import type { CellState, Report, ReportRow } from '../report/report.ts';
import type { Survey } from '../report/survey.ts';
import type { Verdict } from '../report/verdict.ts';

/** What it is called that an expected component is not there. */
export type Absence = Extract<CellState, 'missing' | 'arriving' | 'left-out'>;

/** How much of its roster a release has of one type. */
export interface TypeCompleteness {
  readonly type: string;
  readonly expected: number;
  /** With those that are carried over. */
  readonly present: number;
  /** Expected and not there. */
  readonly missing: readonly Component[];
  readonly carried: readonly Component[];
  /** There, and not in the roster: new, optional, or not expected. */
  readonly beyond: readonly Component[];
}

/** A release's completeness by type, in the order of the screen; only types of which anything is there or expected. */
export function completenessByType({ components }: Report, { cells }: ReportRow): TypeCompleteness[] {
  const types = new Map<
    string,
    { expected: number; missing: Component[]; carried: Component[]; beyond: Component[] }
  >();
  components.forEach((component, column) => {
    const cell = cells[column];
    // What came in its place is counted.
    if (cell == null || cell.state === 'renamed') return;
    const known = types.get(component.type);
    const of = known ?? { expected: 0, missing: [], carried: [], beyond: [] };
    if (known === undefined) types.set(component.type, of);
    if (cell.expected) of.expected++;
    else of.beyond.push(component);
    if (isAbsence(cell.state)) of.missing.push(component);
    if (cell.state === 'carried') of.carried.push(component);
  });
  return [...types]
    .sort(([a], [b]) => compareTypes(a, b))
    .map(([type, of]) => ({ type, ...of, present: of.expected - of.missing.length }));
}

/** What it is called that something of a release is not there: of all of it the same. */
export function absenceOf({ cells }: ReportRow): Absence {
  for (const cell of cells) if (cell !== null && isAbsence(cell.state)) return cell.state;
  return 'missing';
}

function isAbsence(state: CellState): state is Absence {
  return state === 'missing' || state === 'arriving' || state === 'left-out';
}

/** What a release would meet as another stage. */
export interface Rehearsal {
  readonly release: string;
  readonly stage: Stage;
  readonly as: Stage;
  /** As the stage asked for. */
  readonly row: ReportRow;
  readonly verdict: Verdict;
  /** Exactly what blocks it then, in the order of the checks. */
  readonly blocking: readonly Finding[];
  /** Of these, what does not block it at its own stage. */
  readonly newlyBlocking: readonly Finding[];
  /** What blocks it at its own stage and would no longer. */
  readonly relieved: readonly Finding[];
}

/**
 * Rehearses a promotion: what fires depends on the release's own stage, how much it weighs on the stage asked for.
 *
 * @param survey of the estate that the release is in
 * @param tag a release that the survey has a row of; it need not have any fragment: its verdict is unknown then
 * @throws RangeError where it has none
 */
export function rehearse(survey: Survey, tag: string, as: Stage): Rehearsal {
  const row = survey.estate.matrix.releases.findIndex((release) => release.tag === tag);
  const [own, promoted] = [judgeRow(survey, row).row, judgeRow(survey, row, { stage: as }).row];
  const blocking = promoted.findings.filter(isBlocking);
  const blocksNow = own.findings.filter(isBlocking);
  return {
    release: tag,
    stage: own.release.stage,
    as,
    row: promoted,
    verdict: promoted.verdict,
    blocking,
    newlyBlocking: without(blocking, blocksNow),
    relieved: without(blocksNow, blocking),
  };
}

/** The findings of one list that the other does not have, whatever they weigh. */
function without(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const known = new Set(others.map(nameOf));
  return findings.filter((finding) => !known.has(nameOf(finding)));
}

function nameOf({ code, component, environment, details }: Finding): string {
  return JSON.stringify([code, component, environment, details]);
}
