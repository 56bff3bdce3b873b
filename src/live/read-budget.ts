import type { Detection } from './change-detection.ts';

/** What the settings allow. */
export interface ReadLimits {
  /** Shortest time between the starts of two readings, milliseconds. */
  readonly pollIntervalMs: number;
  /** Read units that may be spent on looking for changes; null: they cost nothing. */
  readonly readUnitsPerHour: number | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Share of the budget for whole readings; the rest is for the polls between them. */
const WHOLE_SHARE = 2 / 3;
/** Where publishers count, whole readings find only what nobody announced, and have to do with less. */
const WHOLE_SHARE_COUNTED = 1 / 10;
/** But they are at most so far apart, as long as `WHOLE_SHARE` pays for it. */
const FARTHEST_APART_MS = 5 * MINUTE_MS;
/** How much of the budget may be saved up for a burst of changes. */
const SAVED_MS = 5 * MINUTE_MS;
/**
 * How many times as long as a reading of a large table takes it must be until the next one starts. It costs seconds of
 * this machine; back to back it would do nothing else all day, even where it costs nothing.
 */
const REST = 10;
/** Fragments up to which a slow reading tells of the machine or the network, not of the table: a few pages. */
const SMALL_TABLE = 5_000;

/** @param fragments how many the table holds */
export function wholeEveryMs(
  { full, counted }: Pick<Detection, 'full' | 'counted'>,
  { pollIntervalMs, readUnitsPerHour }: ReadLimits,
  fragments: number,
): number {
  const restMs = fragments <= SMALL_TABLE ? 0 : REST * full.tookMs;
  const least = Math.max(pollIntervalMs, restMs);
  if (readUnitsPerHour === null) return least;
  const paidBy = (share: number) => (full.readUnits * HOUR_MS) / (readUnitsPerHour * share);
  const slow = isCounted(counted) ? Math.min(FARTHEST_APART_MS, paidBy(WHOLE_SHARE_COUNTED)) : 0;
  return Math.max(least, slow, paidBy(WHOLE_SHARE));
}

/** Whether publishers announce their changes. */
export function isCounted(counted: number | null): counted is number {
  return counted !== null && counted > 0;
}

/** What may be spent now on anything but whole readings, read units. */
export function allowanceAt({ allowance, at }: Detection, limits: ReadLimits, now: number): number {
  const most = mostAllowance(limits);
  if (limits.readUnitsPerHour === null) return most;
  const grown = (limits.readUnitsPerHour * (1 - WHOLE_SHARE) * Math.max(now - at, 0)) / HOUR_MS;
  return Math.min(allowance + grown, most);
}

/** What a page begins with. */
export function mostAllowance({ readUnitsPerHour }: ReadLimits): number {
  return readUnitsPerHour === null ? Number.POSITIVE_INFINITY : (readUnitsPerHour * SAVED_MS) / HOUR_MS;
}

/** Read units an hour, with the table read as often as now. */
export function unitsPerHour(
  detection: Pick<Detection, 'full' | 'counted' | 'looks'>,
  limits: ReadLimits,
  fragments: number,
): number {
  const everyMs = wholeEveryMs(detection, limits, fragments);
  const whole = (detection.full.readUnits * HOUR_MS) / everyMs;
  if (everyMs <= limits.pollIntervalMs) return whole;
  const { readUnits, ms } = detection.looks;
  // Until there has been a poll between, what the counter alone would cost.
  const looks = ms === 0 ? (isCounted(detection.counted) ? 0.5 / limits.pollIntervalMs : 0) : readUnits / ms;
  // What was saved up can be spent faster than that, but not for long.
  const most =
    limits.readUnitsPerHour === null ? Number.POSITIVE_INFINITY : limits.readUnitsPerHour * (1 - WHOLE_SHARE);
  return whole + Math.min(looks * HOUR_MS, most);
}
