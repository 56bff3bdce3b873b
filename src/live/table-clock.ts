import type { TableAccess, TableData } from './table-data.ts';

/** Off by no more than this, this machine's clock is believed: ages are said in minutes. Milliseconds. */
const CLOCK_TOLERANCE_MS = 30_000;

/**
 * By how much AWS's clock is ahead of this machine's, where that matters. What is judged by time (dates in the future,
 * fragments still arriving, waivers that end) is judged by AWS's, or a wrong clock here would find fault with everything.
 *
 * @returns milliseconds; 0 where the difference does not matter or nothing is known of it
 */
export function clockErrorMs(access: TableAccess | null): number {
  const offset = access?.clockOffsetMs ?? 0;
  return Math.abs(offset) > CLOCK_TOLERANCE_MS ? offset : 0;
}

/** When a table was read by this machine's own clock, beside which ages run. Milliseconds since 1970. */
export function readAtHere({ readAt, access }: Pick<TableData, 'readAt' | 'access'>): number {
  return Date.parse(readAt) - clockErrorMs(access);
}
