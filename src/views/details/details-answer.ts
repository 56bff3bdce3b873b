import type { Finding } from '../../release/finding/finding.ts';
import type { Component } from '../../release/item/component.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { KeyNames } from '../../release/item/item.ts';
import type { CellState, Report, ReportCell } from '../../release/report/report.ts';
import { problemOf } from '../matrix/cell-problem.ts';
import { lineOf, type ReleaseLine } from '../matrix/outline.ts';
import type { Known } from '../questions.ts';
import { type PlotPoint, plotPoints } from './history-plot.ts';

/** As the URL names them: either may name nothing. */
export interface DetailsAsks {
  /** Tag. */
  readonly release: string;
  /** Id. */
  readonly component: string;
  /** An environment, or a group of them: what is of it is told first. Null: none. */
  readonly first: string | null;
}

/** One release's word on one component, in the component's history. */
export interface HistoryLine {
  readonly release: string;
  readonly state: CellState;
  /** As the cell shows it. */
  readonly text: string;
  /** Of the latest of its fragments, ISO 8601 in UTC; null where none is dated. */
  readonly date: string | null;
  /** How many fragments the release itself has of it. */
  readonly entries: number;
}

/** Everything known of one cell. */
export interface CellDetails {
  readonly kind: 'found';
  readonly component: Component;
  readonly row: ReleaseLine;
  /** Those of the release that are of no one component. */
  readonly ofRelease: readonly Finding[];
  /** Null: the release neither has nor expects the component. */
  readonly cell: ReportCell | null;
  /**
   * Where the release itself has nothing of it: what the newest lower release that has the component holds of it, or
   * the one it is carried over from; null where there is none.
   */
  readonly lastPublished: { readonly release: string; readonly entries: readonly Fragment[] } | null;
  /** The releases that have or expect the component, newest first. */
  readonly history: readonly HistoryLine[];
  /** The same, oldest first. */
  readonly plot: readonly PlotPoint[];
  /** Tags of the nearest of those above and below the release itself. */
  readonly newer: string | null;
  readonly older: string | null;
  /** When the table was read, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly keyNames: KeyNames;
  /** The policy's template of the address of a commit. */
  readonly commitTemplate: string;
}

export type DetailsAnswer =
  | (Pick<DetailsAsks, 'release' | 'component'> & {
      readonly kind: 'unknown';
      readonly releaseKnown: boolean;
      readonly componentKnown: boolean;
    })
  | CellDetails;

/** What is known of a cell: its own fragments whole, as their items are shown, and of the other releases a line each. */
export function answerDetails(
  { report, policy, keyNames }: Known,
  { release, component: id, first }: DetailsAsks,
): DetailsAnswer {
  const column = report.components.findIndex((one) => one.id === id);
  const at = report.rows.findIndex((one) => one.release.tag === release);
  const component = report.components[column];
  const row = report.rows[at];
  if (component === undefined || row === undefined) {
    return {
      kind: 'unknown',
      release,
      component: id,
      releaseKnown: row !== undefined,
      componentKnown: component !== undefined,
    };
  }
  const cell = row.cells[column] ?? null;
  const history = historyOf(report, column);
  const isFirst = (environment: string) =>
    first !== null && [environment, groupIn(report, environment)].includes(first);
  const entriesOf = (all: readonly Fragment[]) => placedFirst(all, ({ environments }) => environments.some(isFirst));
  const last = cell === null || cell.entries.length > 0 ? null : lastPublished(report, at, column, cell);
  const has = (place: number) => report.rows[place]?.cells[column] != null;
  return {
    kind: 'found',
    component,
    row: lineOf(row),
    ofRelease: row.findings.filter((finding) => finding.component === null),
    cell: cell && {
      ...cell,
      entries: entriesOf(cell.entries),
      findings: placedFirst(cell.findings, ({ environment }) => environment !== null && isFirst(environment)),
    },
    lastPublished: last && { ...last, entries: entriesOf(last.entries) },
    history,
    plot: plotPoints(history),
    newer: report.rows.findLast((_, place) => place < at && has(place))?.release.tag ?? null,
    older: report.rows.find((_, place) => place > at && has(place))?.release.tag ?? null,
    readAt: report.readAt,
    keyNames,
    commitTemplate: policy.links.commit,
  };
}

function groupIn({ groups = {} }: Report, environment: string): string | null {
  return Object.hasOwn(groups, environment) ? (groups[environment] ?? null) : null;
}

/** Those first, and in each half the order as it is. */
function placedFirst<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly T[] {
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

/** Only a stable release hands on what it has: a newer pre-release may hold something else. */
function lastPublished(
  { rows }: Report,
  at: number,
  column: number,
  { carriedFrom }: ReportCell,
): CellDetails['lastPublished'] {
  const from = rows.find(({ release, cells }, place) => {
    const isIt = carriedFrom === null ? place > at : release.tag === carriedFrom;
    return isIt && (cells[column]?.entries.length ?? 0) > 0;
  });
  return from === undefined ? null : { release: from.release.tag, entries: from.cells[column]?.entries ?? [] };
}

/** The releases that have or expect a component, newest first. */
export function historyOf({ rows }: Report, column: number): HistoryLine[] {
  return rows.flatMap(({ release, cells }): HistoryLine[] => {
    const cell = cells[column];
    if (cell == null) return [];
    const { state, text, entries, findings } = cell;
    const line = { release: release.tag, date: latestDate(entries), entries: entries.length };
    // Of an early stage, which need not have it: no more than a note is said of that.
    const isNotYet = state === 'missing' && (problemOf(findings)?.severity ?? 'info') === 'info';
    return [isNotYet ? { ...line, state: 'arriving', text: 'not there yet' } : { ...line, state, text }];
  });
}

function latestDate(entries: readonly Fragment[]): string | null {
  return entries.reduce<string | null>((latest, { fields: { date } }) => {
    return date !== undefined && (latest === null || date > latest) ? date : latest;
  }, null);
}
