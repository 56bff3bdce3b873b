import type { Check, CheckedRelease } from '../matrix/checked-release.ts';
import { isPatch } from '../matrix/estate.ts';
import { missingOf, shareOf } from '../matrix/roster.ts';

/**
 * A patch that holds less than three quarters of an inferred roster: a hotfix of a part, or pipelines that failed; nobody
 * has said which. One finding in place of one for each component that is absent.
 */
export const partialRelease: Check<'partial-release'> = {
  scope: { asks: 'release' },
  look: (checked) => {
    if (!isPartial(checked)) return [];
    const { estate, roster } = checked;
    const { due, held } = shareOf(roster);
    const absent = missingOf(roster).map(({ component }) => component);
    const releases = roster.from.flatMap((from) => estate.matrix.releases[from]?.tag ?? []);
    return [{ component: null, environment: null, details: { held, expected: due, absent, releases } }];
  },
};

/** Whether a release is told to be one of a part. Not while the rest of it may still arrive. */
export function isPartial({
  estate,
  row,
  roster,
  arriving,
}: Pick<CheckedRelease, 'estate' | 'row' | 'roster' | 'arriving'>) {
  if (arriving || roster.source !== 'inferred' || !isPatch(estate, row)) return false;
  return shareOf(roster).isPart;
}
