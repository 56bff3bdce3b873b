import { currentReleases } from '../../release/deployed/current-releases.ts';
import type { Component } from '../../release/item/component.ts';
import type { LineDue } from '../../release/report/line-due.ts';
import { type OnlyChanges, seemsToHoldOnlyChanges } from '../../release/report/only-changes.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';

/** A release without its cells and findings: what stands at its head. */
export type ReleaseLine = Omit<ReportRow, 'cells' | 'findings'>;

/** What is always at hand of a report: everything but its cells and findings. */
export interface Outline {
  readonly readAt: string;
  /** In the matrix' column order. */
  readonly components: readonly Component[];
  /** Newest first. */
  readonly rows: readonly ReleaseLine[];
  /** Folded names of all environments that any fragment names, in order. */
  readonly environments: readonly string[];
  /** How the lines that the policy says are due stand; absent: none is. */
  readonly due?: readonly LineDue[];
  readonly fragments: number;
  /** What blocks the current releases, whatever the filters hide: what is past is not to be looked after any more. */
  readonly errors: number;
  /** What makes it seem that the table holds only what changed; null: it does not seem so. */
  readonly onlyChanges: OnlyChanges | null;
}

/** How many rows and columns there are, and what they are, whatever the filters leave. */
export type Axes = Pick<Outline, 'rows' | 'components'>;

export function lineOf({ cells: _, findings: __, ...line }: ReportRow): ReleaseLine {
  return line;
}

/** @param lines one per row of the report */
export function outlineOf(report: Report, lines: readonly ReleaseLine[] = report.rows.map(lineOf)): Outline {
  const { readAt, components, environments, due, fragments, rows } = report;
  const current = currentReleases(report);
  return {
    readAt,
    components,
    rows: lines,
    environments,
    ...(due && { due }),
    fragments,
    // The count must not fall because somebody hides a row.
    errors: rows.reduce((sum, { release, verdict }) => sum + (current.has(release.tag) ? verdict.errors : 0), 0),
    onlyChanges: seemsToHoldOnlyChanges(report),
  };
}
