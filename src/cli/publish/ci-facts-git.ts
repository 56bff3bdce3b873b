import type { CliContext } from '../context/cli-context.ts';

type Git = CliContext['git'];

/** The commit that a tag leads to, through its own object where it has one; null: no such tag, or no git to ask. */
export async function commitOfTag(git: Git, tag: string): Promise<string | null> {
  // The name stands behind `refs/tags/`, so it can be no option of git, whatever it is.
  return (await git(['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`])) || null;
}

/** The commit that is checked out; null: there is no checkout. */
export async function commitOfHead(git: Git): Promise<string | null> {
  return (await git(['rev-parse', '--verify', '--quiet', 'HEAD'])) || null;
}

/** When a commit was made, ISO 8601; null: git does not have it (a shallow checkout), or there is none. */
export async function dateOfCommit(git: Git, commit: string): Promise<string | null> {
  // What is not a commit might be an option of git.
  if (!/^[0-9a-f]{7,64}$/i.test(commit)) return null;
  return (await git(['show', '--no-patch', '--format=%cI', commit])) || null;
}

/** The tag at HEAD, where there is exactly one. */
export async function onlyTagAtHead(git: Git): Promise<string | null> {
  const tags = (await git(['tag', '--points-at', 'HEAD']))?.split('\n').filter((tag) => tag !== '') ?? [];
  const [only, other] = tags;
  return only !== undefined && other === undefined ? only : null;
}

/** The repository of the remote `origin`; null: there is none, or its address is of another form. */
export async function repoOfOrigin(git: Git): Promise<string | null> {
  const remote = await git(['config', '--get', 'remote.origin.url']);
  return remote === null ? null : repoOf(remote);
}

/** `git@github.com:acme/api.git`, `https://github.com/acme/api` → acme/api. */
export function repoOf(remote: string): string | null {
  const path = /^(?:[a-z+]+:\/\/(?:[^/@]*@)?[^/]+\/|[^/@]+@[^:/]+:)(.+)$/i.exec(remote)?.[1];
  return path?.replace(/\/+$/, '').replace(/\.git$/, '') || null;
}
