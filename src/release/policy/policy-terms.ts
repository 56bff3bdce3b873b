import Range from 'semver/classes/range.js';
import type { Release } from '../item/release.ts';

/**
 * A SemVer range, as it is asked of releases; null for what is none. It is asked of MAJOR.MINOR.PATCH, so that
 * `>=1.4.0 <1.5.0` holds v1.4.0-rc.1 and not v1.5.0-rc.1; a range that itself names a pre-release is asked of the whole
 * version.
 */
export function rangeOf(text: string): ((release: Pick<Release, 'version' | 'line'>) => boolean) | null {
  const range = readRange(text, false);
  if (range === null) return null;
  // A caret's upper end is written `<2.0.0-0` by the library.
  const namesPreRelease = range.set
    .flat()
    .some(({ semver: { prerelease } }) => prerelease != null && prerelease.join('.') !== '0' && prerelease.length > 0);
  const within = namesPreRelease ? readRange(text, true) : range;
  return ({ version, line }) => {
    const asked = namesPreRelease ? version : line;
    return asked !== null && within?.test(asked) === true;
  };
}

function readRange(text: string, includePrerelease: boolean): Range | null {
  try {
    return new Range(text, { includePrerelease });
  } catch {
    return null; // semver throws for what is no range
  }
}

/** The last moment of a date in UTC, or the moment of a time; null for what is neither. */
export function momentOf(value: string): number | null {
  return timeOf(value, 'T23:59:59.999Z');
}

/** The first moment of a date in UTC, or the moment of a time; null for what is neither. */
export function beginningOf(value: string): number | null {
  return timeOf(value, 'T00:00:00.000Z');
}

/** MAJOR.MINOR.PATCH of a line as the policy names it, `1.4` or `v1.4.0`; null for what names none. */
export function lineOf(value: string): string | null {
  const numbers = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(value.trim())?.slice(1);
  return numbers?.map((number) => Number(number ?? 0)).join('.') ?? null;
}

function timeOf(value: string, ofDay: string): number | null {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}${ofDay}` : value;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(date)) return null;
  const time = Date.parse(date);
  return Number.isNaN(time) || !isOfCalendar(date) ? null : time;
}

/** Engines differ in what they make of the 30th of February: an error, or the 2nd of March. */
function isOfCalendar(date: string): boolean {
  const midnight = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return new Date(midnight).getUTCDate() === Number(date.slice(8, 10));
}
