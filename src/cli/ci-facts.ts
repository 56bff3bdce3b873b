import { gitFacts } from './ci-facts-git.ts';
import { githubFacts } from './ci-facts-github.ts';
import { gitlabFacts } from './ci-facts-gitlab.ts';
import type { Surroundings } from './surroundings.ts';

/** What the surroundings of a run say of what is published. Null: they do not say. */
export interface CiFacts {
  /** Where the facts are from, for messages. */
  readonly from: 'GitHub Actions' | 'GitLab CI' | 'git';
  /** `owner/name`. */
  readonly repo: string | null;
  /** The commit that the run is about; null where only git knows. */
  readonly commit: string | null;
  /** The git tag that the run is about. */
  readonly tag: string | null;
  /** ISO 8601, of the release or the commit; never the time of the run. */
  readonly date: string | null;
  /** Address of the run. */
  readonly run: string | null;
  /** What could not be used. */
  readonly notices: readonly string[];
}

/**
 * Facts of the CI, completed by git where there is a checkout.
 *
 * @param tag the tag that the command line names; null: that of the run
 */
export async function ciFacts(surroundings: Surroundings, tag: string | null): Promise<CiFacts> {
  const { environment } = surroundings;
  const inCi =
    environment.GITHUB_ACTIONS === 'true'
      ? githubFacts(environment)
      : environment.GITLAB_CI
        ? gitlabFacts(environment)
        : null;
  const checkout = await gitFacts(surroundings.git, tag ?? inCi?.tag ?? null);
  if (inCi === null) return checkout;
  const ownTag = tag === null || tag === inCi.tag;
  return {
    ...inCi,
    // An annotated tag has a SHA of its own, and a run started by another has the default branch's: git knows better.
    commit: (inCi.tag !== null || !ownTag ? checkout.commitOfTag : null) ?? (ownTag ? inCi.commit : null),
    date: ownTag ? (inCi.date ?? checkout.date) : checkout.date,
    repo: inCi.repo ?? checkout.repo,
  };
}
