import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CiFacts } from './ci-facts.ts';

const text = z.string().min(1).nullish().catch(null);
/** The parts of an event's payload that are of use; each may be missing. */
const event = z.looseObject({
  release: z.looseObject({ tag_name: text, published_at: text }).nullish().catch(null),
  head_commit: z.looseObject({ id: text, timestamp: text }).nullish().catch(null),
  pull_request: z
    .looseObject({ head: z.looseObject({ sha: text }) })
    .nullish()
    .catch(null),
});

/**
 * Facts of GitHub Actions.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function githubFacts(environment: Readonly<Record<string, string | undefined>>): CiFacts {
  const { payload, notices } = readEvent(environment.GITHUB_EVENT_PATH);
  const onTag = environment.GITHUB_REF_TYPE === 'tag' ? environment.GITHUB_REF_NAME : undefined;
  const repo = environment.GITHUB_REPOSITORY || null;
  const server = environment.GITHUB_SERVER_URL || 'https://github.com';
  const id = environment.GITHUB_RUN_ID || null;
  const sha = environment.GITHUB_SHA || null;
  const headCommit = payload?.head_commit;
  return {
    from: 'GitHub Actions',
    repo,
    // A pull request's GITHUB_SHA is a merge that nobody will ever see again.
    commit: payload?.pull_request?.head.sha ?? sha,
    tag: payload?.release?.tag_name ?? onTag ?? null,
    date: payload?.release?.published_at ?? (headCommit?.id === sha ? (headCommit?.timestamp ?? null) : null),
    run: repo === null || id === null ? null : `${server}/${repo}/actions/runs/${id}`,
    notices,
  };
}

function readEvent(path: string | undefined): {
  readonly payload: z.output<typeof event> | null;
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
