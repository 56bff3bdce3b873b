import { entriesAt } from '../estate.ts';
import { type Check, sameCommit } from '../release-view.ts';

/**
 * A component of a stable release that was built from another commit than in the newest release candidate of its
 * line: what ships is not what was tested. Fragments are compared with the one of the same key.
 */
export const rebuiltAfterRc: Check<'rebuilt-after-rc'> = ({ estate, release, cells }) => {
  if (release.stage !== 'stable' || release.line === null) return [];
  const rc = estate.lines.get(release.line)?.find((row) => estate.matrix.releases[row]?.stage === 'rc');
  if (rc === undefined) return [];
  return cells.flatMap(({ component, column, fragments }) => {
    for (const { key, fields } of fragments) {
      const tested = entriesAt(estate, rc, column).find((entry) => entry.key === key);
      const rcCommit = tested?.fields.commit;
      if (!tested || fields.commit === undefined || rcCommit === undefined || sameCommit(fields.commit, rcCommit))
        continue;
      return [{ component, environment: null, details: { rc: tested.release, rcCommit, commit: fields.commit } }];
    }
    return [];
  });
};
