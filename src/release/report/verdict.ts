import { type Finding, isBlocking, type Waived } from '../finding/finding.ts';
import type { Roster } from '../matrix/roster.ts';

/**
 * Why it cannot be told whether a release may pass.
 *
 * - `no-fragments`: nothing is known of it;
 * - `no-roster`: nothing says what it should hold;
 * - `arriving`: something that would block is within the grace period;
 * - `partial`: a patch of a part, and nobody has said whether it is meant;
 * - `evidence`: evidence that is asked for, and would block, is within the grace period;
 * - `policy`: the policy that should be in force cannot be read.
 */
export const UNKNOWN_REASONS = ['no-fragments', 'no-roster', 'arriving', 'partial', 'evidence', 'policy'] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** The answer to "may it be promoted?". */
export interface Verdict {
  /** `fail`: something blocks. `unknown`: it cannot be told. */
  readonly result: 'fail' | 'unknown' | 'pass';
  /** All reasons that hold, in the order of `UNKNOWN_REASONS`; empty where the result is another. */
  readonly unknown: readonly UnknownReason[];
  /** Unwaived findings by severity. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly waived: number;
  /** Waivers in use that end within seven days of the reading, each once, the first to end first. */
  readonly waiversEndingSoon: readonly Waived[];
}

/**
 * Judges a release by its findings. Nothing passes for lack of data.
 *
 * @param facts.known whether there is any fragment of the release
 * @param facts.arriving whether something that would block may still arrive
 * @param facts.evidenceArriving whether that is so of evidence that is asked for
 * @param facts.policyHolds whether the policy that should be in force could be read
 */
export function judgeFindings(
  findings: readonly Finding[],
  facts: {
    readonly known: boolean;
    readonly roster: Roster['source'];
    readonly arriving: boolean;
    readonly evidenceArriving: boolean;
    readonly policyHolds: boolean;
  },
): Verdict {
  const counted = { error: 0, warning: 0, info: 0 };
  let waived = 0;
  const ending = new Map<string, Waived>();
  for (const finding of findings) {
    if (finding.waived === null) counted[finding.severity]++;
    else {
      waived++;
      if (finding.waived.soon) ending.set(JSON.stringify(finding.waived), finding.waived);
    }
  }
  const holds: Record<UnknownReason, boolean> = {
    'no-fragments': !facts.known,
    'no-roster': facts.roster === 'none',
    arriving: facts.arriving,
    partial: findings.some(leavesOpen),
    evidence: facts.evidenceArriving,
    policy: !facts.policyHolds,
  };
  const fails = findings.some(isBlocking);
  const unknown = fails ? [] : UNKNOWN_REASONS.filter((reason) => holds[reason]);
  return {
    result: fails ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass',
    unknown,
    errors: counted.error,
    warnings: counted.warning,
    infos: counted.info,
    waived,
    waiversEndingSoon: [...ending.values()].sort((a, b) => (a.expires < b.expires ? -1 : 1)),
  };
}

/** A patch of a part is an open question, unless it is waived or only informs. */
function leavesOpen({ code, severity, waived }: Finding): boolean {
  return code === 'partial-release' && severity !== 'info' && waived === null;
}
