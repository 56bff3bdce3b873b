import { COMPARED_FIELDS, fieldText, fieldWeight } from '../item/field-weights.ts';
import type { FieldName } from '../item/fields.ts';
import type { Fragment } from '../item/fragment.ts';
import { schemeOf } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { compareNumbers, compareVersions, readVersion, sameVersion, withoutV } from '../item/version.ts';
import { sameCommit } from './checked-release.ts';

/** What became of a component between two releases. */
export const CHANGE_CLASSES = ['new', 'removed', 'changed', 'rebuilt', 'unchanged'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** How a changed component's version moved. */
export const VERSION_STEPS = [
  'downgrade',
  'major',
  'minor',
  'patch',
  'pre-release',
  'not-comparable',
  'same-version',
] as const;
export type VersionStep = (typeof VERSION_STEPS)[number];

export interface ClassifiedChange {
  readonly class: Extract<ChangeClass, 'changed' | 'rebuilt' | 'unchanged'>;
  /** Null unless changed. */
  readonly step: VersionStep | null;
}

export interface FieldDifference {
  readonly field: FieldName;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The fields in which two fragments of one component differ. A short commit equals the long one it begins, and digests
 * are written in either case.
 */
export function fieldDifferences(from: Fragment, to: Fragment): FieldDifference[] {
  const differences: FieldDifference[] = [];
  for (const field of COMPARED_FIELDS) {
    if (from.fields[field] === to.fields[field]) continue; // nearly always, and it needs no text
    const [a, b] = [fieldText(from, field), fieldText(to, field)];
    if (a === b || (a !== null && b !== null && meansSame(field, a, b))) continue;
    differences.push({ field, from: a, to: b });
  }
  return differences;
}

function meansSame(field: FieldName, a: string, b: string): boolean {
  if (field === 'commit') return sameCommit(a, b);
  return field === 'digest' && a.toLowerCase() === b.toLowerCase();
}

/**
 * What became of a component between two of its fragments.
 *
 * 1. *Of one source* are two fragments of the same commit; where a commit is unknown, of the same digest.
 * 2. *Without a step* are two versions that differ at most in their pre-release or their build metadata (1.4.0-rc.2,
 *    then 1.4.0), or that each only repeat their release, so that they move whether the component does or not.
 * 3. Of one source and without a step: `changed` (same version) where the content means something else, such as another
 *    evolution policy; else `rebuilt` where what ships differs: another digest, artifact, image, hash, or stated
 *    version, but for its spelling; else `unchanged`. Where both digests are known and equal, the names of artifact and
 *    image say nothing, nor does the hash of a deployment where these names differ: it is over the image's name too.
 *    Between two environments it never does, as it is over the environment's settings too.
 * 4. Otherwise another version is `changed`, by its step. The same version is `changed` (same version) where commit,
 *    content or what ships differs: the tag was moved. Else it is `unchanged`.
 *
 * The classes do not depend on the direction; a step up is a downgrade the other way round.
 */
export function classifyChange(from: Fragment, to: Fragment): ClassifiedChange {
  const [a, b] = [from.fields.commit, to.fields.commit];
  const commits = a === undefined || b === undefined ? 'unknown' : sameCommit(a, b) ? 'same' : 'other';
  const sameDigest = hasSameDigest(from, to);
  const ofOneSource = commits === 'same' || (commits === 'unknown' && sameDigest);
  if (ofOneSource && !hasStep(from, to)) {
    const { means, ships } = differ(from, to, sameDigest);
    if (means) return { class: 'changed', step: 'same-version' };
    return { class: ships ? 'rebuilt' : 'unchanged', step: null };
  }
  const step = stepBetween(from, to);
  if (step !== null) return { class: 'changed', step };
  if (commits === 'other') return { class: 'changed', step: 'same-version' };
  const { means, ships } = differ(from, to, sameDigest);
  return means || ships ? { class: 'changed', step: 'same-version' } : { class: 'unchanged', step: null };
}

/** Whether a component is another one than before: anything but unchanged. */
export function isAnother(from: Fragment, to: Fragment): boolean {
  const [a, b] = [from.fields.commit, to.fields.commit];
  // Of another commit it is changed, whatever its version: most are, and need no reading of versions.
  if (a !== undefined && b !== undefined && !sameCommit(a, b)) return true;
  return classifyChange(from, to).class !== 'unchanged';
}

/** Whether the content means something else, and whether what ships is something else. */
function differ(from: Fragment, to: Fragment, sameDigest: boolean): { means: boolean; ships: boolean } {
  const differences = fieldDifferences(from, to);
  if (differences.length === 0) return { means: false, ships: false };
  const isRenamed = sameDigest && differences.some(({ field }) => NAMES_OF_DIGEST.includes(field));
  const ignored = [...(sameDigest ? NAMES_OF_DIGEST : []), ...(isRenamed || areApart(from, to) ? DEPLOYMENT_HASH : [])];
  return {
    means: differences.some(({ field }) => fieldWeight(field) === 'meaning'),
    ships: differences.some(
      (one) => fieldWeight(one.field) === 'build' && !ignored.includes(one.field) && !isSpelling(one),
    ),
  };
}

const NAMES_OF_DIGEST: readonly FieldName[] = ['artifact', 'imageRef'];
const DEPLOYMENT_HASH: readonly FieldName[] = ['deploymentHash'];

export const VERSION_FIELDS: readonly FieldName[] = [
  'componentVersion',
  'npmVersion',
  'schemaVersion',
  'chartVersion',
  'appVersion',
];

/** One version, written in two ways: `1.4.0` and `v1.4.0`. */
function isSpelling({ field, from, to }: FieldDifference): boolean {
  return VERSION_FIELDS.includes(field) && from !== null && to !== null && sameVersion(from, to);
}

/** Both name environments, and none in common. */
function areApart({ environments: a }: Fragment, { environments: b }: Fragment): boolean {
  return a.length > 0 && b.length > 0 && !a.some((name) => b.includes(name));
}

function hasSameDigest(a: Fragment, b: Fragment): boolean {
  const [digestA, digestB] = [digestOf(a), digestOf(b)];
  return digestA !== null && digestB !== null && digestA.toLowerCase() === digestB.toLowerCase();
}

/** The digest of what a fragment ships or runs; null where it is not known. */
export function digestOf({ fields }: Fragment): string | null {
  const image = fields.imageRef === undefined ? null : parseImage(fields.imageRef);
  return image?.digest ?? fields.digest ?? null;
}

function hasStep(from: Fragment, to: Fragment): boolean {
  if (repeatsRelease(from) && repeatsRelease(to)) return false;
  if (withoutV(from.ownVersion) === withoutV(to.ownVersion)) return false;
  const [a, b] = [versionOf(from), versionOf(to)];
  return a === null || b === null || compareNumbers(a, b) !== 0;
}

function repeatsRelease({ ownVersion, release, versionField }: Fragment): boolean {
  return versionField === null || sameVersion(ownVersion, release);
}

function versionOf(fragment: Fragment) {
  return readVersion(fragment.ownVersion, schemeOf(fragment));
}

/**
 * How a version moved; null where it is the same, but for its spelling, a build suffix of another shape or build
 * metadata. From one build of a version to the next (`-r9`, `-r10`) is a patch.
 */
function stepBetween(from: Fragment, to: Fragment): VersionStep | null {
  if (withoutV(from.ownVersion) === withoutV(to.ownVersion)) return null;
  const [a, b] = [versionOf(from), versionOf(to)];
  if (a === null || b === null) return 'not-comparable';
  const order = compareVersions(b, a);
  if (order === 0) return null;
  if (order < 0) return 'downgrade';
  if (compareNumbers(a, b, 1) !== 0) return 'major';
  if (compareNumbers(a, b, 2) !== 0) return 'minor';
  return compareNumbers(a, b) === 0 && a.kind === 'pre-release' ? 'pre-release' : 'patch';
}
