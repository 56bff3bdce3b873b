import { currentReleases } from '../../release/deployed/current-releases.ts';
import type { Component } from '../../release/item/component.ts';
import { currentOwners } from '../../release/report/current-owners.ts';
import type { LineDue } from '../../release/report/line-due.ts';
import { type OnlyChanges, seemsToHoldOnlyChanges } from '../../release/report/only-changes.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { placesInRow } from '../../release/report/row-places.ts';
import { stagesOf } from '../../release/report/stages.ts';

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
  /** The same, a group of the policy in place of those that it is of. */
  readonly stages: readonly string[];
  /** Of each of them, how many components have an entry there. */
  readonly perEnvironment: readonly number[];
  /** Who owns each component now, in their order; null: nobody says. */
  readonly owners: readonly (string | null)[];
  /** How the lines that the policy says are due stand; absent: none is. */
  readonly due?: readonly LineDue[];
  readonly fragments: number;
  /** What blocks the current releases, whatever the filters hide: what is past is not to be looked after any more. */
  readonly errors: number;
  /** What blocked those that are past. */
  readonly pastErrors: number;
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
  // The count must not fall because somebody hides a row.
  const errorsOf = (isCurrent: boolean) =>
    rows.reduce((sum, { release, verdict }) => sum + (current.has(release.tag) === isCurrent ? verdict.errors : 0), 0);
  return {
    readAt,
    components,
    rows: lines,
    environments,
    stages: stagesOf(report),
    perEnvironment: componentsPer(report),
    owners: currentOwners(report),
    ...(due && { due }),
    fragments,
    errors: errorsOf(true),
    pastErrors: errorsOf(false),
    onlyChanges: seemsToHoldOnlyChanges(report),
  };
}

/** In the order of the report's environments. */
function componentsPer({ environments, components, rows }: Report): number[] {
  return environments.map((environment) => {
    const seen = new Uint8Array(components.length);
    for (const row of rows) for (const column of placesInRow(row).get(environment)?.columns ?? []) seen[column] = 1;
    return seen.reduce((sum, one) => sum + one, 0);
  });
}
