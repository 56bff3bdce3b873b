import { compareText } from '../release.ts';
import { type Check, sameCommit } from '../release-view.ts';

/**
 * Fragments of one repository at different commits; a short commit equals the long one it begins. One finding per
 * repository, on its first component by code point.
 */
export const siblingCommitMismatch: Check<'sibling-commit-mismatch'> = ({ fragments }) => {
  const byRepo = new Map<string, { component: string; commit: string }[]>();
  for (const { component, fields } of fragments) {
    if (fields.repo === undefined || fields.commit === undefined) continue;
    const siblings = byRepo.get(fields.repo);
    if (siblings) siblings.push({ component, commit: fields.commit });
    else byRepo.set(fields.repo, [{ component, commit: fields.commit }]);
  }
  return [...byRepo].flatMap(([repo, siblings]) => {
    const commits = [...new Set(siblings.map(({ commit }) => commit))];
    if (commits.every((a, at) => commits.slice(at + 1).every((b) => sameCommit(a, b)))) return [];
    const sorted = siblings.sort((a, b) => compareText(a.component, b.component) || compareText(a.commit, b.commit));
    return [{ component: sorted[0]?.component ?? null, environment: null, details: { repo, commits: sorted } }];
  });
};
