import type { Finding } from '../finding/finding.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { Report } from './report.ts';

/** A finding and where it is: indexes of the report's rows and components. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly row: number;
  /** Null: it is about the release as a whole. */
  readonly column: number | null;
}

/**
 * The findings of releases in reading order: releases as they are given; in each first what is about the release as a
 * whole, then its components in the report's order.
 *
 * @param rows of the report, by index; absent: all
 */
export function placedFindings(report: Report, rows: Iterable<number> = report.rows.keys()): PlacedFinding[] {
  const columns = placesOf(report.components);
  const placed: PlacedFinding[] = [];
  for (const row of rows) {
    const ofRow = (report.rows[row]?.findings ?? []).map((finding): PlacedFinding => {
      const { component } = finding;
      return { finding, row, column: component === null ? null : (columns.get(component) ?? null) };
    });
    // Stable: those of one cell stay in the order of their checks.
    for (const one of ofRow.sort((a, b) => (a.column ?? -1) - (b.column ?? -1))) placed.push(one);
  }
  return placed;
}
