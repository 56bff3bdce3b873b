/**
 * The address of what changed between two commits, from the policy's template: GitHub's by default, GitLab's where it
 * says `https://gitlab.example/{repo}/-/compare/{from}...{to}`. Text: whether it may become a link is for the screen
 * to decide.
 *
 * @param template with `{repo}`, `{from}` and `{to}`
 * @returns null where there is nothing to compare: a repository or a commit is unknown, the two sides are of different
 *   repositories, or a name could lead out of the template's path
 */
export function compareLink(
  template: string,
  from: { readonly repo: string | null; readonly commit: string | null },
  to: { readonly repo: string | null; readonly commit: string | null },
): string | null {
  if (from.repo === null || from.repo !== to.repo || from.commit === null || to.commit === null) return null;
  if (!COMMIT.test(from.commit) || !COMMIT.test(to.commit)) return null;
  const repo = repositoryPath(to.repo);
  if (repo === null) return null;
  const values = new Map([
    ['repo', repo],
    ['from', from.commit],
    ['to', to.commit],
  ]);
  return template.replace(/\{(\w+)\}/g, (written, name: string) => values.get(name) ?? written);
}

/** SHA-1 or SHA-256, whole or abbreviated to no fewer than Git's 7 digits. */
const COMMIT = /^[0-9a-f]{7,64}$/i;

/** `owner/name`, or deeper as GitLab's groups are; null where a part of it is empty or means another place. */
function repositoryPath(repo: string): string | null {
  const parts = repo.split('/');
  if (parts.length < 2 || parts.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part))) return null;
  return repo;
}
