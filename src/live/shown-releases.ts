import type { Fragment } from '../release/item/fragment.ts';
import { sortReleases } from '../release/item/release.ts';
import type { Candidate } from './change-detection.ts';

/** What somebody looks at. */
export interface ShownReleases {
  /** Open: the release of the details, of the release view, of a comparison. */
  readonly chosen: readonly string[];
  /** On the screen, in the matrix. */
  readonly inView: readonly string[];
}

export const NOTHING_SHOWN: ShownReleases = { chosen: [], inView: [] };

/** As many of the newest ones as a CI may still be publishing. */
const NEWEST = 5;
/** More than fit on a screen tell of a screen that nobody reads line by line. */
const MOST_IN_VIEW = 40;

/**
 * The releases that are worth a reading of their own while nobody announces changes.
 *
 * @param wholeUnits what a reading of the whole table costs, read units
 */
export function shownCandidates(
  fragments: readonly Fragment[],
  { chosen, inView }: ShownReleases,
  wholeUnits: number,
): readonly Candidate[] {
  const { counts, newest } = surveyOf(fragments);
  const unitsOf = (release: string) =>
    Math.max(0.5, (wholeUnits * (counts.get(release) ?? 0)) / Math.max(fragments.length, 1));
  const open = new Set(chosen);
  const wanted = new Set([...chosen, ...newest, ...inView.slice(0, MOST_IN_VIEW)]);
  return [...wanted]
    .filter((release) => counts.has(release))
    .map((release) => ({
      release,
      readUnits: unitsOf(release),
      chosen: open.has(release),
    }));
}

interface Survey {
  readonly counts: ReadonlyMap<string, number>;
  readonly newest: readonly string[];
}

/** By the list of fragments, which is another one only after a change. */
const surveys = new WeakMap<readonly Fragment[], Survey>();

function surveyOf(fragments: readonly Fragment[]): Survey {
  const known = surveys.get(fragments);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { release } of fragments) counts.set(release, (counts.get(release) ?? 0) + 1);
  const newest = sortReleases(counts.keys())
    .slice(0, NEWEST)
    .map(({ tag }) => tag);
  const survey = { counts, newest };
  surveys.set(fragments, survey);
  return survey;
}
