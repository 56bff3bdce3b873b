import { isBlocking } from '../finding/finding.ts';
import type { PlannedLine, Policy } from '../policy/policy.ts';
import type { ReportRow } from './report.ts';

// When a line of releases is due, and what it still lacks. Only of lines whose stable release is still to come.

/** How a line stands to the day on which it is due. */
export interface LineDue extends Omit<PlannedLine, 'dueAt'> {
  readonly late: boolean;
  /** Whole days by the calendar of UTC until then, or since. */
  readonly days: number;
  /** Components that its newest release lacks, or of which something blocks it. */
  readonly notReady: number;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * How the lines of the policy stand, in its order.
 *
 * @param rows of a table; those of other lines do not matter
 * @param readAt milliseconds since 1970
 */
export function linesDue({ lines }: Policy, rows: readonly ReportRow[], readAt: number): LineDue[] {
  return lines.flatMap(({ dueAt, ...line }): LineDue[] => {
    // Rows are newest first.
    const held = rows.filter((row) => row.release.line === line.line && row.fragments > 0 && !row.withdrawn);
    if (held.some(isReleased)) return [];
    const days = Math.abs(Math.floor(dueAt / DAY_MS) - Math.floor(readAt / DAY_MS));
    return [{ ...line, late: readAt > dueAt, days, notReady: notReadyIn(held[0]) }];
  });
}

/** Nothing of it is missing, and nothing blocks it. */
function isReleased({ release, verdict, completeness }: ReportRow): boolean {
  return release.stage === 'stable' && verdict.result !== 'fail' && completeness.missing.length === 0;
}

function notReadyIn(row: ReportRow | undefined): number {
  if (row === undefined) return 0;
  const blocked = row.findings.filter(isBlocking).flatMap(({ component }) => component ?? []);
  return new Set([...row.completeness.missing, ...blocked]).size;
}

/** "due in 3 days, 2 not ready"; "due today"; "3 days late". */
export function dueWords({ late, days, notReady }: LineDue): string {
  const span = days === 1 ? '1 day' : `${days} days`;
  const when = late ? (days === 0 ? 'late' : `${span} late`) : days === 0 ? 'due today' : `due in ${span}`;
  return notReady === 0 ? when : `${when}, ${notReady} not ready`;
}

/** "Line 1.4.0 is due 2026-12-04 (jane): due in 3 days, 2 not ready" */
export function dueSentence(due: LineDue): string {
  const whose = due.manager === null ? '' : ` (${due.manager})`;
  return `Line ${due.line} is due ${due.due}${whose}: ${dueWords(due)}`;
}
