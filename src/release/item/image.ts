import { MAX_IMAGE_CHARACTERS } from '../../limits/limits.ts';

/**
 * A container image reference, read by the grammar of `distribution/reference` (the one Docker, containerd and
 * Kubernetes use). Splitting at `:` is wrong: `localhost:5000/api` has a port and no tag.
 *
 *     reference  := name [ ":" tag ] [ "@" digest ]
 *     name       := [ domain "/" ] path
 */
export interface ImageReference {
  /** Domain and path as written: `ghcr.io/acme/api`. */
  readonly repository: string;
  /** Last segment of the path: `api`. */
  readonly shortName: string;
  readonly tag: string | null;
  /** `sha256:…`, or null. */
  readonly digest: string | null;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${domainPart}(?:\\.${domainPart})*|\\[(?:[a-fA-F0-9:]+)\\])`;
const domain = `${host}(?::[0-9]+)?`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const name = `(?:${domain}/)?${component}(?:/${component})*`;
const REFERENCE = new RegExp(`^(${name})(?::(${tag}))?(?:@(${digest}))?$`);

/** Longest repository name the registries take. */
const MAX_REPOSITORY = 255;

/** What Kubernetes and registries' tools write before a reference. */
const SCHEME = /^(?:docker|docker-pullable|oci):\/\//;

/** Reads an image reference, also behind `docker://`, `docker-pullable://` or `oci://`; null where the text is none. */
export function parseImage(text: string): ImageReference | null {
  return text.length > MAX_IMAGE_CHARACTERS ? null : readReference(text.trim().replace(SCHEME, ''));
}

/** Whether a text says of itself that it is an image reference. */
export function namesImage(text: string): boolean {
  return SCHEME.test(text.trim());
}

function readReference(text: string): ImageReference | null {
  const match = REFERENCE.exec(text);
  const repository = match?.[1];
  if (repository === undefined || repository.length > MAX_REPOSITORY) return null;
  return {
    repository,
    shortName: repository.slice(repository.lastIndexOf('/') + 1),
    tag: match?.[2] ?? null,
    digest: match?.[3] ?? null,
  };
}

/** `sha256:9f86d081884c…` → `sha256:9f86d081884c`: enough to recognise, short enough for a cell. */
export function shortDigest(digest: string): string {
  const at = digest.indexOf(':');
  return digest.slice(0, at + 1 + 12);
}
