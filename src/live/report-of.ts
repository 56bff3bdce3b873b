import type { Finding } from '../release/finding/finding.ts';
import { type BuiltReport, reportSteps } from '../release/report/rebuild-report.ts';
import type { Report } from '../release/report/report.ts';
import type { Steps } from '../release/text/steps.ts';
import type { TableData } from './table-data.ts';

/** The finest age that a report's rows show is a minute, so its clock needs no finer steps. Milliseconds. */
const CLOCK_STEP_MS = 60_000;

/** What changes by time alone and is said in days (how soon a waiver ends) is worked out anew as often. Milliseconds. */
const SLOW_STEP_MS = 60 * CLOCK_STEP_MS;

/** A report, and what it was made of. */
export interface MadeReport {
  readonly report: Report;
  /** What the next report can be made out of. */
  readonly built: BuiltReport;
  readonly fragments: TableData['fragments'];
  readonly rejected: TableData['rejected'];
  readonly policy: TableData['policy'];
  /** When its rows were made, milliseconds since 1970; its `readAt` may be later. */
  readonly madeAt: number;
}

/**
 * The report of a reading, made anew only where that can say something else than before. A poll that found nothing
 * changed leaves the very same report, so that nothing on the screen is worked out or drawn again.
 *
 * Time alone changes some things, looked at once a minute. Ages: the report gets the new `readAt`, with the same rows.
 * The report is made again while something may still arrive or a fragment is dated in the future, when a waiver has
 * ended, and once an hour.
 *
 * @param made what the reading before led to; null: nothing yet
 * @param change how the reading came out of that one; undefined: nobody knows
 */
export function* reportOf(table: TableData, made: MadeReport | null, change = table.change): Steps<MadeReport> {
  const { fragments, rejected, policy, readAt } = table;
  const now = Date.parse(readAt);
  if (made?.fragments === fragments && made.rejected === rejected && made.policy === policy) {
    // A clock that was put back counts as well, or the report would stay as it is until the old time has come again.
    if (Math.abs(now - Date.parse(made.report.readAt)) < CLOCK_STEP_MS) return made;
    if (!isOutOfDate(made, now)) return { ...made, report: { ...made.report, readAt } };
  }
  const built = yield* reportSteps(made?.built ?? null, { fragments, rejected, readAt, change }, policy.policy);
  return { report: built.report, built, fragments, rejected, policy, madeAt: now };
}

/** Whether the time that has gone by may have changed a row. */
function isOutOfDate({ report, policy, madeAt }: MadeReport, now: number): boolean {
  if (now < madeAt || now - madeAt >= SLOW_STEP_MS) return true;
  if (policy.policy.waivers.some(({ endsAt }) => madeAt <= endsAt && endsAt < now)) return true;
  return report.rows.some(
    ({ cells, findings }) => cells.some((cell) => cell?.state === 'arriving') || findings.some(changesByTime),
  );
}

/** What is still arriving weighs more once the release is too old for it; what is dated in the future is so for a while. */
function changesByTime({ code, details }: Finding): boolean {
  return code === 'future-date' || ('arriving' in details && details.arriving);
}
