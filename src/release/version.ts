import SemVer from 'semver/classes/semver.js';

/**
 * Reads a version with an optional leading `v`: `v1.4.0-rc.2` → SemVer, `1.10` or `main` → null. Stricter than
 * semver's own parser, which also takes `=v1.4.0` and surrounding space.
 */
export function parseVersion(text: string): SemVer | null {
  const bare = withoutV(text);
  if (!/^[0-9]/.test(bare)) return null;
  try {
    return new SemVer(bare);
  } catch {
    return null; // the constructor throws for everything that is no SemVer; the caller decides what that means
  }
}

/** `v1.4.0` → `1.4.0`. Only a `v` directly before a digit is dropped: `vault` stays. */
export function withoutV(text: string): string {
  return /^v[0-9]/.test(text) ? text.slice(1) : text;
}

/**
 * Whether a tag of an image or a chart's appVersion says a version, with or without `v`. Image tags cannot hold `+`;
 * tools write `_` or `-` for it.
 */
export function isTagOf(tag: string, version: string): boolean {
  const [bareTag, bare] = [withoutV(tag), withoutV(version)];
  return (
    bareTag === bare ||
    (bare.includes('+') && (bareTag === bare.replace(/\+/g, '_') || bareTag === bare.replace(/\+/g, '-')))
  );
}

/** Canonical text with the build metadata that `SemVer#version` leaves out: `1.4.0-rc.1+sha.5`. */
export function versionText(version: SemVer): string {
  return version.build.length > 0 ? `${version.version}+${version.build.join('.')}` : version.version;
}

export type { SemVer };
