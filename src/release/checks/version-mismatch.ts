import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { sameVersion, saysOtherVersion } from '../item/version.ts';
import type { Check, Observation } from '../matrix/checked-release.ts';
import { type Estate, entriesAt, isPatch, predecessorsWith, previousOf } from '../matrix/estate.ts';
import { HABIT, versionFacts } from './immature-version.ts';

/**
 * A backend fragment whose artifact, an OCI reference with a tag, is tagged otherwise than the component's own version.
 * Artifacts that are no OCI reference (packages, URLs) or have no tag say nothing. Or a component of a stable release
 * that has always had the release's version, and was left at an earlier one: that only warns.
 */
export const versionMismatch: Check<'version-mismatch'> = {
  scope: { asks: 'component', before: { most: HABIT, facts: versionFacts } },
  look: ({ estate, row, release }, cells) => {
    const isWhole = release.stage === 'stable' && !isPatch(estate, row);
    const observations: Observation<'version-mismatch'>[] = [];
    for (const { component, column, fragments, carried } of cells) {
      const fragment = fragments[0];
      if (fragment === undefined || fragment.type === 'k8s') continue;
      const { ownVersion: version, fields } = fragment;
      const tag = otherTag(fragment);
      if (tag !== null) {
        const details = { version, artifact: fields.artifact ?? '', tag };
        observations.push({ component, environment: null, details });
        continue;
      }
      const leftAt = isWhole && !carried ? leftBehind(estate, row, column, fragment) : null;
      if (leftAt === null) continue;
      observations.push({ component, environment: null, details: { version, leftAt }, atMost: 'warning' });
    }
    return observations;
  },
};

/** The tag of a backend's image, where it says another version. */
function otherTag({ type, ownVersion, fields: { artifact, commit } }: Fragment): string | null {
  if (type !== 'backend' || artifact === undefined || !mayHaveTag(artifact)) return null;
  if (isTaggedPlainly(artifact, ownVersion)) return null; // most are, and need no reading
  const tag = parseImage(artifact)?.tag ?? null;
  return tag !== null && saysOtherVersion(tag, ownVersion, commit) ? tag : null;
}

/** Whether a colon stands behind the last slash and before a digest: else a reference has no tag. */
function mayHaveTag(artifact: string): boolean {
  const at = artifact.indexOf('@');
  const end = at === -1 ? artifact.length : at;
  const colon = artifact.indexOf(':', artifact.lastIndexOf('/', end) + 1);
  return colon !== -1 && colon < end;
}

function isTaggedPlainly(artifact: string, version: string): boolean {
  const tag = `:${version}`;
  return artifact.endsWith(tag) || artifact.includes(`${tag}@`);
}

/** The earlier release at whose version a component was left that always had the release's own; null where it was not. */
function leftBehind(
  estate: Estate,
  row: number,
  column: number,
  { versionField, ownVersion, release }: Fragment,
): string | null {
  if (versionField === null || sameVersion(ownVersion, release)) return null;
  if (!hadReleasesVersion(previousOf(estate, row, column)[0])) return null; // most never had, and need no further look
  const before = predecessorsWith(estate, row, column, HABIT).map((stable) => entriesAt(estate, stable, column)[0]);
  if (before.length < HABIT || !before.every(hadReleasesVersion)) return null;
  return before.find((entry) => entry && sameVersion(ownVersion, entry.release))?.release ?? null;
}

function hadReleasesVersion(entry: Fragment | undefined): boolean {
  return entry !== undefined && entry.versionField !== null && sameVersion(entry.ownVersion, entry.release);
}
