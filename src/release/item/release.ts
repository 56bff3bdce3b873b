import {
  compareNumbers,
  compareParts,
  endsAsPreRelease,
  readVersion,
  spelling,
  stageOfWord,
  type Version,
} from './version.ts';

/**
 * How far a release has come, from the first word of its key's suffix: `alpha`, `beta`, `rc`; none is `stable`. `other`
 * holds every other word (`next`, `hotfix`) and the keys that have no number order at all.
 */
export const STAGES = ['alpha', 'beta', 'rc', 'stable', 'other'] as const;
export type Stage = (typeof STAGES)[number];
/** The stages that a finding can weigh as. */
export const WEIGHED_STAGES = ['alpha', 'beta', 'rc', 'stable'] as const satisfies readonly Stage[];
export type WeighedStage = (typeof WEIGHED_STAGES)[number];

/** Where a release of a stage is expected to run. `other` is expected nowhere. */
export const EXPECTED_ENVIRONMENTS = {
  alpha: ['dev'],
  beta: ['qa', 'staging'],
  rc: ['preprod'],
  stable: ['prod'],
  other: [],
} satisfies Record<Stage, readonly string[]>;

/** A release: one value of the table's HASH key. */
export interface Release {
  /** The key as stored: `v1.4.0-rc.2`. */
  readonly tag: string;
  /** One text for all spellings of its version (`rc1` is `rc.1`), without `v`; null where the key has no number order. */
  readonly version: string | null;
  readonly stage: Stage;
  /**
   * The stage whose severities count for it. Another pre-release word weighs as an alpha; what is not known to be a
   * trial may be on its way to production, and weighs as stable.
   */
  readonly weighsAs: WeighedStage;
  /** MAJOR.MINOR.PATCH, shared by a stable release and its pre-releases; null where the key has no number order. */
  readonly line: string | null;
}

/** The stage that counts of a release that is judged as one: of `other` the one that it weighs as. */
export function weighedStage(stage: Stage, { weighsAs }: Pick<Release, 'weighsAs'>): WeighedStage {
  return stage === 'other' ? weighsAs : stage;
}

/** What the policy says of the words of suffixes: word in lower case → stage. */
export type StageWords = ReadonlyMap<string, WeighedStage>;

const NO_WORDS: StageWords = new Map();

/** Reads a release key. Never throws; what has no number order becomes a release without version and line. */
export function readRelease(tag: string, words: StageWords = NO_WORDS): Release {
  const key = readReleaseKey(tag);
  if (key === null) {
    return { tag, version: null, stage: 'other', weighsAs: endsAsPreRelease(tag) ? 'alpha' : 'stable', line: null };
  }
  const [major, minor, patch] = key.any.numbers;
  const stage = stageOf(key.any, words);
  return {
    tag,
    version: spelling(key.any),
    stage,
    weighsAs: stage !== 'other' ? stage : key.any.kind === 'pre-release' ? 'alpha' : 'stable',
    line: `${major}.${minor}.${patch}`,
  };
}

function stageOf(version: Version, words: StageWords): Stage {
  if (version.kind === 'release') return 'stable';
  return words.get(version.word) ?? stageOfWord(version) ?? 'other';
}

/** A release key that has a place among the others. */
export interface ReleaseKey {
  readonly any: Version;
  /** As SemVer reads it; null where it cannot (`2024.1`, `2026.08.1`, `1.2.3.4`). */
  readonly semver: Version | null;
}

/** Reads a release key for `compareKeys`; null where it has no number order. */
export function readReleaseKey(tag: string): ReleaseKey | null {
  const any = readVersion(tag);
  return any === null ? null : { any, semver: readVersion(tag, 'semver') };
}

/**
 * The order of two releases: by their numbers, then by SemVer precedence, then by build metadata, its numbers as
 * numbers. 0 for two spellings of one version.
 */
export function compareKeys(a: ReleaseKey, b: ReleaseKey): number {
  const numbers = compareNumbers(a.any, b.any);
  if (numbers !== 0) return numbers;
  const [preA, preB] = [isPreRelease(a), isPreRelease(b)];
  if (preA !== preB) return preA ? -1 : 1;
  return comparePreReleases(a, b) || compareParts(a.any.build, b.any.build);
}

/** For SemVer every suffix is a pre-release, also one that is not for us (`-hotfix.1`). */
function isPreRelease({ any, semver }: ReleaseKey): boolean {
  return (semver ?? any).kind === 'pre-release';
}

/** Keys that SemVer reads come before those that it does not, or the two orders would contradict each other. */
function comparePreReleases({ any: a, semver: semverA }: ReleaseKey, { any: b, semver: semverB }: ReleaseKey): number {
  if (semverA !== null && semverB !== null) return compareParts(semverA.parts, semverB.parts);
  if (semverA === null && semverB === null) return compareParts(a.parts, b.parts);
  return isPreRelease({ any: a, semver: semverA }) ? (semverA !== null ? -1 : 1) : compareParts(a.parts, b.parts);
}

/**
 * Releases in the order of the screen: newest first, ties by tag text; keys without number order last, by text.
 *
 * @param words what the policy says of the words of suffixes
 */
export function sortReleases(tags: Iterable<string>, words: StageWords = NO_WORDS): Release[] {
  const read = [...new Set(tags)].map((tag) => ({ tag, key: readReleaseKey(tag) }));
  read.sort((a, b) => {
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
      return compareText(a.tag, b.tag);
    }
    return compareKeys(b.key, a.key) || compareText(a.tag, b.tag);
  });
  return read.map(({ tag }) => readRelease(tag, words));
}

/** Order by code point: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
