import { readPastedHex } from '../item/holders.ts';
import { parseImage } from '../item/image.ts';
import { readVersion } from '../item/version.ts';
import { type PastedAddress, pageOf, readPackage, splitAddress } from './pasted-address.ts';

/** An image as it was written; `tag` null: whatever its tag. */
export interface ImageQuery {
  readonly kind: 'image';
  readonly repository: string;
  readonly tag: string | null;
}

/** What somebody looks for, as it was written. */
export type ChangeQuery =
  /** `hex` in small letters: a commit, or the beginning of one. */
  | { readonly kind: 'commit'; readonly hex: string }
  /** `image`: what stood before the digest, for a fragment of it that says no digest. */
  | { readonly kind: 'digest'; readonly hex: string; readonly image?: ImageQuery }
  /** The number of a pull or merge request, `#123` or `!45`, of one repository or of any. */
  | { readonly kind: 'request'; readonly ref: string; readonly repo: string | null }
  | { readonly kind: 'ticket'; readonly ref: string }
  /** Of a release or of a component; `repo`: of a component of that repository. */
  | { readonly kind: 'version'; readonly version: string; readonly repo?: string }
  | ImageQuery
  /** `name`: a component's, its package's, or a part of it. */
  | { readonly kind: 'component'; readonly name: string; readonly version: string };

const REQUEST = /^(?:([\w.-]+(?:\/[\w.-]+)+))?([#!][1-9]\d{0,9})$/;
const TICKET = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*-\d+$/u;
const COMPONENT_VERSION = /^(@?[^@\s]+)@([^@\s]+)$/;
/** As `git log` prints a commit, whole or in a line, and as `git describe` names one. */
const PRINTED =
  /^(?:commit\s+([0-9a-f]{64}|[0-9a-f]{7,40})|([0-9a-f]{7,64})\s+\S.*|[^@\s]+-\d+-g([0-9a-f]{7,64})(?:-dirty)?$)/i;
const QUOTES = ['""', "''", '``', '“”', '‘’', '<>'];

/**
 * Reads what somebody looks for: `9f3c2ab`, `sha256:…` alone or behind an image, an image with a tag, `#123`,
 * `acme/orders#123`, `PAY-812`, `v1.4.0`, `orders@1.4.0`, or the address of a page about one of them; in quotes, too, and
 * as Git prints a commit. Null for nothing of it.
 */
export function readChangeQuery(text: string): ChangeQuery | null {
  const written = withoutQuotes(text.trim()).replace(/^(?:docker|podman) pull\s+/, '');
  const address = splitAddress(written);
  if (address?.scheme === 'pkg') return ofPackage(address);
  if (address?.scheme === 'https' || address?.scheme === 'http') return ofPage(address);
  const [, repo = null, ref] = REQUEST.exec(written) ?? [];
  if (ref !== undefined) return { kind: 'request', ref, repo };
  const printed = PRINTED.exec(written)?.slice(1).find(Boolean);
  if (printed !== undefined) return { kind: 'commit', hex: printed.toLowerCase() };
  const hex = readPastedHex(written);
  const image = parseImage(written);
  if (hex?.isDigest) {
    const isTagged = image !== null && image.digest !== null && image.tag !== null;
    return { kind: 'digest', hex: hex.hex, ...(isTagged ? { image: imageQuery(image) } : {}) };
  }
  if (hex !== null) return { kind: 'commit', hex: hex.hex };
  // `1.4.0-1` is a version, `PAY-812` a ticket.
  if (/^v?\d/.test(written) && readVersion(written) !== null) return { kind: 'version', version: written };
  if (TICKET.test(written)) return { kind: 'ticket', ref: written };
  // A single word is an image, too; so it would be anything.
  if (image !== null && (image.tag !== null || image.repository.includes('/'))) return imageQuery(image);
  return ofComponent(written);
}

function withoutQuotes(text: string): string {
  const isIn = ([start = '', end = '']: string) => text.length > 1 && text.startsWith(start) && text.endsWith(end);
  return QUOTES.some(isIn) ? text.slice(1, -1).trim() : text;
}

function imageQuery({ repository, tag }: Omit<ImageQuery, 'kind'>): ImageQuery {
  return { kind: 'image', repository, tag };
}

function ofComponent(text: string): ChangeQuery | null {
  const [, name, version] = COMPONENT_VERSION.exec(text) ?? [];
  return name === undefined || version === undefined ? null : { kind: 'component', name, version };
}

function ofPage(address: PastedAddress): ChangeQuery | null {
  const page = pageOf(address);
  switch (page?.what) {
    case 'commit':
      return { kind: 'commit', hex: page.text.toLowerCase() };
    case 'ticket':
      return { kind: 'ticket', ref: page.text };
    case 'request':
      return { kind: 'request', ref: page.text, repo: page.repo };
    case 'tag':
      return ofTag(page.text, page.repo);
    default:
      return null;
  }
}

/** A tag of a repository with several packages names one of them: `@acme/web-shell@1.2.3`. */
function ofTag(tag: string, repo: string): ChangeQuery | null {
  return ofComponent(tag) ?? (readVersion(tag) === null ? null : { kind: 'version', version: tag, repo });
}

function ofPackage(address: PastedAddress): ChangeQuery | null {
  const named = readPackage(address);
  if (named === null) return null;
  const { type, name, version } = named;
  if (type === 'oci' || type === 'docker') {
    const hex = version?.includes(':') ? readPastedHex(version) : null;
    const image = imageQuery({ repository: name, tag: named.tag ?? (hex === null ? version : null) });
    if (hex === null) return image;
    return { kind: 'digest', hex: hex.hex, ...(image.tag === null ? {} : { image }) };
  }
  if (version === null) return null;
  return type === 'github' || type === 'bitbucket' ? ofTag(version, name) : { kind: 'component', name, version };
}
