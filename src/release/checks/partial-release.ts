import { isPatch } from '../matrix/estate.ts';
import type { Check, ReleaseView } from '../matrix/release-view.ts';
import { isAbsent, shareOf } from '../matrix/roster.ts';

/**
 * A patch that holds less than three quarters of an inferred roster: a hotfix of a part, or pipelines that failed; nobody
 * has said which. One finding in place of one for each component that is absent.
 */
export const partialRelease: Check<'partial-release'> = (view) => {
  if (!isPartial(view)) return [];
  const { estate, row, roster } = view;
  const { due, held } = shareOf(estate, row, roster);
  const absent = roster.expected.filter((one) => isAbsent(estate, row, one)).map(({ component }) => component);
  const releases = roster.from.flatMap((from) => estate.matrix.releases[from]?.tag ?? []);
  return [{ component: null, environment: null, details: { held, expected: due, absent, releases } }];
};

/** Whether a release is told to be one of a part. Not while the rest of it may still arrive. */
export function isPartial({
  estate,
  row,
  roster,
  arriving,
}: Pick<ReleaseView, 'estate' | 'row' | 'roster' | 'arriving'>) {
  if (arriving || roster.source !== 'inferred' || !isPatch(estate, row)) return false;
  return shareOf(estate, row, roster).isPart;
}
