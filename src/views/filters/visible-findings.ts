import type { Finding } from '../../release/finding/finding.ts';
import type { Report } from '../../release/report/report.ts';
import type { Filters } from '../params.ts';

import { isProblem } from './problem.ts';
import { readSearchText } from './search-text.ts';
import type { Visible } from './visible.ts';

/** A finding and where it is: indexes of the report's rows and components. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly row: number;
  /** Null: it is about the release as a whole. */
  readonly column: number | null;
}

/**
 * The findings that the filter bar leaves, in reading order: releases as the report has them; in each first what is
 * about the release as a whole, then its components in the report's order.
 *
 * - Text and stage leave the findings of the releases that they leave.
 * - Type, owner, and text that is about components leave those of the components that they leave. A finding about a
 *   release as a whole is about none of them.
 * - Environment leaves those that name one of the environments chosen. Of those that name none it leaves what is about
 *   a component that has an entry there, and what is about a release as a whole: the same as the matrix shows.
 * - Only problems leaves unwaived errors and warnings.
 */
export function visibleFindings(report: Report, visible: Visible, filters: Filters): PlacedFinding[] {
  const columnOf = new Map(report.components.map(({ id }, column) => [id, column]));
  const columns = new Set(visible.columns);
  const environments = visible.environments === null ? null : new Set(visible.environments);
  const ofComponentsOnly =
    filters.type.length + filters.owner.length > 0 || readSearchText(report, filters.q).ofComponents;

  const left: PlacedFinding[] = [];
  for (const row of visible.rows) {
    const { findings = [], cells = [] } = report.rows[row] ?? {};
    const ofRow: PlacedFinding[] = [];
    for (const finding of findings) {
      const { component, environment } = finding;
      const column = component === null ? null : (columnOf.get(component) ?? null);
      if (filters.problems && !isProblem(finding)) continue;
      if (column === null ? ofComponentsOnly : !columns.has(column)) continue;
      if (environments !== null) {
        if (environment !== null) {
          if (!environments.has(environment)) continue;
        } else if (column !== null) {
          const entries = cells[column]?.entries ?? [];
          if (!entries.some((entry) => entry.environments.some((name) => environments.has(name)))) continue;
        }
      }
      ofRow.push({ finding, row, column });
    }
    // Stable: those of one cell stay in the order of their checks.
    for (const placed of ofRow.sort((a, b) => (a.column ?? -1) - (b.column ?? -1))) left.push(placed);
  }
  return left;
}
