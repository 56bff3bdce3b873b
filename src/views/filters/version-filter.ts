import { MAX_RANGE_CHARACTERS } from '../../limits/limits.ts';
import type { Release } from '../../release/item/release.ts';
import { isRange, rangeReader } from './range-reader.ts';

/** What the version filter means: which releases it leaves, or why it cannot be understood. */
export interface VersionFilter {
  readonly matches: (release: Release) => boolean;
  /** What is wrong with the range, as a sentence; null where nothing is. A faulty filter matches everything. */
  readonly fault: string | null;
}

const EVERYTHING = () => true;

/**
 * Reads the version filter. With a range operator in it, it is a SemVer range by node-semver's grammar, asked as the
 * policy's ranges are (`~1.4` matches 1.4.0-rc.1), which a release without number order never matches. Otherwise it is
 * text, found anywhere in the tag without regard to case. A range needs its reader: `useReadableVersion` waits for it.
 */
export function readVersionFilter(text: string): VersionFilter {
  const wanted = text.trim();
  if (wanted === '') return { matches: EVERYTHING, fault: null };
  if (!isRange(wanted)) {
    const part = wanted.toLowerCase();
    return { matches: ({ tag }) => tag.toLowerCase().includes(part), fault: null };
  }
  const received = wanted.length > 24 ? `${wanted.slice(0, 24)}…` : wanted;
  const rangeOf = rangeReader();
  if (rangeOf === null) {
    return {
      matches: EVERYTHING,
      fault: `“${received}” cannot be read, as a part of the page could not be loaded.`,
    };
  }
  const range = readRange(wanted, rangeOf);
  if (range === null) {
    return {
      matches: EVERYTHING,
      fault: `“${received}” is not a version range, such as ~1.4 or >=2 <3.`,
    };
  }
  return { matches: range, fault: null };
}

function readRange(
  text: string,
  rangeOf: NonNullable<ReturnType<typeof rangeReader>>,
): VersionFilter['matches'] | null {
  if (text.length > MAX_RANGE_CHARACTERS) return null;
  // To semver an empty alternative is "any version": on the way to `~1.4 || ~1.5` everything would flash up.
  const alternatives = text.split('||').filter((alternative) => alternative.trim() !== '');
  return alternatives.length === 0 ? null : rangeOf(alternatives.join('||'));
}
