import { type ImageReference, parseImage } from '../../release/item/image.ts';
import { parseVersion } from '../../release/item/parse-semver.ts';
import { isTagOf } from '../../release/item/version.ts';

/** Tags that move on to the next image. */
const MOVING = /^(?:latest|main|master|trunk|head|edge|nightly|dev|develop|canary|snapshot|stable|current)$/i;

export interface ImageHints {
  /** Versions that the image may have, the likeliest first. */
  readonly versions: readonly string[];
  /** What the image is called, where that is known. */
  readonly shortName: string | null;
}

/**
 * Of the references that one image goes by, the one whose tag says its version: `1.4.0` of `1`, `1.4`, `1.4.0`,
 * `sha-0a1b2c3` and `latest`. Among equals it is the first.
 *
 * @returns null where none is an image reference
 */
export function imageByVersion(references: readonly string[], hints: ImageHints): ImageReference | null {
  const images = references.flatMap((reference) => parseImage(reference) ?? []);
  const called = images.filter(({ shortName }) => shortName === hints.shortName);
  const candidates = called.length > 0 ? called : images;
  const version = hints.versions.find((one) => candidates.some(({ tag }) => tag !== null && isTagOf(tag, one)));
  const ranked = candidates.map((image) => ({ image, rank: rankOf(image.tag, version ?? null) }));
  const best = Math.min(...ranked.map(({ rank }) => rank));
  return ranked.find(({ rank }) => rank === best)?.image ?? null;
}

/** How well a tag says a version; the lower the better. */
function rankOf(tag: string | null, version: string | null): number {
  if (tag === null) return 6;
  if (version !== null && isTagOf(tag, version)) return 0;
  const semver = parseVersion(tag);
  if (semver !== null) return semver.prerelease.length === 0 ? 1 : 2;
  if (MOVING.test(tag)) return 5;
  // `1.4` says more than a commit's `sha-…`, and that more than `1`.
  if (/^v?\d+\.\d/.test(tag)) return 3;
  return 4;
}

/** `ghcr.io/acme/api:1.4.0@sha256:…`. */
export function pinned({ repository, tag }: ImageReference, digest: string | undefined): string {
  return `${repository}${tag === null ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
