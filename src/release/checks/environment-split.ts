import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { withoutV } from '../item/version.ts';
import { type Check, environmentsOf } from '../matrix/checked-release.ts';

/**
 * One workload of the release that runs different images in two environments: by digest where both are known, else by
 * tag after an optional `v`; a digest and a tag cannot be compared. One finding per workload, with all its images.
 */
export const environmentSplit: Check<'environment-split'> = {
  scope: { asks: 'component', type: 'k8s' },
  look: (_, cells) => {
    const several = cells.filter(({ fragments }) => fragments.length > 1);
    return several.flatMap(({ component, fragments }) => {
      const images = fragments.flatMap(imageOf);
      const split = images.some((a) => images.some((b) => differ(a, b)));
      if (!split) return [];
      const listed = images.flatMap(({ fragment, shown }) =>
        environmentsOf(fragment).map((environment) => ({ environment, value: shown })),
      );
      return [{ component, environment: null, details: { images: listed } }];
    });
  },
};

interface RunningImage {
  readonly fragment: Fragment;
  readonly digest: string | null;
  readonly tag: string | null;
  readonly shown: string;
}

function imageOf(fragment: Fragment): RunningImage[] {
  const { imageRef, digest: known } = fragment.fields;
  const image = imageRef === undefined ? null : parseImage(imageRef);
  if (imageRef === undefined || image === null) return [];
  return [{ fragment, digest: image.digest ?? known ?? null, tag: image.tag, shown: imageRef }];
}

function differ(a: RunningImage, b: RunningImage): boolean {
  const places = environmentsOf(a.fragment);
  if (environmentsOf(b.fragment).every((place) => places.includes(place))) return false; // one and the same place
  if (a.digest !== null && b.digest !== null) return a.digest.toLowerCase() !== b.digest.toLowerCase();
  return a.tag !== null && b.tag !== null && withoutV(a.tag) !== withoutV(b.tag);
}
