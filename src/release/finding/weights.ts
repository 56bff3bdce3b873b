import type { Finding, Severity } from './finding.ts';

/** What a finding counts as: its severity, or nothing because it is waived. */
export type Weight = Severity | 'waived';

/** From what blocks to what does not count. */
export const WEIGHTS = ['error', 'warning', 'info', 'waived'] as const satisfies readonly Weight[];

export function weightOf({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): Weight {
  return waived === null ? severity : 'waived';
}
