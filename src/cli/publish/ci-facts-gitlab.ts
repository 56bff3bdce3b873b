import type { RunFacts } from './ci-facts.ts';

/**
 * Facts of GitLab CI.
 * Source: https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function gitlabFacts(environment: Readonly<Record<string, string | undefined>>): RunFacts {
  // In a merged results pipeline CI_COMMIT_SHA is a merge that nobody will ever see again.
  const source = environment.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || null;
  return {
    from: 'GitLab CI',
    repo: environment.CI_PROJECT_PATH || null,
    commit: source ?? (environment.CI_COMMIT_SHA || null),
    tag: environment.CI_COMMIT_TAG || null,
    dateOfCommit: source === null ? environment.CI_COMMIT_TIMESTAMP || null : null,
    dateOfRelease: null,
    run: environment.CI_PIPELINE_URL || environment.CI_JOB_URL || null,
    notices: [],
  };
}
