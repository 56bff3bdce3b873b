import { countWords } from '../text/count-words.ts';
import type { Finding, Severity } from './finding.ts';

/** What a finding counts as: its severity, or nothing because it is waived. */
export type Weight = Severity | 'waived';

/** From what blocks to what does not count. */
export const WEIGHTS = ['error', 'warning', 'info', 'waived'] as const satisfies readonly Weight[];

/**
 * What a finding of each weight is called, one and many, wherever a person reads it. A note is what programs and the
 * policy call `info`.
 */
export const WEIGHT_WORDS = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  waived: ['waived', 'waived'],
} satisfies Record<Weight, readonly [one: string, many: string]>;

/** "2 errors", "1 note", "3 waived". */
export function weightCount(count: number, weight: Weight): string {
  return countWords(count, ...WEIGHT_WORDS[weight]);
}

export function weightOf({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): Weight {
  return waived === null ? severity : 'waived';
}
