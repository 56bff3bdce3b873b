import { parseImage } from '../image.ts';
import type { Check } from '../release-view.ts';
import { isTagOf } from '../version.ts';

/**
 * A backend fragment whose artifact, an OCI reference with a tag, is tagged otherwise than the component's own
 * version. Artifacts that are no OCI reference (packages, URLs) or have no tag say nothing.
 */
export const versionMismatch: Check<'version-mismatch'> = ({ ofType }) =>
  ofType('backend').flatMap(({ component, ownVersion, fields: { artifact } }) => {
    const tag = artifact === undefined ? null : (parseImage(artifact)?.tag ?? null);
    if (artifact === undefined || tag === null || isTagOf(tag, ownVersion)) return [];
    return [{ component, environment: null, details: { version: ownVersion, artifact, tag } }];
  });
