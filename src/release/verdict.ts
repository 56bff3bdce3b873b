import { type Finding, isBlocking, type Waived } from './finding.ts';
import type { Roster } from './roster.ts';

/** The answer to "may it be promoted?". */
export interface Verdict {
  /** `fail`: something blocks. `unknown`: nothing is known of the release, or of what it should hold. */
  readonly result: 'fail' | 'unknown' | 'pass';
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
 * @param known whether there is any fragment of the release
 * @param policyHolds whether the policy that should be in force could be read
 */
export function judge(
  findings: readonly Finding[],
  known: boolean,
  roster: Roster['source'],
  policyHolds: boolean,
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
  const result = findings.some(isBlocking) ? 'fail' : known && roster !== 'none' && policyHolds ? 'pass' : 'unknown';
  return {
    result,
    errors: counted.error,
    warnings: counted.warning,
    infos: counted.info,
    waived,
    waiversEndingSoon: [...ending.values()].sort((a, b) => (a.expires < b.expires ? -1 : 1)),
  };
}
