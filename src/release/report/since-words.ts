import { sortReleases } from '../item/release.ts';
import type { Since } from './since.ts';

/** How many findings became what, as the words tell it. */
export interface SinceCounts {
  readonly fixed: number;
  readonly new: number;
  readonly unknown: number;
  /** Of each that is still there, the release since when. */
  readonly still: readonly Pick<Since['still'][number], 'since'>[];
}

/** "fixed 2, still 1 (since v1.3.0), new 1"; where the basis has what the release does not hold, that is counted too. */
export function sinceWords({ fixed, still, new: added, unknown }: SinceCounts, show: (tag: string) => string): string {
  // Newest first.
  const tags = sortReleases(still.map(({ since }) => since));
  const oldest = tags.at(-1);
  const since = oldest === undefined ? '' : ` (${tags.length === 1 ? '' : 'the oldest '}since ${show(oldest.tag)})`;
  const untold = unknown === 0 ? '' : `, unknown ${unknown} (it does not hold what they are about)`;
  return `fixed ${fixed}, still ${still.length}${since}, new ${added}${untold}`;
}

/** In place of what became of the findings, where there is nothing to hold a release against. */
export const NO_BASIS_WORDS = 'no basis: the table holds no release before it';
