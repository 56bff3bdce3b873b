import type { CiFacts } from './ci-facts.ts';

/**
 * Facts of GitLab CI.
 * Source: https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function gitlabFacts(environment: Readonly<Record<string, string | undefined>>): CiFacts {
  return {
    from: 'GitLab CI',
    repo: environment.CI_PROJECT_PATH || null,
    commit: environment.CI_COMMIT_SHA || null,
    tag: environment.CI_COMMIT_TAG || null,
    date: environment.CI_COMMIT_TIMESTAMP || null,
    run: environment.CI_PIPELINE_URL || environment.CI_JOB_URL || null,
    notices: [],
  };
}
