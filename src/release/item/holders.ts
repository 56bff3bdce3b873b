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

/** Finds the holders of commits and digests. Made once per reading, asked at every key press. */
export interface HolderIndex {
  /** By the first digits of what they hold, in the order in which they came. */
  readonly byHead: ReadonlyMap<string, readonly Fragment[]>;
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

/** Indexes what the fragments hold: only its first digits, as most of it is never asked for. */
export function indexHolders(fragments: readonly Fragment[]): HolderIndex {
  const byHead = new Map<string, Fragment[]>();
  for (const fragment of fragments) {
    for (const field of HOLDER_FIELDS) {
      const value = fragment.fields[field];
      if (value === undefined) continue;
      const start = IS_COMMIT[field] ? 0 : value.lastIndexOf(':') + 1;
      const head = value.slice(start, start + HEAD).toLowerCase();
      const known = byHead.get(head);
      if (known === undefined) byHead.set(head, [fragment]);
      else if (known.at(-1) !== fragment) known.push(fragment);
    }
  }
  return { byHead };
}

/**
 * Everything that holds a pasted commit or digest, in the order of the index; a fragment once for each field that holds
 * it. A pasted beginning finds all that go on from it. A commit that was published abbreviated is found by its whole.
 */
export function findHolders({ byHead }: HolderIndex, { hex, isDigest }: PastedHex): readonly Holder[] {
  const found: Holder[] = [];
  for (const fragment of byHead.get(hex.slice(0, HEAD)) ?? []) {
    const { release, component, environments, id } = fragment;
    for (const field of HOLDER_FIELDS) {
      const isCommit = IS_COMMIT[field];
      const held = isCommit ? plainHex(fragment.fields[field]) : digestHex(fragment.fields[field]);
      if (held === null || (isCommit && isDigest)) continue;
      if (!held.startsWith(hex) && !(isCommit && hex.startsWith(held))) continue;
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

function plainHex(value: string | undefined): string | null {
  if (value === undefined || value.length < HEAD || value.length > MAX_DIGEST_DIGITS) return null;
  return /^[0-9a-f]+$/i.test(value) ? value.toLowerCase() : null;
}

/** The digits of `sha256:…`, alone or at the end of a reference. The rest need not be a well-formed reference. */
function digestHex(value: string | undefined): string | null {
  if (value === undefined) return null;
  const match = /(?:^|@)[a-z0-9+._-]+:([0-9a-f]{32,128})$/i.exec(value);
  return match?.[1]?.toLowerCase() ?? null;
}
