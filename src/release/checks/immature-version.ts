import { parseImage } from '../image.ts';
import { isLessMature, stageOf } from '../release.ts';
import { type Check, environmentsOf, type Observation } from '../release-view.ts';

/**
 * A component whose own version is a pre-release of lower maturity than the release's stage: 2.3.0-beta.1 in a stable
 * or an rc. For Kubernetes per environment, from the image's tag.
 */
export const immatureVersion: Check<'immature-version'> = ({ estate, release, cells }) => {
  if (release.version === null) return [];
  const observations: Observation<'immature-version'>[] = [];
  for (const { component, fragments } of cells) {
    const seen = new Set<string | null>();
    for (const fragment of fragments) {
      const version = fragment.type === 'k8s' ? imageTag(fragment.fields.imageRef) : fragment.ownVersion;
      // A pre-release has a hyphen; most versions are none, and need no parsing.
      const parsed = version?.includes('-') ? estate.parse(version) : null;
      if (version === null || parsed === null || parsed.prerelease.length === 0) continue;
      const maturity = stageOf(parsed);
      if (!isLessMature(maturity, release.stage)) continue;
      for (const environment of fragment.type === 'k8s' ? environmentsOf(fragment) : [null]) {
        if (seen.has(environment)) continue;
        seen.add(environment);
        observations.push({ component, environment, details: { version, maturity, stage: release.stage } });
      }
    }
  }
  return observations;
};

function imageTag(imageRef: string | undefined): string | null {
  return imageRef === undefined ? null : (parseImage(imageRef)?.tag ?? null);
}
