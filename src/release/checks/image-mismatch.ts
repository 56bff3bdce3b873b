import { parseImage } from '../item/image.ts';
import { type Check, environmentsOf, fragmentsOf, ofType } from '../matrix/checked-release.ts';
import { imageDifference, ownerFinder } from '../matrix/image-owner.ts';

/**
 * A workload that runs another image than the release has. Digests are compared where both are known, else the image's
 * tag with the component's own version; with a digest on one side and a tag on the other nothing can be said.
 */
export const imageMismatch: Check<'image-mismatch'> = {
  scope: { asks: 'release', type: 'k8s' },
  look: (checked, cells) => {
    const workloads = fragmentsOf(cells);
    const ownerOf = ownerFinder([...ofType(checked.cells, 'backend'), ...ofType(checked.cells, 'frontend')]);
    return workloads.flatMap((workload) => {
      const { imageRef } = workload.fields;
      const image = imageRef === undefined ? null : parseImage(imageRef);
      if (imageRef === undefined || image === null) return [];
      const owner = ownerOf(image, workload);
      if (owner === undefined) return [];
      const difference = imageDifference(workload, image, owner);
      if (difference === null) return [];
      return environmentsOf(workload).map((environment) => ({
        component: workload.component,
        environment,
        details: { image: imageRef, of: owner.component, ...difference },
      }));
    });
  },
};
