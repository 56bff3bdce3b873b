import SemVer from 'semver/classes/semver.js';
import { withoutV } from './version.ts';

// Apart from version.ts, which the page loads at once: the library is needed where something is asked of it.

/**
 * Reads SemVer with an optional leading `v`, as the library has it: `v1.4.0-rc.2` → SemVer, `1.10` or `main` → null.
 * For what asks the library something; comparisons are `compareVersions`.
 */
export function parseVersion(text: string): SemVer | null {
  const bare = withoutV(text);
  if (!/^[0-9]/.test(bare)) return null;
  try {
    return new SemVer(bare);
  } catch {
    return null; // the constructor throws for everything that is not SemVer; the caller decides what that means
  }
}
