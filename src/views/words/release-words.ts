import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import { WEIGHTS, type Weight, weightCount } from '../../release/finding/weights.ts';
import type { Completeness } from '../../release/report/report.ts';
import { unknownReasonWords } from '../../release/report/unknown-words.ts';
import type { UnknownReason, Verdict } from '../../release/report/verdict.ts';
import type { ReleaseLine } from '../matrix/outline.ts';

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
type Judged = Pick<ReleaseLine, 'verdict' | 'completeness'>;

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

/** "1 waiver ends within a week"; empty where none does. */
export function endingWords({ waiversEndingSoon }: Verdict): string {
  const count = waiversEndingSoon.length;
  return count === 0 ? '' : `${count} ${count === 1 ? 'waiver ends' : 'waivers end'} within a week`;
}

/** The name while the table has not been read to its end: "v1.4.0, stable, still reading". */
export function partialName({ release }: Pick<ReleaseLine, 'release'>): string {
  return [release.tag, release.stage, STILL_READING].join(', ');
}

/** How much of the evidence that is asked for holds; null: none is asked for. */
export function evidenceCount(
  evidence: readonly EvidenceLine[],
): { readonly held: number; readonly asked: number } | null {
  const asked = evidence.filter((line) => line.asked);
  return asked.length === 0
    ? null
    : { held: asked.filter(({ state }) => state === 'held').length, asked: asked.length };
}

/** "Evidence: smoke holds, qa stale, unit of api missing": what is asked for, by name. */
export function evidenceWords(evidence: readonly EvidenceLine[]): string {
  const lines = evidence
    .filter(({ asked }) => asked)
    .map(({ name, of, state }) => {
      const subject = of === null ? name : `${name} of ${of.slice(of.indexOf('#') + 1)}`;
      return `${subject} ${state === 'held' ? 'holds' : state}`;
    });
  return `Evidence: ${lines.join(', ')}`;
}

/** In place of a verdict, while the table has not been read to its end. */
export const STILL_READING = 'still reading';

/**
 * A release's accessible name in the grid: "v1.4.0, stable, fail, 20 of 21 components, 2 errors, 1 warning, 1 waived",
 * "v1.4.0, stable, unknown: 51 of 63 still arriving, 12 of 63 components, 51 notes"; behind the tag it says "withdrawn" of
 * what is. Tests and screen readers rely on its beginning. Its age is not in it: a name that changes would be read anew.
 */
export function releaseName(row: ReleaseLine): string {
  const { release, verdict, withdrawn, evidence } = row;
  const checks = evidenceCount(evidence);
  return [
    release.tag,
    withdrawn === undefined ? '' : 'withdrawn',
    release.stage,
    verdictWords(row),
    countedWords(row),
    checks === null ? '' : `${checks.held} of ${checks.asked} checks hold`,
    endingWords(verdict),
  ]
    .filter(Boolean)
    .join(', ');
}
