import { type Finding, isBlocking } from './finding.ts';
import type { GateReport } from './gate.ts';
import type { Policy } from './policy.ts';
import { SEVERITY_BY_STAGE } from './severity.ts';

/** What keeps a release from passing, or will once the grace period is over, that only waiting can mend. */
export interface LateFragments {
  /** Components of which something is still to come, each once. Empty where nothing is known of the release yet. */
  readonly components: readonly string[];
}

/**
 * Whether a gate should wait for fragments that are on their way.
 *
 * It should while the release has no fragment at all, or where all that blocks it is what is not there: missing
 * components, and workloads that have no entry in an environment yet. What is arriving within the grace period counts
 * where it would block without that grace, so that a release is not passed for being young.
 *
 * @returns null where waiting cannot help: it passes, or something else blocks it, or nobody knows what belongs to it
 */
export function lateFragments(said: GateReport, policy: Policy): LateFragments | null {
  const { verdict, evaluatedAs, fragments, findings } = said;
  if (fragments === 0 && findings.length === 0) return { components: [] };
  const weight = policy.weight('missing-component', evaluatedAs) ?? SEVERITY_BY_STAGE['missing-component'][evaluatedAs];
  const isArriving = (finding: Finding) =>
    finding.code === 'missing-component' && finding.waived === null && finding.details.arriving && weight === 'error';
  const late = findings.filter((finding) => isArriving(finding) || (isBlocking(finding) && isAbsence(finding)));
  const other = findings.some((finding) => isBlocking(finding) && !isAbsence(finding));
  if (late.length === 0 || other || verdict === 'unknown') return null;
  return { components: [...new Set(late.flatMap(absentIn))] };
}

function isAbsence({ code }: Finding): boolean {
  return code === 'missing-component' || code === 'partial-environment';
}

function absentIn(finding: Finding): readonly string[] {
  if (finding.code === 'partial-environment') return finding.details.absent;
  return finding.component === null ? [] : [finding.component];
}
