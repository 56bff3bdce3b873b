import { DYNAMODB_ERRORS, type Fault } from '../browser/fault-server.ts';

/** An outage that is really lived through. */
export interface Outage {
  readonly name: string;
  readonly fault: Fault;
  readonly seconds: number;
}

/** Longer than every time limit in the code. */
const USUAL_SECONDS = 90;

export const OUTAGES: readonly Outage[] = [
  { name: 'throttled', fault: DYNAMODB_ERRORS.throttled, seconds: USUAL_SECONDS },
  { name: 'answers 500', fault: DYNAMODB_ERRORS.failing, seconds: USUAL_SECONDS },
  { name: 'closes connections', fault: { kind: 'cut' }, seconds: USUAL_SECONDS },
  { name: 'resets connections', fault: { kind: 'reset' }, seconds: USUAL_SECONDS },
  { name: 'never answers', fault: { kind: 'hang' }, seconds: USUAL_SECONDS },
  { name: 'never answers, three minutes', fault: { kind: 'hang' }, seconds: 180 },
  { name: 'begins answers and stalls', fault: { kind: 'stall' }, seconds: USUAL_SECONDS },
  { name: 'drips a byte a second', fault: { kind: 'drip' }, seconds: USUAL_SECONDS },
  { name: 'answers after 3 s', fault: { kind: 'late', ms: 3_000 }, seconds: USUAL_SECONDS },
  { name: 'answers after 8 s', fault: { kind: 'late', ms: 8_000 }, seconds: USUAL_SECONDS },
];

/** What an outage looked like, in seconds. */
export interface OutageFigures {
  readonly name: string;
  readonly path: string;
  /** Requests that reached the endpoint in the worst minute. */
  readonly worstMinute: number;
  /** Until the header said so. */
  readonly noticed: number;
  /** From its end until the header said "Live" again, with what was written meanwhile on the screen. */
  readonly back: number;
}

/** @param times milliseconds, in any order */
export function worstMinuteOf(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let first = 0;
  return sorted.reduce((worst, time, last) => {
    while (time - (sorted[first] ?? time) >= 60_000) first += 1;
    return Math.max(worst, last - first + 1);
  }, 0);
}
