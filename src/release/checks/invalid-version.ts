import type { Check } from '../release-view.ts';

const KNOWN_PRERELEASE = /^(alpha|beta|rc)\.\d+$/;

/** The release key is no SemVer (always a warning), or its pre-release is not `alpha.N`, `beta.N` or `rc.N`. */
export const invalidVersion: Check<'invalid-version'> = ({ estate, row }) => {
  const version = estate.versions[row];
  if (!version) return [{ component: null, environment: null, details: { semver: false }, atLeast: 'warning' }];
  const prerelease = version.prerelease.join('.');
  if (prerelease === '' || KNOWN_PRERELEASE.test(prerelease)) return [];
  return [{ component: null, environment: null, details: { semver: true } }];
};
