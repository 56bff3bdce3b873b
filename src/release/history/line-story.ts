import type { Component } from '../item/component.ts';
import type { Release, Stage, WeighedStage } from '../item/release.ts';
import { isLessMature } from '../item/version.ts';
import type { Withdrawal } from '../policy/policy.ts';
import type { LineDue } from '../report/line-due.ts';
import type { Report, ReportRow } from '../report/report.ts';
import { unknownReasonWords } from '../report/unknown-words.ts';
import type { Verdict } from '../report/verdict.ts';
import { type Absence, absenceOf } from './release-story.ts';

/** How a line came about: its releases on a time axis, and how far each component has come. */
export interface LineStory {
  /** MAJOR.MINOR.PATCH. */
  readonly line: string;
  /** It has no stable release yet, or none that is in use. */
  readonly inProgress: boolean;
  /** How it stands to the day on which it is due; absent: the policy names none, or its stable release is there. */
  readonly due?: LineDue;
  /** Oldest first: first alpha → stable. */
  readonly releases: readonly LineRelease[];
  /** ISO 8601: from the first fragment of the line to the last; null where none is dated. */
  readonly axis: { readonly from: string; readonly to: string } | null;
  /** In column order: every component that a release of the line holds or expects. */
  readonly components: readonly ComponentProgress[];
}

export interface LineRelease {
  readonly release: Release;
  readonly startedAt: string | null;
  readonly updatedAt: string | null;
  readonly verdict: Verdict['result'];
  /** Why the verdict is unknown, in words; empty where it is another. */
  readonly why: string;
  /** How many findings block it. */
  readonly errors: number;
  readonly fragments: number;
  /** How many expected components are not there, and what that is called. */
  readonly missing: number;
  readonly absence: Absence;
  /** It must not be used; absent where it may. */
  readonly withdrawn?: Withdrawal;
}

export interface ComponentProgress {
  readonly component: Component;
  /** The most mature stage at which a release of the line holds it, and the newest such release; null for none. */
  readonly furthest: { readonly stage: Stage; readonly release: string } | null;
  /** Whether it has come as far as the release that is looked at, or is carried over by it. */
  readonly reached: boolean;
}

/**
 * The story of a release's line; null for a release without a line or that is not in the report.
 *
 * @param tag the release that is looked at: components that no release of its stage or a later one holds have not
 *   reached it
 */
export function lineStory(report: Report, tag: string): LineStory | null {
  const looked = report.rows.find(({ release }) => release.tag === tag);
  const line = looked?.release.line;
  if (looked === undefined || line == null) return null;
  // Rows are newest first, and a line's stable is its newest.
  const rows = report.rows.filter(({ release }) => release.line === line);
  const starts = rows.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = rows.flatMap(({ updatedAt }) => updatedAt ?? []).sort();
  const [from, to] = [starts[0], ends.at(-1)];
  const due = report.due?.find((planned) => planned.line === line);
  return {
    line,
    inProgress: !rows.some(isReleased),
    ...(due && { due }),
    releases: [...rows].reverse().map(describe),
    axis: from === undefined || to === undefined ? null : { from, to },
    components: report.components.flatMap((component, column): ComponentProgress[] => {
      if (rows.every(({ cells }) => cells[column] == null)) return [];
      const furthest = furthestOf(rows, column);
      const carried = looked.cells[column]?.state === 'carried';
      const reached = carried || (furthest !== null && !isLessMature(furthest.weighsAs, looked.release.weighsAs));
      return [{ component, furthest: told(furthest), reached }];
    }),
  };
}

function isReleased({ release, fragments, withdrawn }: ReportRow): boolean {
  return release.stage === 'stable' && fragments > 0 && withdrawn === undefined;
}

function describe(row: ReportRow): LineRelease {
  const { release, startedAt, updatedAt, verdict, fragments, completeness, withdrawn } = row;
  return {
    release,
    startedAt,
    updatedAt,
    verdict: verdict.result,
    why: unknownReasonWords({ unknown: verdict.unknown, completeness }),
    errors: verdict.errors,
    fragments,
    missing: completeness.missing.length,
    absence: absenceOf(row),
    ...(withdrawn && { withdrawn }),
  };
}

interface Furthest {
  readonly stage: Stage;
  readonly weighsAs: WeighedStage;
  readonly release: string;
}

function furthestOf(rows: readonly ReportRow[], column: number): Furthest | null {
  let furthest: Furthest | null = null;
  for (const { release, cells, withdrawn } of rows) {
    if (withdrawn !== undefined || (cells[column]?.entries.length ?? 0) === 0) continue;
    if (furthest === null || isLessMature(furthest.weighsAs, release.weighsAs)) {
      furthest = { stage: release.stage, weighsAs: release.weighsAs, release: release.tag };
    }
  }
  return furthest;
}

function told(furthest: Furthest | null): ComponentProgress['furthest'] {
  return furthest === null ? null : { stage: furthest.stage, release: furthest.release };
}
