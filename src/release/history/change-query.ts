import { readPastedHex } from '../item/holders.ts';
import { readVersion } from '../item/version.ts';

/** What somebody looks for, as it was written. */
export type ChangeQuery =
  /** `hex` in small letters: a commit, or the beginning of one. */
  | { readonly kind: 'commit'; readonly hex: string }
  | { readonly kind: 'digest'; readonly hex: string }
  /** The number of a pull or merge request, `#123` or `!45`, of one repository or of any. */
  | { readonly kind: 'request'; readonly ref: string; readonly repo: string | null }
  | { readonly kind: 'ticket'; readonly ref: string }
  /** Of a release or of a component. */
  | { readonly kind: 'version'; readonly version: string };

const REQUEST = /^(?:([\w.-]+(?:\/[\w.-]+)+))?([#!][1-9]\d{0,9})$/;
const TICKET = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*-\d+$/u;

/**
 * Reads what somebody looks for: `9f3c2ab`, `sha256:…` alone or behind an image, `#123`, `acme/orders#123`, `PAY-812`,
 * `v1.4.0`. Null for nothing of it.
 */
export function readChangeQuery(text: string): ChangeQuery | null {
  const written = text.trim();
  const [, repo = null, ref] = REQUEST.exec(written) ?? [];
  if (ref !== undefined) return { kind: 'request', ref, repo };
  const hex = readPastedHex(written);
  if (hex !== null) return { kind: hex.isDigest ? 'digest' : 'commit', hex: hex.hex };
  // `1.4.0-1` is a version, `PAY-812` a ticket.
  if (/^v?\d/.test(written) && readVersion(written) !== null) return { kind: 'version', version: written };
  return TICKET.test(written) ? { kind: 'ticket', ref: written } : null;
}
