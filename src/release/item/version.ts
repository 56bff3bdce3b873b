// How versions are read and compared: own versions of components, image tags, charts and, with src/release/item/release.ts,
// the keys of releases. Nothing else in the product compares versions. The rules are docs/findings.md, "Versions".

import { MAX_VERSION_CHARACTERS } from '../../limits/limits.ts';

/** A number of a version, of any size. */
type Numeral = number | bigint;
/** A part of a suffix: a run of digits or of letters, in lower case. */
export type VersionPart = Numeral | string;

/** What was read from a version's text. */
export interface Version {
  /** One to four were written; those that were not are 0. */
  readonly numbers: readonly [Numeral, Numeral, Numeral, Numeral];
  /** `build`: that version, packed once more (`1.4.0-alpine`, `1.4.0-20260428`). */
  readonly kind: 'release' | 'pre-release' | 'build';
  /** The first word of the suffix, in lower case; empty for none. */
  readonly word: string;
  /** Of the suffix. */
  readonly parts: readonly VersionPart[];
  /** A part is a commit, so that it has no order. */
  readonly hasCommit: boolean;
  /** Of the build metadata behind `+`. */
  readonly build: readonly VersionPart[];
}

/** `semver`: as npm orders its packages, where every suffix is a pre-release. */
export type Scheme = 'any' | 'semver';

/** How far a version has come. What moves is no version at all: another build tomorrow. */
export const MATURITIES = ['moving', 'alpha', 'beta', 'rc', 'stable'] as const;
export type Maturity = (typeof MATURITIES)[number];

/** Words that name a stage. The short ones do so before a number: `1.4.0b2`. */
const STAGE_OF_WORD: ReadonlyMap<string, 'alpha' | 'beta' | 'rc'> = new Map([
  ['alpha', 'alpha'],
  ['a', 'alpha'],
  ['beta', 'beta'],
  ['b', 'beta'],
  ['rc', 'rc'],
  ['c', 'rc'],
  ['cr', 'rc'],
]);

const PRE_RELEASE_WORDS: ReadonlySet<string> = new Set([
  'alpha',
  'beta',
  'rc',
  'cr',
  'm',
  'milestone',
  'pre',
  'preview',
  'next',
  'dev',
  'nightly',
  'canary',
  'snapshot',
  'ea',
  'edge',
  'insiders',
  'experimental',
  'unstable',
]);
const BEFORE_A_NUMBER: ReadonlySet<string> = new Set(['a', 'b', 'c']);

const MOVING_WORDS: ReadonlySet<string> = new Set([
  'latest',
  'main',
  'master',
  'trunk',
  'head',
  'edge',
  'nightly',
  'dev',
  'develop',
  'canary',
  'snapshot',
  'current',
]);

/** Numbers, a suffix, build metadata. A suffix behind a single number begins with `-`, or `12rc` would be a version. */
const VERSION =
  /^v?(?:(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:[-_~]|\.?(?=[a-z]))[0-9a-z._~-]*)?|(\d{1,6})(-[0-9a-z._~-]*)?)(?:\+([0-9a-z.-]+))?$/i;
const STRICT_SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*))*))?(?:\+([0-9a-z-]+(?:\.[0-9a-z-]+)*))?$/i;
/** `^2.6.0`, `~1`, `>=1.2 <2`, `*`, `1.25.x`: many versions, and none of them. */
const RANGE = /^[~^<>=]|^\*$|^v?\d+(?:\.\d+)*\.[x*](?:[.-]|$)|^v?\d[^|]*(?:\|\|| - )/i;
/** A commit that nobody tagged, as Go writes it: `v0.126.1-0.20260428120000-4f2a9c1b7d3e`. */
const GO_PSEUDO = /(?:^|[-.])\d{14}-[0-9a-f]{12}$/;
const COMMIT = /^[0-9a-f]{7,}$/i;

/** Versions repeat: what each text says is worked out once. Bounded, as they come from outside. */
const known = { any: new Map<string, Version | null>(), semver: new Map<string, Version | null>() };
const MAX_KNOWN = 20_000;

/**
 * Reads a version: white space around it and a leading `v` do not count.
 *
 * @param scheme `semver` for what npm versioned
 * @returns null where the text is not comparable: no version, or a range. Never throws
 */
