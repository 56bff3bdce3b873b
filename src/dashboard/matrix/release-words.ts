import { SEVERITIES, type Severity } from '../../release/finding.ts';
import type { Completeness, ReportRow } from '../../release/report.ts';
import type { Verdict } from '../../release/verdict.ts';

/** What a release's findings are counted by: what they weigh, and those that weigh nothing as they are waived. */
export type Counted = Severity | 'waived';

/** A count's sign, always beside a colour: shapes are told apart where colours cannot be. */
export const COUNTED_GLYPH = {
  error: '■',
  warning: '▲',
  info: '◌',
  waived: '◇',
} satisfies Record<Counted, string>;

const NOUNS = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
  waived: ['waived', 'waived'],
} satisfies Record<Counted, readonly [one: string, many: string]>;

export interface Count {
  readonly counted: Counted;
  readonly count: number;
}

/** How many findings of each kind a verdict counts, the weightiest first, without those there are none of. */
export function countsOf({ errors, warnings, infos, waived }: Verdict): Count[] {
  const counts = { error: errors, warning: warnings, info: infos, waived } satisfies Record<Counted, number>;
  return [...SEVERITIES, 'waived' as const]
    .map((counted) => ({ counted, count: counts[counted] }))
    .filter(({ count }) => count > 0);
}

/** "2 errors", "1 waived". */
export function countWords({ counted, count }: Count): string {
  return `${count} ${NOUNS[counted][count === 1 ? 0 : 1]}`;
}

/** "20 of 21 components". Without a roster nobody knows how many there should be. */
export function completenessWords({ roster, present, expected }: Completeness): string {
  return roster === 'none' ? 'completeness unknown' : `${present} of ${expected} components`;
}

/** "1 waiver ends within a week"; empty where none does. */
export function endingWords({ waiversEndingSoon }: Verdict): string {
  const count = waiversEndingSoon.length;
  return count === 0 ? '' : `${count} ${count === 1 ? 'waiver ends' : 'waivers end'} within a week`;
}

/** The name while the table has not been read to its end: "v1.4.0, stable, still reading". */
export function partialName({ release }: ReportRow): string {
  return [release.tag, release.stage, STILL_READING].join(', ');
}

/** In place of a verdict, while the table has not been read to its end. */
export const STILL_READING = 'still reading';

/**
 * A release's accessible name in the grid: "v1.4.0, stable, fail, 20 of 21 components, 2 errors, 1 warning, 1 waived".
 * Tests and screen readers rely on its beginning. Its age is not in it: a name that changes would be read anew.
 */
export function releaseName({ release, completeness, verdict }: ReportRow): string {
  return [
    release.tag,
    release.stage,
    verdict.result,
    completenessWords(completeness),
    ...countsOf(verdict).map(countWords),
    endingWords(verdict),
  ]
    .filter(Boolean)
    .join(', ');
}
