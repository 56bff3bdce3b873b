import type { FindingCode } from '../finding/finding.ts';
import type { SeveritySetting } from '../finding/severity.ts';
import { DEFAULT_ENVIRONMENTS, type EnvironmentNames } from '../item/environment.ts';
import type { Release, Stage, StageWords, WeighedStage } from '../item/release.ts';
import type { Expectation, PolicyDocument } from './policy-document.ts';

/** A row of the roster, resolved. */
export interface RosterRow {
  /** As written. */
  readonly component: string;
  /** The component it names, or null for a glob. */
  readonly literal: string | null;
  readonly matches: (component: string) => boolean;
  readonly expectation: Expectation;
  readonly appliesTo: (release: Release) => boolean;
}

export interface Waiver {
  readonly code: FindingCode;
  readonly matches: (component: string | null) => boolean;
  readonly appliesTo: (release: Release) => boolean;
  /** Folded name; null for any. */
  readonly environment: string | null;
  readonly reason: string;
  readonly by: string;
  readonly expires: string;
  /** The last moment it holds, milliseconds since 1970. */
  readonly endsAt: number;
}

/** When the stable release of a line is due. */
export interface PlannedLine {
  /** MAJOR.MINOR.PATCH. */
  readonly line: string;
  /** As the policy writes it. */
  readonly due: string;
  /** The last moment that is in time, milliseconds since 1970. */
  readonly dueAt: number;
  readonly manager: string | null;
  readonly link: string | null;
}

/** A time in which nothing is rolled out to an environment. */
export interface Freeze {
  /** Folded name. */
  readonly environment: string;
  /** As the policy writes them. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Its first and its last moment, milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** That something is out of use, and since when. */
export interface Withdrawal {
  readonly reason: string;
  readonly by: string;
  /** A date or a time, as the policy writes it. */
  readonly date: string;
}

/** A component that is retired, in some releases. */
export interface WithdrawnComponent {
  /** The component it names, or null for a glob. */
  readonly literal: string | null;
  readonly matches: (component: string) => boolean;
  readonly appliesTo: (release: Release) => boolean;
}

/** What is out of use. */
export interface Withdrawn {
  /** Null for a release that is in use. */
  readonly ofRelease: (release: Release) => Withdrawal | null;
  readonly components: readonly WithdrawnComponent[];
  /** By folded name. Nothing that runs there has a place in the matrix. */
  readonly environments: ReadonlyMap<string, Withdrawal>;
}

/** Evidence that is asked for. */
export interface EvidenceRule {
  readonly name: string;
  /** Each component that it is asked of; null: it is asked of the release as a whole. */
  readonly matches: ((component: string) => boolean) | null;
  /** Only what persons signed counts. */
  readonly byPerson: boolean;
  readonly minimum: number;
  readonly stages: readonly WeighedStage[];
  readonly appliesTo: (release: Release) => boolean;
}

/** The resolved form: what the checks ask. */
export interface Policy {
  readonly environments: EnvironmentNames;
  readonly graceMinutes: number;
  /** Words of suffixes, in lower case, and the stage that each names. */
  readonly stages: StageWords;
  /** Patch releases tag only what changed: each required component is carried over in them. */
  readonly patchesCarry: boolean;
  readonly evidence: readonly EvidenceRule[];
  readonly roster: readonly RosterRow[];
  readonly waivers: readonly Waiver[];
  readonly withdrawn: Withdrawn;
  readonly lines: readonly PlannedLine[];
  readonly freezes: readonly Freeze[];
  /** The severity that the policy gives a finding; undefined where it says nothing. */
  readonly severityOf: (code: FindingCode, stage: Stage) => SeveritySetting | undefined;
  readonly links: { readonly commit: string; readonly compare: string };
  /**
   * The waves of a plan, each the matchers of its components; null: by their types. A plan is the only thing that asks.
   */
  readonly waves: readonly (readonly ((component: string) => boolean)[])[] | null;
  /** The document it was made of, for the digest; null for the defaults. */
  readonly document: PolicyDocument | null;
  /**
   * What was wrong in the document that should be in force: these are the defaults then, and nothing passes by them.
   * Empty for a good document, and where there is none.
   */
  readonly faults: readonly PolicyFault[];
}

/** What is wrong in a policy document, and where. */
export interface PolicyFault {
  /** `waivers[0].expires`; empty for the document itself. */
  readonly path: string;
  readonly reason: string;
}

/** The policy that holds where there is no document. */
export const DEFAULT_POLICY: Policy = {
  environments: DEFAULT_ENVIRONMENTS,
  graceMinutes: 60,
  stages: new Map(),
  patchesCarry: false,
  evidence: [],
  roster: [],
  waivers: [],
  withdrawn: { ofRelease: () => null, components: [], environments: new Map() },
  lines: [],
  freezes: [],
  severityOf: () => undefined,
  links: {
    commit: 'https://github.com/{repo}/commit/{commit}',
    compare: 'https://github.com/{repo}/compare/{from}...{to}',
  },
  waves: null,
  document: null,
  faults: [],
};

/** What holds in place of a broken document: the defaults, by which nothing passes. */
export function brokenPolicy(faults: readonly PolicyFault[]): Policy {
  return { ...DEFAULT_POLICY, faults };
}
