import { type Estate, predecessorsWith } from '../estate.ts';
import { type Fragment, schemeOf } from '../fragment.ts';
import { parseImage } from '../image.ts';
import { type Check, environmentsOf, type Observation } from '../release-view.ts';
import { isLessMature, type Maturity, maturityOf, type Scheme, sameVersion } from '../version.ts';

/** In how many releases before a component must have been as immature for that to be how it is versioned. */
export const HABIT = 3;

/**
 * A component whose own version is less mature than the release: 2.3.0-beta.1 in a stable release or a candidate, a
 * moving tag in any. Only a version of its own counts, and not the release's. For Kubernetes per environment, from the
 * image's tag. One that has always been so only warns.
 */
export const immatureVersion: Check<'immature-version'> = ({ estate, row, release, cells }) => {
  const observations: Observation<'immature-version'>[] = [];
  for (const { component, column, fragments } of cells) {
    const seen = new Set<string | null>();
    for (const fragment of fragments) {
      const places = fragment.type === 'k8s' ? environmentsOf(fragment) : [null];
      if (places.every((environment) => seen.has(environment))) continue;
      const found = immature(fragment, release.weighsAs);
      if (found === null) continue;
      for (const environment of places) {
        if (seen.has(environment)) continue;
        seen.add(environment);
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
};

interface Immature {
  readonly version: string;
  readonly maturity: Maturity;
  readonly ofArtifact: boolean;
}

/** What of a fragment is less mature than a stage; null for nothing. */
function immature(fragment: Fragment, stage: Maturity): Immature | null {
  const said = saidBy(fragment);
  if (said !== null && !sameVersion(said.text, fragment.release)) {
    const maturity = maturityOf(said.text, said.scheme, said.pinned);
    if (maturity !== null && isLessMature(maturity, stage)) {
      return { version: said.text, maturity, ofArtifact: false };
    }
  }
  return movingArtifact(fragment);
}

/** The version that a fragment says of itself, and whether a digest beside it pins it; null for none. */
function saidBy(fragment: Fragment): { text: string; scheme: Scheme; pinned: boolean } | null {
  const { type, versionField, ownVersion, fields } = fragment;
  if (type === 'k8s') {
    const image = fields.imageRef === undefined ? null : parseImage(fields.imageRef);
    if (image === null || image.tag === null) return null;
    return { text: image.tag, scheme: 'any', pinned: image.digest !== null || fields.digest !== undefined };
  }
  if (versionField === null) return null;
  return { text: ownVersion, scheme: schemeOf(fragment), pinned: isPinned(fragment) };
}

function isPinned({ fields: { artifact, digest } }: Fragment): boolean {
  return digest !== undefined || (artifact !== undefined && parseImage(artifact)?.digest != null);
}

/** The image of a service that moves, whatever version stands beside it. */
function movingArtifact(fragment: Fragment): Immature | null {
  const { type, fields } = fragment;
  if ((type !== 'backend' && type !== 'frontend') || fields.artifact === undefined || isPinned(fragment)) return null;
  const tag = parseImage(fields.artifact)?.tag ?? null;
  return tag !== null && maturityOf(tag, 'any', false) === 'moving'
    ? { version: tag, maturity: 'moving', ofArtifact: true }
    : null;
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
