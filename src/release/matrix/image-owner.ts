import type { Fragment } from '../item/fragment.ts';
import { type ImageReference, parseImage, shortDigest } from '../item/image.ts';
import { saysOtherVersion } from '../item/version.ts';

/**
 * To whom an image belongs: the component that published that very repository, else the one that is named as the
 * workload, else the one that is named as the image, where just one is.
 *
 * @param components of two that answer the same question the first
 */
export function ownerFinder(components: readonly Fragment[]) {
  const byRepository = new Map<string, Fragment>();
  const byName = new Map<string, Fragment[]>();
  for (const component of components) {
    const repository = repositoryOf(component.fields.artifact);
    if (repository !== null && !byRepository.has(repository)) byRepository.set(repository, component);
    const named = byName.get(component.name);
    if (named) named.push(component);
    else byName.set(component.name, [component]);
  }
  return ({ repository, shortName }: ImageReference, { name }: Fragment): Fragment | undefined => {
    const namedAsImage = byName.get(shortName) ?? [];
    return (
      byRepository.get(repository) ?? byName.get(name)?.[0] ?? (namedAsImage.length === 1 ? namedAsImage[0] : undefined)
    );
  };
}

/** What stands before tag and digest. It need not be read as a reference: it is held against one that was. */
export function repositoryOf(artifact: string | undefined): string | null {
  if (artifact === undefined) return null;
  const path = artifact.slice(artifact.indexOf('://') === -1 ? 0 : artifact.indexOf('://') + 3).split('@', 1)[0] ?? '';
  const tag = path.indexOf(':', path.lastIndexOf('/') + 1);
  return tag === -1 ? path : path.slice(0, tag);
}

function artifactOf({ fields: { artifact } }: Fragment): ImageReference | null {
  return artifact === undefined ? null : parseImage(artifact);
}

/**
 * What tells a workload's image from what its owner published: digests where both are known, else the image's tag and the
 * own version. Null: nothing does, or the two cannot be compared.
 */
export function imageDifference(workload: Fragment, image: ImageReference, owner: Fragment) {
  const artifact = artifactOf(owner);
  const runs = image.digest ?? workload.fields.digest;
  const published = owner.fields.digest ?? artifact?.digest ?? undefined;
  if (runs !== undefined && published !== undefined) {
    if (runs.toLowerCase() === published.toLowerCase()) return null;
    const sameTag = image.tag !== null && image.tag === artifact?.tag ? image.tag : null;
    return { compared: 'digest', runs: shortDigest(runs), expected: shortDigest(published), sameTag } as const;
  }
  if (image.tag === null || workload.fields.imageRef === owner.fields.artifact) return null;
  if (!saysOtherVersion(image.tag, owner.ownVersion, owner.fields.commit)) return null;
  return { compared: 'tag', runs: image.tag, expected: owner.ownVersion, sameTag: null } as const;
}
