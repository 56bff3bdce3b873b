import { type Finding, type FindingCode, isBlocking } from '../finding/finding.ts';
import type { GateReport } from './gate.ts';
import type { UnknownReason } from './verdict.ts';

/** What keeps a release from passing that waiting alone can fix. */
export interface LateFragments {
  /** Components, and evidence, of which something is still to come, each once. Empty where nothing is known of the release yet. */
  readonly components: readonly string[];
}

/** Reasons that pass by themselves. */
const PASSING: ReadonlySet<UnknownReason> = new Set(['arriving', 'no-fragments', 'evidence']);

/**
 * Whether a gate should wait for what is on its way: while the verdict is unknown because something is arriving, fragments
 * or evidence, or there is no fragment yet, or while all that blocks is what is not there.
 *
 * @returns null where waiting cannot help: it passes, or something else blocks it, or nobody knows what belongs to it
 */
export function lateFragments({ verdict, unknown, findings, only, completeness }: GateReport): LateFragments | null {
  const blocking = findings.filter(isBlocking);
  const waits = verdict === 'fail' ? blocking.every(isAbsence) : unknown.some((reason) => PASSING.has(reason));
  if (!waits) return null;
  if (only !== undefined) return { components: completeness.missing };
  const late = findings.filter((finding) => isAbsence(finding) && (isBlocking(finding) || isAwaited(finding)));
  return { components: [...new Set(late.flatMap(absentIn))] };
}

const ABSENCES: ReadonlySet<FindingCode> = new Set([
  'missing-component',
  'partial-environment',
  'partial-release',
  'evidence-missing',
]);

function isAbsence({ code }: Finding): boolean {
  return ABSENCES.has(code);
}

function isAwaited(finding: Finding): boolean {
  return finding.waived === null && 'arriving' in finding.details && finding.details.arriving;
}

function absentIn(finding: Finding): readonly string[] {
  if (finding.code === 'partial-environment' || finding.code === 'partial-release') return finding.details.absent;
  if (finding.code === 'evidence-missing') {
    const { name, of } = finding.details;
    return [of === null ? name : `${name} of ${of}`];
  }
  return finding.component === null ? [] : [finding.component];
}
