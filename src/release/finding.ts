import type { Stage } from './release.ts';

/** How much a finding weighs. Only an error blocks. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every discrepancy the product names, with what each finding of it carries as evidence. */
export interface FindingDetails {
  'missing-component': {
    /** The newest lower release that holds the component, and when it was published there. */
    readonly lastSeenIn: string | null;
    readonly lastSeenAt: string | null;
    /** The stable releases from which the roster was inferred, newest first. */
    readonly expectedBy: readonly string[];
    /** The release is younger than the grace period: the fragment may still be on its way. */
    readonly arriving: boolean;
  };
}

export type FindingCode = keyof FindingDetails;

interface FindingOf<C extends FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  /** Tag of the release it is about. */
  readonly release: string;
  /** `<type>#<name>` of the column, or null where it is about the release as a whole. */
  readonly component: string | null;
  readonly environment: string | null;
  readonly details: FindingDetails[C];
}

/** A discrepancy, as data: its code, its weight and its coordinates. Its words are made by `describeFinding`. */
export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];

/** `-` is not emitted. */
type Weight = Severity | '-';

/** How much each finding weighs at each stage of the release; `other` weighs as alpha does. */
export const SEVERITY_BY_STAGE = {
  'missing-component': { alpha: 'info', beta: 'warning', rc: 'error', stable: 'error', other: 'info' },
} satisfies Record<FindingCode, Record<Stage, Weight>>;

/** Words for people: the same on the screen, in a terminal and in a message. */
export interface FindingWords {
  readonly title: string;
  readonly why: string;
  readonly whatToDo: string;
}

const WORDS: { readonly [C in FindingCode]: (finding: FindingOf<C>, name: string) => FindingWords } = {
  'missing-component': ({ release, details }, name) => {
    const seen = details.lastSeenIn === null ? '' : `, last seen in ${details.lastSeenIn}`;
    return details.arriving
      ? {
          title: `${name} has not arrived yet`,
          why: `${release} is younger than the grace period, and ${name} is expected in it${seen}.`,
          whatToDo: 'Wait for its pipeline. After the grace period it counts as missing.',
        }
      : {
          title: `${name} is missing from ${release}`,
          why: `It is in the stable releases before (${details.expectedBy.join(', ')})${seen}, so it is expected here.`,
          whatToDo: `Publish the fragment of ${name} for ${release}, or look into its pipeline.`,
        };
  },
};

/** What a finding says. `name` is the component's name as the screen shows it. */
export function describeFinding(finding: Finding): FindingWords {
  const name =
    finding.component === null ? finding.release : finding.component.slice(finding.component.indexOf('#') + 1);
  return WORDS[finding.code](finding, name);
}
