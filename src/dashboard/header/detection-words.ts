import { isCounted, type ReadLimits, wholeEveryMs } from '../../live/read-budget.ts';
import type { DetectionSummary } from '../../live/table-data.ts';

/** How changes are found, and how late they can be, as sentences without their full stops. */
export interface DetectionWords {
  readonly foundBy: string;
  readonly lateBy: string;
}

/** @param fragments how many the table holds */
export function detectionWords(detection: DetectionSummary, limits: ReadLimits, fragments: number): DetectionWords {
  const { pollIntervalMs } = limits;
  const wholeMs = wholeEveryMs(detection, limits, fragments);
  const poll = spanUp(pollIntervalMs);
  if (wholeMs <= pollIntervalMs) {
    return { foundBy: `reading the whole table every ${poll}`, lateBy: `anything within ${poll}` };
  }
  const whole = spanUp(wholeMs);
  // A whole reading comes with the poll after its time, and takes a while.
  const rest = spanUp(wholeMs + pollIntervalMs + detection.full.tookMs);
  if (isCounted(detection.counted) && !detection.denied.query) {
    return {
      foundBy: `the change counter, asked every ${poll}; the whole table is read every ${whole}`,
      lateBy: detection.heldBack
        ? `more was published than the read limit allows: counted changes come as it allows, anything else within ${rest}`
        : `what publishers count within ${poll}, anything else within ${rest}`,
    };
  }
  const reason = withoutCounter(detection);
  if (detection.denied.query) {
    return { foundBy: `reading the whole table every ${whole}, as ${reason}`, lateBy: `anything within ${rest}` };
  }
  return {
    foundBy: `reading the whole table every ${whole}, and between the releases on the screen and the newest ones in turn, as ${reason}`,
    lateBy: `anything within ${rest}; what is on the screen and the newest releases sooner`,
  };
}

/** Why there is no counter to go by. */
function withoutCounter({ counted, denied }: DetectionSummary): string {
  if (denied.getItem) return 'GetItem, which reads the change counter, is not allowed';
  if (denied.query) return 'Query, which reads single releases, is not allowed';
  if (counted === null) return 'the change counter cannot say what changed until then';
  return 'publishers do not count changes in this table';
}

/** A length of time rounded up, as a promise wants it: "5 s", "12 min". @param ms milliseconds */
function spanUp(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds <= 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
