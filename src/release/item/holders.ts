import { MAX_DIGEST_DIGITS } from '../../limits/limits.ts';
import type { Fragment } from './fragment.ts';

/** The fields in which a commit or a digest is looked for. */
export type HolderField = 'commit' | 'buildSha' | 'digest' | 'imageRef' | 'artifact';

/** A fragment that holds a commit or a digest. */
export interface Holder {
  readonly release: string;
  /** `<type>#<name>` of the column. */
  readonly component: string;
  readonly environments: readonly string[];
  readonly field: HolderField;
  /** The commit or digest, in lower case and without its algorithm. */
  readonly hex: string;
  /** `Fragment#id`. */
  readonly fragment: string;
}

/** A commit or a digest as somebody pasted it. */
export interface PastedHex {
  readonly hex: string;
  /** It names its algorithm, so that it is not a commit. */
  readonly isDigest: boolean;
}

/** Git abbreviates to 7 digits at least; fewer say too little. */
const HEAD = 7;

/**
 * Reads a pasted commit or digest: at least 7 hexadecimal digits, in either case, with or without `sha256:`, alone or at
 * the end of an image reference. Null for anything else; a word such as `defaced` is both a name and hexadecimal, so
 * look for both.
 */
export function readPastedHex(text: string): PastedHex | null {
  const pasted = text.trim().slice(text.trim().lastIndexOf('@') + 1);
  const match = /^(?:(sha256|sha384|sha512):)?([0-9a-f]+)$/i.exec(pasted);
  const hex = match?.[2]?.toLowerCase();
  if (hex === undefined || hex.length < HEAD || hex.length > MAX_DIGEST_DIGITS) return null;
  // Only a digest follows an @.
  return { hex, isDigest: match?.[1] !== undefined || text.includes('@') };
}

/**
 * Everything that holds a pasted commit or digest, in the order of the fragments; a fragment once for each field that
 * holds it. A pasted beginning finds all that go on from it. A commit that was published abbreviated is found by its
 * whole.
 */
export function findHolders(fragments: readonly Fragment[], { hex, isDigest }: PastedHex): readonly Holder[] {
  const found: Holder[] = [];
  const first = hex.charCodeAt(0);
  for (const { fields, release, component, environments, id } of fragments) {
    for (const field of HOLDER_FIELDS) {
      const value = fields[field];
      const isCommit = IS_COMMIT[field];
      if (value === undefined || (isCommit && isDigest)) continue;
      // Of most values the first digit says already that it is another one. The bit is what makes letters small.
      if ((value.charCodeAt(isCommit ? 0 : value.lastIndexOf(':') + 1) | 0x20) !== first) continue;
      const held = isCommit ? plainHex(value) : digestHex(value);
      if (held === null || (!held.startsWith(hex) && !(isCommit && hex.startsWith(held)))) continue;
      found.push({ release, component, environments, field, hex: held, fragment: id });
    }
  }
  return found;
}

const IS_COMMIT = { commit: true, buildSha: true, digest: false, imageRef: false, artifact: false } satisfies Record<
  HolderField,
  boolean
>;
const HOLDER_FIELDS = Object.keys(IS_COMMIT) as readonly HolderField[]; // the keys are those just written

function plainHex(value: string): string | null {
  if (value.length < HEAD || value.length > MAX_DIGEST_DIGITS) return null;
  return /^[0-9a-f]+$/i.test(value) ? value.toLowerCase() : null;
}

/** The digits of `sha256:…`, alone or at the end of a reference. The rest need not be a well-formed reference. */
function digestHex(value: string): string | null {
  const match = /(?:^|@)[a-z0-9+._-]+:([0-9a-f]{32,128})$/i.exec(value);
  return match?.[1]?.toLowerCase() ?? null;
}
