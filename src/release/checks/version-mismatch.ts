import { type Estate, entriesAt, isPatch, predecessorsWith } from '../estate.ts';
import type { Fragment } from '../fragment.ts';
import { parseImage } from '../image.ts';
import type { Check, Observation } from '../release-view.ts';
import { sameVersion, saysOtherVersion } from '../version.ts';

/** In how many releases before a component must have had the release's own version for that to be how it is versioned. */
export const HABIT = 3;

/**
 * A backend fragment whose artifact, an OCI reference with a tag, is tagged otherwise than the component's own version.
 * Artifacts that are no OCI reference (packages, URLs) or have no tag say nothing. Or a component of a stable release
 * that has always had the release's version, and was left at an earlier one: that only warns.
 */
export const versionMismatch: Check<'version-mismatch'> = ({ estate, row, release, cells }) => {
  const isWhole = release.stage === 'stable' && !isPatch(estate, row);
  return cells.flatMap(({ component, column, fragments: [fragment], carried }): Observation<'version-mismatch'>[] => {
    if (fragment === undefined || fragment.type === 'k8s') return [];
    const found = { component, environment: null };
    const { ownVersion, fields } = fragment;
    const tag = otherTag(fragment);
    if (tag !== null) {
      return [{ ...found, details: { version: ownVersion, artifact: fields.artifact ?? '', tag } }];
    }
    const leftAt = isWhole && !carried ? leftBehind(estate, row, column, fragment) : null;
    return leftAt === null ? [] : [{ ...found, details: { version: ownVersion, leftAt }, atMost: 'warning' }];
  });
};

/** The tag of a backend's image, where it says another version. */
function otherTag({ type, ownVersion, fields: { artifact, commit } }: Fragment): string | null {
  const tag = type !== 'backend' || artifact === undefined ? null : (parseImage(artifact)?.tag ?? null);
  return tag !== null && saysOtherVersion(tag, ownVersion, commit) ? tag : null;
}

/** The earlier release at whose version a component was left that always had the release's own; null where it was not. */
function leftBehind(
  estate: Estate,
  row: number,
  column: number,
  { versionField, ownVersion, release }: Fragment,
): string | null {
  if (versionField === null || sameVersion(ownVersion, release)) return null;
  const before = predecessorsWith(estate, row, column, HABIT);
  if (before.length < HABIT) return null;
  const earlier = before.map((stable) => entriesAt(estate, stable, column)[0]);
  const always = earlier.every(
    (entry) => entry != null && entry.versionField !== null && sameVersion(entry.ownVersion, entry.release),
  );
  return always ? (earlier.find((entry) => entry && sameVersion(ownVersion, entry.release))?.release ?? null) : null;
}
