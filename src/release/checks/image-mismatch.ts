import type { Fragment } from '../fragment.ts';
import { parseImage, shortDigest } from '../image.ts';
import { type Check, environmentsOf } from '../release-view.ts';
import { isTagOf } from '../version.ts';

/**
 * A workload that runs another image than the release has. The image belongs to the backend or frontend component
 * whose name is the last segment of its repository, else to the one named as the workload. Digests are compared where
 * both are known, else the image's tag with the component's own version; with a digest on one side and a tag on the
 * other nothing can be said.
 */
export const imageMismatch: Check<'image-mismatch'> = ({ ofType }) => {
  const owners = new Map<string, Fragment>();
  for (const fragment of [...ofType('frontend'), ...ofType('backend')]) owners.set(fragment.name, fragment);
  return ofType('k8s').flatMap((workload) => {
    const { imageRef } = workload.fields;
    const image = imageRef === undefined ? null : parseImage(imageRef);
    if (imageRef === undefined || image === null) return [];
    const owner = owners.get(image.shortName) ?? owners.get(workload.name);
    if (owner === undefined) return [];
    const difference = compare(workload, image, owner);
    if (difference === null) return [];
    return environmentsOf(workload).map((environment) => ({
      component: workload.component,
      environment,
      details: { image: imageRef, of: owner.component, ...difference },
    }));
  });
};

function compare(workload: Fragment, image: { tag: string | null; digest: string | null }, owner: Fragment) {
  const runs = image.digest ?? workload.fields.digest;
  const published = owner.fields.digest ?? digestOf(owner.fields.artifact);
  if (runs !== undefined && published !== undefined) {
    if (runs.toLowerCase() === published.toLowerCase()) return null;
    return { compared: 'digest', runs: shortDigest(runs), expected: shortDigest(published) } as const;
  }
  if (image.tag === null || isTagOf(image.tag, owner.ownVersion)) return null;
  return { compared: 'tag', runs: image.tag, expected: owner.ownVersion } as const;
}

function digestOf(artifact: string | undefined): string | undefined {
  return artifact === undefined ? undefined : (parseImage(artifact)?.digest ?? undefined);
}
