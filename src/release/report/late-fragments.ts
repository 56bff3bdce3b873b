import { type Finding, isBlocking } from '../finding/finding.ts';
import type { GateReport } from './gate.ts';

/** What keeps a release from passing that waiting alone can fix. */
export interface LateFragments {
  /** Components of which something is still to come, each once. Empty where nothing is known of the release yet. */
  readonly components: readonly string[];
}

/**
 * Whether a gate should wait for fragments that are on their way: while the verdict is unknown because something is
 * arriving or there is no fragment yet, or while all that blocks is what is not there.
 *
 * @returns null where waiting cannot help: it passes, or something else blocks it, or nobody knows what belongs to it
 */
export function lateFragments({ verdict, unknown, findings, only, completeness }: GateReport): LateFragments | null {
  const blocking = findings.filter(isBlocking);
  const waits =
    verdict === 'fail'
      ? blocking.every(isAbsence)
      : unknown.some((reason) => reason === 'arriving' || reason === 'no-fragments');
  if (!waits) return null;
  if (only !== undefined) return { components: completeness.missing };
  const late = findings.filter((finding) => isAbsence(finding) && (isBlocking(finding) || isAwaited(finding)));
  return { components: [...new Set(late.flatMap(absentIn))] };
}

function isAbsence({ code }: Finding): boolean {
  return code === 'missing-component' || code === 'partial-environment' || code === 'partial-release';
}

function isAwaited(finding: Finding): boolean {
  return finding.waived === null && 'arriving' in finding.details && finding.details.arriving;
}

function absentIn(finding: Finding): readonly string[] {
  if (finding.code === 'partial-environment' || finding.code === 'partial-release') return finding.details.absent;
  return finding.component === null ? [] : [finding.component];
}
