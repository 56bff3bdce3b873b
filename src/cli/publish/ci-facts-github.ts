import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RunFacts } from './ci-facts.ts';

const text = z.string().min(1).nullish().catch(null);
const commit = z.looseObject({ id: text, timestamp: text }).nullish().catch(null);
const ofCommit = z.looseObject({ head_sha: text, head_commit: commit }).nullish().catch(null);
/** The parts of an event's payload that are of use; each may be missing. */
const event = z.looseObject({
  release: z.looseObject({ tag_name: text, published_at: text }).nullish().catch(null),
  head_commit: commit,
  pull_request: z
    .looseObject({
      merged: z.boolean().nullish().catch(null),
      merge_commit_sha: text,
      head: z.looseObject({ sha: text }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  workflow_run: ofCommit,
  check_suite: ofCommit,
  check_run: ofCommit,
});
type Event = z.output<typeof event>;

/**
 * Facts of GitHub Actions.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function githubFacts(environment: Readonly<Record<string, string | undefined>>): RunFacts {
  const { payload, notices } = readEvent(environment.GITHUB_EVENT_PATH);
  const onTag = environment.GITHUB_REF_TYPE === 'tag' ? environment.GITHUB_REF_NAME : undefined;
  const repo = environment.GITHUB_REPOSITORY || null;
  const server = environment.GITHUB_SERVER_URL || 'https://github.com';
  const id = environment.GITHUB_RUN_ID || null;
  const commit = (payload === null ? null : commitOfEvent(payload)) ?? (environment.GITHUB_SHA || null);
  const known = [payload?.head_commit, payload?.workflow_run?.head_commit, payload?.check_suite?.head_commit];
  return {
    from: 'GitHub Actions',
    repo,
    commit,
    tag: payload?.release?.tag_name ?? onTag ?? null,
    dateOfCommit: known.find((one) => one?.id === commit)?.timestamp ?? null,
    dateOfRelease: payload?.release?.published_at ?? null,
    run: repo === null || id === null ? null : `${server}/${repo}/actions/runs/${id}`,
    notices,
  };
}

/**
 * The commit that an event is about, where GITHUB_SHA is another: of a pull request a merge that nobody will ever see
 * again, of a run that another workflow started the last of the default branch. Null: GITHUB_SHA is it.
 */
function commitOfEvent({ pull_request, workflow_run, check_suite, check_run }: Event): string | null {
  // A squash leaves the head of the branch behind.
  const ofPullRequest = pull_request?.merged === true ? pull_request.merge_commit_sha : pull_request?.head?.sha;
  return ofPullRequest ?? workflow_run?.head_sha ?? check_suite?.head_sha ?? check_run?.head_sha ?? null;
}

function readEvent(path: string | undefined): {
  readonly payload: Event | null;
  readonly notices: readonly string[];
} {
  if (!path) return { payload: null, notices: [] };
  try {
    return { payload: event.parse(JSON.parse(readFileSync(path, 'utf8'))), notices: [] };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { payload: null, notices: [`GITHUB_EVENT_PATH cannot be used, so its facts are left out: ${reason}`] };
  }
}
