import { useRef } from 'react';
import { DEFAULT_POLICY } from '../../release/policy.ts';
import { buildReport, type Report } from '../../release/report.ts';
import type { TableData } from './table-data.ts';

/** The finest age that a report's rows show is a minute, so its clock needs no finer steps. Milliseconds. */
const CLOCK_STEP_MS = 60_000;

/** A report, and what it was made of. */
export interface MadeReport {
  readonly report: Report;
  readonly fragments: TableData['fragments'];
  readonly rejected: TableData['rejected'];
}

/**
 * The report of a reading, made anew only where that can say something else than before. A poll that found nothing
 * changed leaves the very same report, so that nothing on the screen is worked out or drawn again.
 *
 * Time alone changes two things. Ages: a minute after the report's `readAt` it gets the new one, with the same rows.
 * The grace period: while a cell reads "arriving", the passing of a minute has the whole report made anew.
 *
 * @param made what the reading before led to; null: nothing yet
 */
export function reportOf(table: TableData, made: MadeReport | null): MadeReport {
  const { fragments, rejected, readAt } = table;
  if (made !== null && made.fragments === fragments && made.rejected === rejected) {
    const elapsed = Date.parse(readAt) - Date.parse(made.report.readAt);
    // A clock that was put back counts as well, or the report would stay as it is until the old time has come again.
    if (Math.abs(elapsed) < CLOCK_STEP_MS) return made;
    if (!isArriving(made.report)) return { ...made, report: { ...made.report, readAt } };
  }
  return { report: buildReport({ fragments, rejected, readAt }, DEFAULT_POLICY), fragments, rejected };
}

function isArriving({ rows }: Report): boolean {
  return rows.some(({ cells }) => cells.some((cell) => cell?.state === 'arriving'));
}

/** The report of a reading. The one place on the screen where it is made. */
export function useReport(table: TableData): Report {
  const made = useRef<MadeReport | null>(null);
  // A memo with a memory of its own: `useMemo` knows only whether its inputs differ, not what it returned last.
  made.current = reportOf(table, made.current);
  return made.current.report;
}
