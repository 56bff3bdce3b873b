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
  return filled(template, to.repo, { from: from.commit, to: to.commit });
}

/**
 * The address of a commit, from the policy's template. Text, as that of `compareLink`.
 *
 * @param template with `{repo}` and `{commit}`
 * @returns null where the repository is unknown, or could lead out of the template's path, or the commit is a branch or
 *   any other word
 */
export function commitLink(template: string, repo: string | undefined, commit: string): string | null {
  return repo === undefined || !COMMIT.test(commit) ? null : filled(template, repo, { commit });
}

/** The address of a repository, which the policy's template of a commit begins with; null where it names none. */
export function repositoryLink(template: string, repo: string): string | null {
  const at = template.indexOf(REPO);
  return at === -1 ? null : filled(template.slice(0, at + REPO.length), repo, {});
}

const REPO = '{repo}';

function filled(template: string, repo: string, commits: Readonly<Record<string, string>>): string | null {
  const path = repositoryPath(repo);
  if (path === null || (template.startsWith(GITHUB) && !GITHUB_REPOSITORY.test(path))) return null;
  const values = new Map([['repo', path], ...Object.entries(commits)]);
  return template.replace(/\{(\w+)\}/g, (written, name: string) => values.get(name) ?? written);
}

const GITHUB = 'https://github.com/';
/** `owner/name` by GitHub's rules for both. */
const GITHUB_REPOSITORY = /^[a-z0-9](?:[a-z0-9-]{0,38})\/(?!\.{1,2}$)[\w.-]{1,100}$/i;

const COMMIT = /^[0-9a-f]{7,64}$/i;

/** Whether a text is a commit: SHA-1 or SHA-256, whole or abbreviated to no fewer than Git's 7 digits. */
export function isCommit(text: string): boolean {
  return COMMIT.test(text);
}

/** `owner/name`, or deeper as GitLab's groups are; null where a part of it is empty or means another place. */
export function repositoryPath(repo: string): string | null {
  const parts = repo.split('/');
  if (parts.length < 2 || parts.some((part) => !/^[\w.-]+$/.test(part) || /^\.+$/.test(part))) return null;
  return repo;
}
