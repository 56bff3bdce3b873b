import type { Content, TestCounts } from '../item/evidence.ts';
import type { FieldFault } from '../item/fields.ts';
import type { Stage } from '../item/release.ts';
import type { Maturity } from '../item/version.ts';

/** How much a finding weighs. Only an error blocks. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something of one component, said for one environment (null: it names none). */
export interface InEnvironment {
  readonly environment: string | null;
  readonly value: string;
}

/** What was checked of a component, and what there is of it; null: it came since, or is gone. */
export interface EvidenceDifference {
  readonly component: string;
  readonly was: Content | null;
  readonly is: Content | null;
}

/** The evidence that a finding is about. */
interface EvidenceAsked {
  /** `e2e`. */
  readonly name: string;
  /** The component that it is of; null: the release as a whole. */
  readonly of: string | null;
  /** Only persons count. */
  readonly byPerson: boolean;
  /** How many must say so, and how many do. */
  readonly minimum: number;
  readonly have: number;
}

/** Every discrepancy the product names, with what each finding of it carries as evidence. */
export interface FindingDetails {
  'missing-component': {
    /** The newest lower release that holds the component, and when it was published there. */
    readonly lastSeenIn: string | null;
    readonly lastSeenAt: string | null;
    /** Why it is expected: the policy's row, or the stable releases the roster was inferred from, newest first. */
    readonly expectedBy: { readonly row: string } | { readonly releases: readonly string[] };
    /** The release is younger than the grace period: the fragment may still be on its way. */
    readonly arriving: boolean;
    /** The newest whole release before lacks it as well: perhaps it was retired. */
    readonly perhapsRetired: boolean;
  };
  'partial-release': {
    readonly held: number;
    readonly expected: number;
    /** Component ids, in column order. */
    readonly absent: readonly string[];
    /** The stable releases the roster was inferred from, newest first. */
    readonly releases: readonly string[];
  };
  'unexpected-component': Readonly<Record<never, never>>;
  'invalid-fragment': { readonly key: string | null } & ({ readonly reason: string } | { readonly fault: FieldFault });
  /** Whether the key has a place among the releases at all. */
  'invalid-version': { readonly ordered: boolean; readonly semver: boolean };
  'immature-version': {
    readonly version: string;
    readonly maturity: Maturity;
    readonly stage: Stage;
    /** It is the tag of the artifact, not the own version. */
    readonly ofArtifact: boolean;
    /** So it was in the releases before: it is versioned so. */
    readonly usual: boolean;
  };
  'version-regressed': { readonly version: string; readonly before: string; readonly previousStable: string };
  'version-mismatch':
    | { readonly version: string; readonly artifact: string; readonly tag: string }
    /** The own version has always been the release's, and is that of an earlier release now. */
    | { readonly version: string; readonly leftAt: string };
  'sibling-commit-mismatch': {
    readonly repo: string;
    readonly commits: readonly { readonly component: string; readonly commit: string }[];
  };
  'rebuilt-after-rc': {
    readonly repo: string | null;
    /** By id. */
    readonly components: readonly {
      readonly component: string;
      readonly rc: string;
      /** What differs: the commit, else the version. */
      readonly what: 'commit' | 'version';
      readonly tested: string;
      readonly ships: string;
    }[];
  };
  'stage-skipped': { readonly seen: readonly string[] };
  'image-mismatch': {
    readonly image: string;
    /** The backend or frontend component the image belongs to. */
    readonly of: string;
    readonly compared: 'digest' | 'tag';
    readonly runs: string;
    readonly expected: string;
    /** The tag, where both sides have this one and their digests differ all the same. */
    readonly sameTag: string | null;
  };
  'not-ready': {
    readonly desired: number;
    readonly ready: number;
    /** What the roll-out still waits for, as `kubectl rollout status` would say. */
    readonly waitsFor: 'observation' | 'update' | 'readiness' | 'availability';
    readonly updated: number | null;
    readonly available: number | null;
  };
  'readiness-unknown': { readonly ready: number | null };
  'scaled-to-zero': Readonly<Record<never, never>>;
  'environment-split': { readonly images: readonly InEnvironment[] };
  'partial-environment': {
    readonly running: readonly string[];
    readonly absent: readonly string[];
    /** The release is younger than the grace period. */
    readonly arriving: boolean;
  };
  'environment-inversion': { readonly earlier: readonly InEnvironment[] };
  'schema-policy-missing': { readonly policy: string | null };
  'schema-policy-weakened': { readonly policy: string; readonly before: string; readonly previousStable: string };
  'schema-breaking': {
    readonly version: string;
    readonly before: string;
    readonly policy: string;
    readonly previousStable: string;
  };
  'chart-app-mismatch': { readonly appVersion: string; readonly of: string; readonly version: string };
  'near-duplicate-name':
    | { readonly components: readonly string[] }
    /** A component came in the place of one that the release before had. */
    | { readonly renamed: { readonly from: string; readonly to: string } }
    /** Tags of one version, this release's first. */
    | { readonly spellings: readonly string[] };
  /** As the policy says it. */
  'withdrawn-release': { readonly reason: string; readonly by: string; readonly date: string };
  /** Of the environment that the gate is asked for. Times as the policy writes them. */
  frozen: { readonly reason: string; readonly from: string; readonly to: string };
  'evidence-missing': EvidenceAsked & {
    /** The release is younger than the grace period. */
    readonly arriving: boolean;
  };
  'evidence-failed': Pick<EvidenceAsked, 'name' | 'of'> & {
    /** Newest first. */
    readonly failures: readonly {
      /** The release of which it was said. */
      readonly release: string;
      /** The person who rejects it; null: CI. */
      readonly by: string | null;
      readonly at: string;
      readonly counts: TestCounts | null;
      readonly note: string | null;
      readonly link: string | null;
    }[];
  };
  'evidence-stale': EvidenceAsked & {
    /** The newest that was said of other content: of which release, by whom (null: CI), when. */
    readonly release: string;
    readonly by: string | null;
    readonly at: string;
    readonly differences: readonly EvidenceDifference[];
  };
  'future-date': { readonly date: string; readonly minutesAhead: number };
  'waiver-expired': {
    readonly waived: FindingCode;
    readonly reason: string;
    readonly by: string;
    readonly expires: string;
  };
}

