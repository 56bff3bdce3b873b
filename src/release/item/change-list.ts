import type { Item, PlainValue } from './item.ts';

// The commits that a fragment brings: those since the tag before it. A line each, as `git log --format='%H %s'` prints
// them, newest first; behind a tab stands what a commit refers to: `9f3c2ab Refuse an empty cart\t#123 PAY-812`. As
// lines they cost a reader, who keeps them all, a third of what a map for each would, and are read when somebody asks.

/** The commits of a fragment, as stored. */
export type ChangeList = {
  readonly commits: readonly string[];
  /** The tag before, where there is one: without it these are all commits from the first on. */
  readonly since?: string;
  /** The commit of that tag. */
  readonly base?: string;
  /** How many older commits are left out, as there are too many. */
  readonly cut?: number;
  /** The checkout was shallow: older commits were not known. */
  readonly shallow?: boolean;
};

/** A commit of a list. */
export interface ListedCommit {
  /** In small letters; whole or abbreviated, as it was published. */
  readonly sha: string;
  /** Somebody's text. */
  readonly subject: string;
  /** What it refers to: `#123`, `!45`, `PAY-812`. */
  readonly refs: readonly string[];
}

/** Of what is there as a list, or as the text that `git log` prints, the list; undefined for anything else. */
export function readChangeList(value: PlainValue): ChangeList | undefined {
  if (typeof value === 'string') return { commits: value.split('\n').filter((line) => line.trim() !== '') };
  if (isTexts(value)) return { commits: value };
  if (!isMap(value) || !isTexts(value.commits)) return undefined;
  const { since, base, cut, shallow } = value;
  const types = [typeof since, typeof base, typeof cut, typeof shallow];
  const fits = types.every((type, at) => type === 'undefined' || type === TYPES[at]);
  // The stored value itself: a copy would be kept beside it.
  return fits ? (value as unknown as ChangeList) : undefined;
}

const TYPES = ['string', 'string', 'number', 'boolean'];

function isTexts(value: PlainValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}

function isMap(value: PlainValue): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LINE = /^([0-9a-f]{7,64})(?:$| ([^\t]*)(?:\t(.*))?$)/i;

/** Reads a line; null for what does not begin with a commit. Where it says no references, those of the subject count. */
export function readListedCommit(line: string): ListedCommit | null {
  const [, sha, subject = '', refs] = LINE.exec(line) ?? [];
  if (sha === undefined) return null;
  const said = refs?.split(' ').filter(Boolean) ?? [requestOf(subject)].flatMap((ref) => ref ?? []);
  return { sha: sha.toLowerCase(), subject, refs: said };
}

/** The line of a commit. */
export function listedCommitLine({ sha, subject, refs }: ListedCommit): string {
  return `${sha} ${subject}${refs.length === 0 ? '' : `\t${refs.join(' ')}`}`;
}

/** How the forges write the number of what was merged: GitHub, GitLab, Bitbucket, Azure DevOps. */
const REQUESTS: readonly (readonly [pattern: RegExp, sign: string])[] = [
  [/\((#|!)(\d{1,10})\)\s*$/, ''],
  [/^Merge pull request #(\d{1,10}) from /, '#'],
  [/\(pull request #(\d{1,10})\)/, '#'],
  [/^Merged PR (\d{1,10}):/, '#'],
];

/** The number of the pull or merge request that a subject names: `#123`, `!45`; null: it names none. */
export function requestOf(subject: string): string | null {
  for (const [pattern, sign] of REQUESTS) {
    const found = pattern.exec(subject);
    if (found !== null) return `${sign}${found.slice(1).join('')}`;
  }
  return null;
}

/**
 * The list with as many of its commits, the newest, as have room; what is left out is counted.
 *
 * @param bytesOf the size of a list as the table counts it
 * @returns undefined: not even the newest has room
 */
export function cutChangeList(
  list: ChangeList,
  mostBytes: number,
  bytesOf: (list: ChangeList) => number,
): ChangeList | undefined {
  if (bytesOf(list) <= mostBytes) return list;
  const cutTo = (kept: number): ChangeList => ({
    ...list,
    commits: list.commits.slice(0, kept),
    cut: (list.cut ?? 0) + list.commits.length - kept,
  });
  let [fits, tooMany] = [0, list.commits.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (bytesOf(cutTo(middle)) <= mostBytes) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? undefined : cutTo(fits);
}