export function readVersion(text: string, scheme: Scheme = 'any'): Version | null {
  const readings = known[scheme];
  const read = readings.get(text);
  if (read !== undefined) return read;
  const version = scheme === 'any' ? readAny(text.trim()) : readSemver(text.trim());
  if (readings.size >= MAX_KNOWN) readings.clear();
  readings.set(text, version);
  return version;
}

function readAny(text: string): Version | null {
  if (text.length > MAX_VERSION_CHARACTERS || RANGE.test(text)) return null;
  const match = VERSION.exec(text);
  if (match === null) return null;
  const [, major, minor, patch, fourth, longSuffix, single, shortSuffix, build = ''] = match;
  const suffix = longSuffix ?? shortSuffix ?? '';
  if (suffix !== '' && !/[0-9a-z]/i.test(suffix)) return null;
  const { word, isPreRelease } = readSuffix(suffix);
  return {
    numbers: [numeral(major ?? single), numeral(minor), numeral(patch), numeral(fourth)],
    kind: suffix === '' ? 'release' : isPreRelease ? 'pre-release' : 'build',
    word,
    parts: partsOf(suffix),
    hasCommit: suffix.split(/[-_.~]/).some((part) => COMMIT.test(part) && /[a-f]/i.test(part)),
    build: partsOf(build),
  };
}

function readSemver(text: string): Version | null {
  const match = text.length > MAX_VERSION_CHARACTERS ? null : STRICT_SEMVER.exec(text);
  if (match === null) return null;
  const [, major, minor, patch, suffix, build = ''] = match;
  return {
    numbers: [numeral(major), numeral(minor), numeral(patch), 0],
    kind: suffix === undefined ? 'release' : 'pre-release',
    word: readSuffix(suffix ?? '').word,
    parts: (suffix?.split('.') ?? []).map((part) => (/^\d+$/.test(part) ? numeral(part) : part)),
    hasCommit: false,
    build: partsOf(build),
  };
}

function numeral(digits: string | undefined): Numeral {
  if (digits === undefined) return 0;
  return digits.length < 16 ? Number(digits) : BigInt(digits);
}

/** Runs of digits and runs of letters: `rc1` is `rc.1`. */
function partsOf(suffix: string): VersionPart[] {
  return (suffix.toLowerCase().match(/\d+|[a-z]+/g) ?? []).map((run) => (/^\d/.test(run) ? numeral(run) : run));
}

/** The first word of a suffix: numbers before it do not count, and a commit is none. */
function readSuffix(suffix: string): { word: string; isPreRelease: boolean } {
  if (GO_PSEUDO.test(suffix)) return { word: '', isPreRelease: true };
  const parts = suffix.split(/[-_.~]/).filter((part) => part !== '');
  for (const [at, part] of parts.entries()) {
    if (COMMIT.test(part) && /\d/.test(part)) continue;
    const match = /^\d*([a-z]+)(\d*)/i.exec(part);
    if (match?.[1] === undefined) continue;
    const word = match[1].toLowerCase();
    const beforeNumber = match[2] !== '' || /^\d/.test(parts[at + 1] ?? '');
    return { word, isPreRelease: PRE_RELEASE_WORDS.has(word) || (BEFORE_A_NUMBER.has(word) && beforeNumber) };
  }
  return { word: '', isPreRelease: false };
}

/** The stage that the suffix of a version names; null for none that is known. */
export function stageOfWord({ word, kind }: Version): 'alpha' | 'beta' | 'rc' | null {
  return kind === 'pre-release' ? (STAGE_OF_WORD.get(word) ?? null) : null;
}

/** Whether a text names something that moves: a branch, `latest`, `2.0.0-SNAPSHOT`, a range. */
export function isMoving(text: string): boolean {
  const plain = text.trim();
  const lastWord = plain.slice(plain.search(/[a-z]+$/i)).toLowerCase();
  return (lastWordStands(plain, lastWord) && MOVING_WORDS.has(lastWord)) || RANGE.test(plain);
}

/** The last word is one where a separator, or nothing, is before it: the tag `fathead` does not move. */
function lastWordStands(text: string, word: string): boolean {
  const before = text.at(-word.length - 1);
  return word !== '' && (text.length === word.length || before === undefined || !/[a-z]/i.test(before));
}

