import type { CiFacts } from './ci-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** What a checkout says. */
export interface CheckoutFacts extends CiFacts {
  /** The commit that the tag leads to, through its own object where it has one; null: no tag, or none of that name. */
  readonly commitOfTag: string | null;
}

/**
 * Asks git. Every answer may be missing: there may be no git, no checkout, a shallow one, or one without tags.
 *
 * @param tag the tag that is published; null: the one at HEAD, where there is exactly one
 */
export async function gitFacts(git: Surroundings['git'], tag: string | null): Promise<CheckoutFacts> {
  const tagHere = tag ?? (await onlyTagAt(git));
  // The name stands behind `refs/tags/`, so it can be no option of git, whatever it is.
  const commitOfTag =
    tagHere === null ? null : await git(['rev-parse', '--verify', '--quiet', `refs/tags/${tagHere}^{commit}`]);
  const commit = commitOfTag || (tag === null ? await git(['rev-parse', '--verify', '--quiet', 'HEAD']) : null) || null;
  const date = commit === null ? null : await git(['show', '--no-patch', '--format=%cI', commit]);
  const remote = await git(['config', '--get', 'remote.origin.url']);
  return {
    from: 'git',
    repo: remote === null ? null : repoOf(remote),
    commit,
    commitOfTag: commitOfTag || null,
    tag: tagHere,
    date: date || null,
    run: null,
    notices: [],
  };
}

async function onlyTagAt(git: Surroundings['git']): Promise<string | null> {
  const tags = (await git(['tag', '--points-at', 'HEAD']))?.split('\n').filter((tag) => tag !== '') ?? [];
  const [only, other] = tags;
  return only !== undefined && other === undefined ? only : null;
}

/** `git@github.com:acme/api.git`, `https://github.com/acme/api` → acme/api. */
export function repoOf(remote: string): string | null {
  const path = /^(?:[a-z+]+:\/\/(?:[^/@]*@)?[^/]+\/|[^/@]+@[^:/]+:)(.+)$/i.exec(remote)?.[1];
  return path?.replace(/\/+$/, '').replace(/\.git$/, '') || null;
}
