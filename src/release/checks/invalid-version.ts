import type { Check } from '../matrix/checked-release.ts';

const KNOWN_PRERELEASE = ['alpha', 'beta', 'rc'];

/**
 * The release key has no number order (always a warning); or it is not SemVer but has one, or its pre-release is not
 * `alpha.N`, `beta.N` or `rc.N`.
 */
export const invalidVersion: Check<'invalid-version'> = {
  scope: { asks: 'release' },
  look: ({ estate, row }) => {
    const key = estate.keys[row];
    const found = { component: null, environment: null };
    if (!key) return [{ ...found, details: { ordered: false, semver: false }, atLeast: 'warning' }];
    if (key.semver === null) return [{ ...found, details: { ordered: true, semver: false } }];
    const { parts } = key.semver;
    const isKnown = parts.length === 2 && KNOWN_PRERELEASE.includes(String(parts[0])) && typeof parts[1] !== 'string';
    return parts.length === 0 || isKnown ? [] : [{ ...found, details: { ordered: true, semver: true } }];
  },
};
