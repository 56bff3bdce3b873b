import { type Fragment, schemeOf } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { isLessMature, isMoving, type Maturity, maturityOf, sameVersion } from '../item/version.ts';
import { type Check, environmentsOf, type Observation } from '../matrix/checked-release.ts';
import { type Estate, predecessorsWith } from '../matrix/estate.ts';

/** In how many of the last predecessors a component must have been versioned in one way for that to be its habit. */
export const HABIT = 3;

/**
 * A component whose own version is less mature than the release: 2.3.0-beta.1 in a stable release or a candidate, a
 * moving tag in any. Only a version of its own counts, and not the release's. For Kubernetes per environment, from the
 * image's tag. One that has always been so only warns.
 */
export const immatureVersion: Check<'immature-version'> = {
  scope: { asks: 'component', before: { most: HABIT, facts: versionFacts } },
  look: ({ estate, row, release }, cells) => {
    const observations: Observation<'immature-version'>[] = [];
    for (const { component, column, fragments } of cells) {
      let seen: (string | null)[] | null = null;
      for (const fragment of fragments) {
        const found = immature(fragment, release.weighsAs);
        if (found === null) continue;
        seen ??= [];
        for (const environment of fragment.type === 'k8s' ? environmentsOf(fragment) : [null]) {
          if (seen.includes(environment)) continue;
          seen.push(environment);
          const usual = isUsual(estate, row, column, fragment, environment);
          observations.push({
            component,
            environment,
            details: { ...found, stage: release.stage, usual },
            ...(usual ? { atMost: 'warning' } : {}),
          });
        }
      }
    }
    return observations;
  },
};

/** What says how a fragment is versioned, and where. */
export function versionFacts({ ownVersion, versionField, environments, fields }: Fragment): unknown[] {
  return [ownVersion, versionField, fields.artifact, fields.imageRef, fields.digest, ...environments];
}

interface Immature {
  readonly version: string;
  readonly maturity: Maturity;
  readonly ofArtifact: boolean;
}

/** What of a fragment is less mature than a stage; null for nothing. */
function immature(fragment: Fragment, stage: Maturity): Immature | null {
  const text = versionSaidBy(fragment);
  // Most versions are numbers alone, and need no reading.
  if (text !== null && !NUMBERS.test(text) && !sameVersion(text, fragment.release)) {
    const maturity = maturityOf(text, schemeOf(fragment), isPinned(fragment));
    if (maturity !== null && isLessMature(maturity, stage)) {
      return { version: text, maturity, ofArtifact: false };
    }
  }
  return movingArtifact(fragment);
}

const NUMBERS = /^v?\d+(?:\.\d+){1,3}$/;

/** The version that a fragment says of itself, of a workload its image's tag; null for none. */
function versionSaidBy({ type, versionField, ownVersion, fields }: Fragment): string | null {
  if (type !== 'k8s' || versionField === 'imageRef') return versionField === null ? null : ownVersion;
  return fields.imageRef === undefined ? null : (parseImage(fields.imageRef)?.tag ?? null);
}

/** Whether a digest stands beside the version, so that it cannot move. */
function isPinned({ type, fields: { artifact, imageRef, digest } }: Fragment): boolean {
  const reference = type === 'k8s' ? imageRef : artifact;
  return digest !== undefined || (reference !== undefined && parseImage(reference)?.digest != null);
}

/** The image of a service that moves, whatever version stands beside it. */
function movingArtifact(fragment: Fragment): Immature | null {
  const { type, fields } = fragment;
  const { artifact } = fields;
  if ((type !== 'backend' && type !== 'frontend') || artifact === undefined || artifact.includes('@')) return null;
  // Most tags are a version, and need no reading.
  if (!isMoving(artifact.slice(artifact.lastIndexOf(':') + 1)) || isPinned(fragment)) return null;
  const tag = parseImage(artifact)?.tag ?? null;
  return tag !== null && isMoving(tag) ? { version: tag, maturity: 'moving', ofArtifact: true } : null;
}

function isUsual(estate: Estate, row: number, column: number, { type }: Fragment, environment: string | null): boolean {
  const place = type === 'k8s' ? environment : undefined;
  const before = predecessorsWith(estate, row, column, HABIT, place);
  return (
    before.length === HABIT &&
    before.every((stable) => {
      const stage = estate.matrix.releases[stable]?.weighsAs ?? 'stable';
      const entries = estate.matrix.entries[stable]?.[column] ?? [];
      const there = place === undefined ? entries : entries.filter((entry) => environmentsOf(entry).includes(place));
      return there.some((entry) => immature(entry, stage) !== null);
    })
  );
}
