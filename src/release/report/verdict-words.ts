import { WEIGHTS, type Weight, weightCount } from '../finding/weights.ts';
import type { Completeness, ReportRow } from './report.ts';
import { unknownReasonWords } from './unknown-words.ts';
import type { UnknownReason, Verdict } from './verdict.ts';

export interface Count {
  readonly counted: Weight;
  readonly count: number;
}

/** How many findings of each kind a verdict counts, the weightiest first, without those there are none of. */
export function countsOf({ errors, warnings, infos, waived }: Verdict): Count[] {
  const counts = { error: errors, warning: warnings, info: infos, waived } satisfies Record<Weight, number>;
  return WEIGHTS.map((counted) => ({ counted, count: counts[counted] })).filter(({ count }) => count > 0);
}

/** "20 of 21 components". Without a roster nobody knows how many there should be. */
export function completenessWords({ roster, present, expected }: Completeness): string {
  return roster === 'none' ? 'completeness unknown' : `${present} of ${expected} components`;
}

/** What a verdict is made of in words. */
type Judged = Pick<ReportRow, 'verdict' | 'completeness'>;

/** Why a verdict is unknown: "51 of 63 still arriving"; empty where it is another. */
export function whyUnknown({ verdict: { result, unknown }, completeness }: Judged): string {
  if (isLeftUnjudged({ verdict: { result, unknown } })) return NOT_JUDGED;
  return unknownReasonWords({ unknown, completeness });
}

/** Whether a release is there only for others to be held against: what it would be judged by is not there. */
export function isLeftUnjudged({ verdict }: { readonly verdict: Pick<Verdict, 'result' | 'unknown'> }): boolean {
  return verdict.result === 'unknown' && verdict.unknown.length === 0;
}

/** Of such a release. */
export const NOT_JUDGED = 'not judged here';

/** "fail", "unknown: 51 of 63 still arriving". */
export function verdictWords(judged: Judged): string {
  const why = whyUnknown(judged);
  return why === '' ? judged.verdict.result : `${judged.verdict.result}: ${why}`;
}

/** Reasons whose words say how much of it is there. */
const TELLS_COMPLETENESS: ReadonlySet<UnknownReason> = new Set(['no-roster', 'partial']);

/** "20 of 21 components, 2 errors, 1 warning", without what the words on an unknown verdict say already. */
export function countedWords({ verdict, completeness }: Judged): string {
  const isTold = verdict.unknown.some((reason) => TELLS_COMPLETENESS.has(reason)) || isLeftUnjudged({ verdict });
  const counts = countsOf(verdict).map(({ counted, count }) => weightCount(count, counted));
  return [...(isTold ? [] : [completenessWords(completeness)]), ...counts].join(', ');
}
