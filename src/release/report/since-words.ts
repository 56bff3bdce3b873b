import { sortReleases } from '../item/release.ts';

/** Findings by what became of them. */
export interface SinceLists {
  readonly new: readonly unknown[];
  /** With the tag of the first release that has it. */
  readonly still: readonly { readonly since: string }[];
  readonly fixed: readonly unknown[];
  readonly unknown: readonly unknown[];
}

/** "fixed 2, still 1 (since v1.3.0), new 1"; where the basis has what the release does not hold, that is counted too. */
export function sinceWords(
  { fixed, still, new: added, unknown }: SinceLists,
  show: (tag: string) => string = (tag) => tag,
): string {
  // Newest first.
  const tags = sortReleases(still.map(({ since }) => since));
  const oldest = tags.at(-1);
  const since = oldest === undefined ? '' : ` (${tags.length === 1 ? '' : 'the oldest '}since ${show(oldest.tag)})`;
  const untold = unknown.length === 0 ? '' : `, unknown ${unknown.length} (it does not hold what they are about)`;
  return `fixed ${fixed.length}, still ${still.length}${since}, new ${added.length}${untold}`;
}

/** Whether there is a finding, or was one. */
export function holdsFindings({ fixed, still, new: added, unknown }: SinceLists): boolean {
  return [fixed, still, added, unknown].some((list) => list.length > 0);
}

/** In place of what became of the findings, where there is nothing to hold a release against. */
export const NO_BASIS_WORDS = 'no basis: the table holds no release before it';
