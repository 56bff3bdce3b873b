import { MAX_RANGE_CHARACTERS } from '../../limits/limits.ts';
import type { Release } from '../../release/item/release.ts';
import { rangeReader } from './range-reader.ts';

/** Which releases a range leaves, or why it cannot be understood. */
export interface RangeFilter {
  readonly matches: (release: Release) => boolean;
  /** What is wrong with the range, as a sentence; null where nothing is. A faulty range matches everything. */
  readonly fault: string | null;
}

const EVERYTHING = () => true;

/**
 * Reads a SemVer range by node-semver's grammar, asked as the policy's ranges are (`~1.4` matches 1.4.0-rc.1), which a
 * release without number order never matches. It needs its reader (`fetchRangeReader`).
 */
export function readRangeFilter(range: string): RangeFilter {
  const received = range.length > 24 ? `${range.slice(0, 24)}…` : range;
  const rangeOf = rangeReader();
  if (rangeOf === null) {
    return {
      matches: EVERYTHING,
      fault: `“${received}” cannot be read, as a part of the page could not be loaded.`,
    };
  }
  const matches = readRange(range, rangeOf);
  return matches === null
    ? { matches: EVERYTHING, fault: `“${received}” is not a version range, such as ~1.4 or >=2 <3.` }
    : { matches, fault: null };
}

function readRange(text: string, rangeOf: NonNullable<ReturnType<typeof rangeReader>>): RangeFilter['matches'] | null {
  if (text.length > MAX_RANGE_CHARACTERS) return null;
  // To semver an empty alternative is "any version": on the way to `~1.4 || ~1.5` everything would flash up.
  const alternatives = text.split('||').filter((alternative) => alternative.trim() !== '');
  return alternatives.length === 0 ? null : rangeOf(alternatives.join('||'));
}
