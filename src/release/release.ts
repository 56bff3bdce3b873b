import { parseVersion, type SemVer, versionText } from './version.ts';

/**
 * How far a release has come, from its first pre-release identifier; none is `stable`. `other` holds every other
 * identifier (`next`, `RC`, `rc10`) and the keys that are no SemVer at all.
 */
export const STAGES = ['alpha', 'beta', 'rc', 'stable', 'other'] as const;
export type Stage = (typeof STAGES)[number];

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
  /** Canonical SemVer without `v`, or null where the key is none. */
  readonly version: string | null;
  readonly stage: Stage;
  /** MAJOR.MINOR.PATCH, shared by a stable release and its pre-releases; null where the key is no SemVer. */
  readonly line: string | null;
}

/** Reads a release key. Never throws; what is no SemVer becomes a release without version and line. */
export function readRelease(tag: string): Release {
  return describeRelease(tag, parseVersion(tag));
}

function describeRelease(tag: string, version: SemVer | null): Release {
  if (version === null) return { tag, version: null, stage: 'other', line: null };
  return {
    tag,
    version: versionText(version),
    stage: stageOf(version),
    line: `${version.major}.${version.minor}.${version.patch}`,
  };
}

/** The stage a version's first pre-release identifier names. */
export function stageOf(version: SemVer): Stage {
  const first = version.prerelease[0];
  if (first === undefined) return 'stable';
  return first === 'alpha' || first === 'beta' || first === 'rc' ? first : 'other';
}

/** How far a stage has come; a pre-release of no known stage counts as an alpha. */
const MATURITY = { other: 0, alpha: 0, beta: 1, rc: 2, stable: 3 } satisfies Record<Stage, number>;

export function isLessMature(a: Stage, b: Stage): boolean {
  return MATURITY[a] < MATURITY[b];
}

/**
 * Releases in the order of the screen: newest first by SemVer precedence, ties by build metadata, then by tag text;
 * keys that are no SemVer last, by text.
 */
export function sortReleases(tags: Iterable<string>): Release[] {
  const read = [...new Set(tags)].map((tag) => ({ tag, version: parseVersion(tag) }));
  read.sort((a, b) => {
    if (a.version === null || b.version === null) {
      if (a.version !== b.version) return a.version === null ? 1 : -1;
      return compareText(a.tag, b.tag);
    }
    return b.version.compare(a.version) || b.version.compareBuild(a.version) || compareText(a.tag, b.tag);
  });
  return read.map(({ tag, version }) => describeRelease(tag, version));
}

/** Order by code point: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
