import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import type { Verdict } from '../../release/report/verdict.ts';
import { countedWords, verdictWords } from '../../release/report/verdict-words.ts';
import type { ReleaseLine } from '../matrix/outline.ts';

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
