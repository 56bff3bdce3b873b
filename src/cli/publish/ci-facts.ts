import type { CliContext } from '../context/cli-context.ts';
import { commitOfHead, commitOfTag, dateOfCommit, onlyTagAtHead, repoOfOrigin } from './ci-facts-git.ts';
import { githubFacts } from './ci-facts-github.ts';
import { gitlabFacts } from './ci-facts-gitlab.ts';

/** What a CI says of its run. Null: it does not say. */
export interface RunFacts {
  /** Where the facts are from, for messages. */
  readonly from: 'GitHub Actions' | 'GitLab CI';
  /** `owner/name`. */
  readonly repo: string | null;
  /** The commit that the run is about. */
  readonly commit: string | null;
  /** The git tag that the run is about. */
  readonly tag: string | null;
  /** When that commit was made, ISO 8601. */
  readonly dateOfCommit: string | null;
  /** When that tag was released, ISO 8601. */
  readonly dateOfRelease: string | null;
  /** Address of the run. */
  readonly run: string | null;
  /** What could not be used. */
  readonly notices: readonly string[];
}

/** What the context of a run say of what is published. Null: they do not say. */
export interface CiFacts extends Pick<RunFacts, 'repo' | 'commit' | 'tag' | 'run' | 'notices'> {
  readonly from: RunFacts['from'] | 'git';
  /** ISO 8601, of the release or of this very commit; never the time of the run. */
  readonly date: string | null;
}

/**
 * Facts of the CI, completed by git where there is a checkout.
 *
 * @param tag the tag that the command line names; null: that of the run
 */
export async function ciFacts({ environment, git }: CliContext, tag: string | null): Promise<CiFacts> {
  const run = runFacts(environment);
  const tagHere = tag ?? (run === null ? await onlyTagAtHead(git) : run.tag);
  const isRunsOwn = tag === null || tag === run?.tag;
  // An annotated tag has a SHA of its own, and a run started by another has the default branch's: git knows better.
  const tagged = tagHere === null ? null : await commitOfTag(git, tagHere);
  const here = run === null ? (tag === null ? await commitOfHead(git) : null) : isRunsOwn ? run.commit : null;
  const commit = tagged ?? here;
  const ofRelease = isRunsOwn ? (run?.dateOfRelease ?? null) : null;
  return {
    from: run?.from ?? 'git',
    repo: run?.repo ?? (await repoOfOrigin(git)),
    commit,
    tag: run === null ? tagHere : run.tag,
    date: ofRelease ?? (commit === null ? null : await dateOf(commit, run, git)),
    run: run?.run ?? null,
    notices: run?.notices ?? [],
  };
}

function runFacts(environment: CliContext['environment']): RunFacts | null {
  if (environment.GITHUB_ACTIONS === 'true') return githubFacts(environment);
  return environment.GITLAB_CI ? gitlabFacts(environment) : null;
}

/** A date belongs to its commit: the run's own is of no other. */
async function dateOf(commit: string, run: RunFacts | null, git: CliContext['git']): Promise<string | null> {
  return (run?.commit === commit ? run.dateOfCommit : null) ?? (await dateOfCommit(git, commit));
}
