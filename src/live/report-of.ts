import { type MadeReport, reportSteps } from '../release/report/make-report.ts';
import { holdsAt } from '../release/report/times.ts';
import type { Steps } from '../release/text/steps.ts';
import type { TableData } from './table-data.ts';

/** The finest age that a report's rows show is a minute, so its clock needs no finer steps. Milliseconds. */
const CLOCK_STEP_MS = 60_000;

/**
 * The report of a reading, made anew only where that can say something else than before. A poll that found nothing
 * changed leaves the very same report, so that nothing on the screen is worked out or drawn again.
 *
 * Time is looked at once a minute. Ages: the report gets the new `readAt`, with the same rows. The report is made again
 * where the clock alone changes what a row says.
 *
 * @param made what the reading before led to; null: nothing yet
 * @param change how the reading came out of that one; undefined: nobody knows
 */
export function* reportOf(
  { fragments, evidence, rejected, policy: { policy }, readAt, change: last, judged }: TableData,
  made: MadeReport | null,
  change = last,
): Steps<MadeReport> {
  const input = { fragments, evidence, rejected };
  if (made?.policy === policy && sameInput(made.input, input)) {
    const now = Date.parse(readAt);
    // A clock that was put back counts as well, or the report would stay as it is until the old time has come again.
    if (Math.abs(now - Date.parse(made.report.readAt)) < CLOCK_STEP_MS) return made;
    if (holdsAt(made.holds, now)) return { ...made, report: { ...made.report, readAt } };
  }
  return yield* reportSteps(made, { ...input, readAt, change, judged }, policy);
}

function sameInput(a: MadeReport['input'], b: Omit<MadeReport['input'], 'readAt'>): boolean {
  return a.fragments === b.fragments && a.evidence === b.evidence && a.rejected === b.rejected;
}
