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

/** MAJOR.MINOR.PATCH of a line as the policy names it, `1.4` or `v1.4.0`; null for what names none. */
export function lineOf(value: string): string | null {
  const numbers = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(value.trim())?.slice(1);
  return numbers?.map((number) => Number(number ?? 0)).join('.') ?? null;
}