/** Whether the last word of a text is one of a pre-release or of something that moves. */
export function endsAsPreRelease(text: string): boolean {
  const [, last = '', number = ''] = /(?:^|[^a-z])([a-z]+)([\d.]*)$/i.exec(text.trim()) ?? [];
  const word = last.toLowerCase();
  return PRE_RELEASE_WORDS.has(word) || MOVING_WORDS.has(word) || (BEFORE_A_NUMBER.has(word) && /\d/.test(number));
}

/**
 * How far a version has come; null where its text says nothing of it.
 *
 * @param pinned a digest stands beside it, so that it cannot move
 */
export function maturityOf(text: string, scheme: Scheme, pinned: boolean): Maturity | null {
  if (!pinned && isMoving(text)) return 'moving';
  const version = readVersion(text, scheme);
  if (version === null) return null;
  return version.kind === 'pre-release' ? (stageOfWord(version) ?? 'alpha') : 'stable';
}

export function isLessMature(a: Maturity, b: Maturity): boolean {
  return MATURITIES.indexOf(a) < MATURITIES.indexOf(b);
}

/**
 * The order of two versions: negative where the first is lower, 0 where they are equal or where nothing says which is
 * lower. It is a strict weak order among versions without a build suffix, and among builds of one shape.
 */
export function compareVersions(a: Version, b: Version): number {
  const order = compareNumbers(a, b);
  if (order !== 0) return order;
  const [preA, preB] = [a.kind === 'pre-release', b.kind === 'pre-release'];
  if (preA !== preB) return preA ? -1 : 1;
  if (preA) return compareParts(a.parts, b.parts);
  if (a.kind !== b.kind || a.kind === 'release') return 0; // a build of a version is that version
  return haveOneShape(a, b) ? compareParts(a.parts, b.parts) : 0;
}

/** The order of the numbers alone. @param count how many of the four are looked at */
export function compareNumbers({ numbers: a }: Version, { numbers: b }: Version, count = 4): number {
  for (let at = 0; at < count; at++) {
    const [one, two] = [a[at] as Numeral, b[at] as Numeral]; // both are within
    if (one < two) return -1;
    if (one > two) return 1;
  }
  return 0;
}

/** Part by part: numbers as numbers, a number before a word, words by text, the shorter first. */
export function compareParts(a: readonly VersionPart[], b: readonly VersionPart[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [one, two] = [a[at] as VersionPart, b[at] as VersionPart]; // both are within
    const words = Number(typeof one === 'string') - Number(typeof two === 'string');
    if (words !== 0) return words;
    if (one !== two && one < two) return -1;
    if (one !== two && one > two) return 1;
  }
  return a.length - b.length;
}

/**
 * The order of two versions that are numbers alone, as most are: without reading them. Null where either is anything
 * else, or a number of it is too long.
 */
export function comparePlain(a: string, b: string): number | null {
  if (!a.includes('.') || !b.includes('.')) return null; // of a single number not any is a version
  let atA = startOf(a);
  let atB = startOf(b);
  let order = 0;
  let parts = 0;
  for (; atA < a.length || atB < b.length; parts++) {
    const endA = endOfNumber(a, atA);
    const endB = endOfNumber(b, atB);
    if (endA === -1 || endB === -1) return null;
    if (order === 0) order = numberAt(a, atA, endA) - numberAt(b, atB, endB);
    atA = Math.min(endA + 1, a.length);
    atB = Math.min(endB + 1, b.length);
  }
  return parts > 4 ? null : order;
}

function startOf(text: string): number {
  return text.charCodeAt(0) === V ? 1 : 0;
}

/** Where a number ends that begins at a place: at a dot with more behind it, or at the end of the text; -1 for none. */
function endOfNumber(text: string, from: number): number {
  if (from >= text.length) return from;
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= DIGITS[0] && text.charCodeAt(at) <= DIGITS[1]) at++;
  const isEnd = at === text.length || (text.charCodeAt(at) === DOT && at + 1 < text.length);
  return isEnd && at > from && at - from < 16 ? at : -1;
}

/** A number that stands in a text, without making a text of it; 0 where there is none. */
function numberAt(text: string, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at++) number = number * 10 + text.charCodeAt(at) - DIGITS[0];
  return number;
}

const [V, DOT] = [118, 46];
const DIGITS = [48, 57] as const;