export type FindingCode = keyof FindingDetails;

/** The waiver that takes a finding's weight away. */
export interface Waived {
  readonly reason: string;
  readonly by: string;
  /** As the policy writes it. */
  readonly expires: string;
  /** It ends within seven days of the reading. */
  readonly soon: boolean;
}

/** Where a finding is: what the release, the component and the environment are called. */
export interface Coordinates {
  /** Tag of the release. */
  readonly release: string;
  /** `<type>#<name>` of the column, or null where it is about the release as a whole. */
  readonly component: string | null;
  /** Folded name, or null where it is about no single environment. */
  readonly environment: string | null;
}

export interface FindingOf<C extends FindingCode> extends Coordinates {
  readonly code: C;
  readonly severity: Severity;
  readonly details: FindingDetails[C];
  readonly waived: Waived | null;
}

/** A discrepancy, as data: its code, its weight and its coordinates. Its words are made by `describeFinding`. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];

/** Whether a finding keeps a release from passing. The one place where this is decided. */
export function isBlocking(finding: Finding): boolean {
  return finding.severity === 'error' && finding.waived === null;
}

/** The components that a finding is about: where it names several, all; none where it is about the release as a whole. */
export function componentsOf({ component, code, details }: Finding): readonly string[] {
  const named = component === null ? [] : [component];
  if (code === 'sibling-commit-mismatch') return [...named, ...details.commits.map((one) => one.component)];
  if (code === 'rebuilt-after-rc') return [...named, ...details.components.map((one) => one.component)];
  return named;
}

/** By what findings of two releases are the same. */
export interface FindingPlace extends Omit<Coordinates, 'release'> {
  readonly code: FindingCode;
  /** Of evidence, what it is called. */
  readonly evidence?: string;
}

export function placeOf({ code, component, environment, details }: Finding): FindingPlace {
  return { code, component, environment, ...('name' in details ? { evidence: details.name } : {}) };
}

/** Tells findings of two releases apart, or as one. */
export function findingName(of: Finding | FindingPlace): string {
  const { code, component, environment, evidence } = 'details' in of ? placeOf(of) : of;
  return JSON.stringify([code, component, environment, evidence]);
}
