import type { Fragment } from '../item/fragment.ts';
import { compareText } from '../item/release.ts';
import { sameVersion } from '../item/version.ts';
import { type Check, type PresentCell, sameCommit } from '../matrix/checked-release.ts';
import { type Estate, previousOf } from '../matrix/estate.ts';

/**
 * Fragments of one repository at different commits; a short commit equals the long one it begins. What is carried over
 * and what did not change does not count, nor do workloads, which are promoted one by one. One finding per repository,
 * on its first component by code point.
 */
export const siblingCommitMismatch: Check<'sibling-commit-mismatch'> = {
  scope: {
    asks: 'release',
    before: {
      most: 1,
      facts: ({ fields, ownVersion, versionField }) => [fields.commit, ownVersion, versionField],
      of: ({ fields, versionField }) => fields.repo !== undefined && versionField !== null,
    },
  },
  look: ({ estate, row }, cells) => {
    const several = reposOfSeveral(cells);
    if (several.size === 0) return []; // nearly always: before anything is grouped, or asked of the releases before
    const byRepo = new Map<string, Sibling[]>();
    for (const { component, type, column, fragments, carried } of cells) {
      if (carried || type === 'k8s') continue;
      for (const fragment of fragments) {
        const { repo, commit } = fragment.fields;
        if (repo === undefined || commit === undefined || !several.has(repo)) continue;
        const siblings = byRepo.get(repo);
        if (siblings) siblings.push({ component, column, commit, fragment });
        else byRepo.set(repo, [{ component, column, commit, fragment }]);
      }
    }
    return [...byRepo].flatMap(([repo, siblings]) => {
      if (haveOneCommit(siblings)) return [];
      const built = siblings.filter(({ column, fragment }) => !isUnchanged(estate, row, column, fragment));
      if (haveOneCommit(built)) return [];
      const commits = built
        .map(({ component, commit }) => ({ component, commit }))
        .sort((a, b) => compareText(a.component, b.component) || compareText(a.commit, b.commit));
      return [{ component: commits[0]?.component ?? null, environment: null, details: { repo, commits } }];
    });
  },
};

interface Sibling {
  readonly component: string;
  readonly column: number;
  readonly commit: string;
  readonly fragment: Fragment;
}

/** The repositories of which there are commits that are written in more than one way. */
function reposOfSeveral(cells: readonly PresentCell[]): Set<string> {
  const commits = new Map<string, string>();
  const several = new Set<string>();
  for (const { type, fragments, carried } of cells) {
    if (carried || type === 'k8s') continue;
    for (const { fields } of fragments) {
      if (fields.repo === undefined || fields.commit === undefined) continue;
      const known = commits.get(fields.repo);
      if (known === undefined) commits.set(fields.repo, fields.commit);
      else if (known !== fields.commit) several.add(fields.repo);
    }
  }
  return several;
}

function haveOneCommit(siblings: readonly { readonly commit: string }[]): boolean {
  const commits = [...new Set(siblings.map(({ commit }) => commit))];
  return commits.every((a, at) => commits.slice(at + 1).every((b) => sameCommit(a, b)));
}

/** It says a version of its own, and that and its commit are those of the release before. */
function isUnchanged(
  estate: Estate,
  row: number,
  column: number,
  { versionField, ownVersion, fields }: Fragment,
): boolean {
  if (versionField === null || fields.commit === undefined) return false;
  const [before] = previousOf(estate, row, column);
  if (before === undefined || before.versionField === null || before.fields.commit === undefined) return false;
  return sameVersion(ownVersion, before.ownVersion) && sameCommit(fields.commit, before.fields.commit);
}