/** The same words, and numbers in the same places: `debian-12-r9` and `debian-12-r10`. */
function haveOneShape(a: Version, b: Version): boolean {
  if (a.hasCommit || b.hasCommit || a.parts.length !== b.parts.length) return false;
  return a.parts.every((part, at) => {
    const other = b.parts[at];
    return typeof part === 'string' ? part === other : typeof other !== 'string';
  });
}

/** Whether two texts spell one version: `v1.4.0`, `1.4.0` and `1.4`; `rc1` and `rc.1`. Else equal as they stand. */
export function sameVersion(a: string, b: string): boolean {
  if (a === b) return true;
  const order = comparePlain(a, b);
  if (order !== null) return order === 0;
  const [one, two] = [readVersion(a), readVersion(b)];
  if (one === null || two === null) return withoutV(a.trim()) === withoutV(b.trim());
  return (
    compareNumbers(one, two) === 0 &&
    compareParts(one.parts, two.parts) === 0 &&
    compareParts(one.build, two.build) === 0
  );
}

/** One text for all spellings of a version: `1.4.0-rc.2+build.5`. */
export function spelling({ numbers, parts, build }: Version): string {
  const [major, minor, patch, fourth] = numbers;
  const main = `${major}.${minor}.${patch}${fourth === 0 ? '' : `.${fourth}`}`;
  return `${main}${parts.length === 0 ? '' : `-${parts.join('.')}`}${build.length === 0 ? '' : `+${build.join('.')}`}`;
}

/** `v1.4.0` → `1.4.0`. Only a `v` directly before a digit is dropped: `vault` stays. */
export function withoutV(text: string): string {
  return /^v[0-9]/.test(text) ? text.slice(1) : text;
}

/**
 * Whether a tag of an image, or the appVersion of a chart, says another version than a component's own. It does not
 *
 * - where the numbers are equal and neither is a pre-release (`1.4.0-alpine`, `1.4`);
 * - where it is the pre-release with more behind a `-` (`1.4.0-rc.1-alpine`);
 * - where it is the commit that the component was built from: alone, behind `sha-`, `git-`, `g` or `commit-`;
 * - where it moves, or is not a version: it says nothing then.
 */
export function saysOtherVersion(tag: string, own: string, commit: string | undefined): boolean {
  if (withoutV(tag) === withoutV(own) || isTagOf(tag, own) || isMoving(tag) || isCommitTag(tag, commit)) return false;
  const [said, version] = [readVersion(tag), readVersion(own)];
  if (said === null || version === null) return false;
  if (compareNumbers(said, version) !== 0) return true;
  if (said.kind !== 'pre-release' && version.kind !== 'pre-release') return false;
  if (said.kind !== version.kind) return true;
  return !beginningsOf(tag).some((beginning) => {
    const read = readVersion(beginning);
    return read !== null && read.kind === version.kind && compareParts(read.parts, version.parts) === 0;
  });
}

/** A text, and what it is without each of its ends behind a `-`. */
function beginningsOf(tag: string): string[] {
  const beginnings = [tag];
  for (let at = tag.lastIndexOf('-'); at > 0; at = tag.lastIndexOf('-', at - 1)) beginnings.push(tag.slice(0, at));
  return beginnings;
}

/** Whether a tag is a commit, or its beginning: alone, or behind `sha-`, `git-`, `g` or `commit-`. */
export function isCommitTag(tag: string, commit: string | undefined): boolean {
  const digits = /^(?:sha-|git-|g|commit-)?([0-9a-f]{7,64})$/i.exec(tag)?.[1]?.toLowerCase();
  return digits !== undefined && commit?.toLowerCase().startsWith(digits) === true;
}

/** Whether a tag spells a version out, with or without `v`. Image tags cannot hold `+`; tools write `_` or `-` for it. */
export function isTagOf(tag: string, version: string): boolean {
  const [bareTag, bare] = [withoutV(tag), withoutV(version)];
  return (
    bareTag === bare ||
    (bare.includes('+') && (bareTag === bare.replace(/\+/g, '_') || bareTag === bare.replace(/\+/g, '-')))
  );
}

/** Whether a text, with an optional leading `v`, is SemVer to the letter. */
export function isSemver(text: string): boolean {
  return readVersion(text, 'semver') !== null;
}
