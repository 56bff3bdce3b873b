import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/context/cli-context.ts';
import { ciFacts } from '../../src/cli/publish/ci-facts.ts';
import { repoOf } from '../../src/cli/publish/ci-facts-git.ts';

test.each([
  ['git@github.com:acme/api.git', 'acme/api'],
  ['https://github.com/acme/api', 'acme/api'],
  ['https://user:token@gitlab.example/acme/group/api.git/', 'acme/group/api'],
  ['ssh://git@github.com:22/acme/api.git', 'acme/api'],
  ['/srv/git/api.git', null],
  ['../api', null],
])('the repository of %s is %s', (remote, repo) => {
  expect(repoOf(remote)).toBe(repo);
});

const facts = (environment: CliContext['environment'], answers: Record<string, string>, tag: string | null = null) => {
  const git: CliContext['git'] = async (words) => answers[words.join(' ')] ?? null;
  return ciFacts({ environment, git } as CliContext, tag);
};
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

test('no CI and no git: nothing is known, and nothing fails', async () => {
  expect(await facts({}, {})).toMatchObject({
    from: 'git',
    repo: null,
    commit: null,
    tag: null,
    date: null,
    run: null,
  });
});

test('two tags at HEAD: neither is taken', async () => {
  const said = await facts({}, { 'tag --points-at HEAD': 'v1.0.0\nv1.0.1', 'rev-parse --verify --quiet HEAD': A });
  expect([said.tag, said.commit]).toEqual([null, A]);
});

test('a tag that the command line names: its own commit, never that of the run', async () => {
  const run = { GITHUB_ACTIONS: 'true', GITHUB_SHA: A, GITHUB_REPOSITORY: 'acme/api', GITHUB_RUN_ID: '7' };
  const known = { 'rev-parse --verify --quiet refs/tags/ui@1.0.0^{commit}': B };
  expect(await facts(run, known, 'ui@1.0.0')).toMatchObject({
    commit: B,
    run: 'https://github.com/acme/api/actions/runs/7',
  });
  expect((await facts(run, {}, 'ui@1.0.0')).commit).toBe(null);
});

const C = 'c'.repeat(40);
const dateOf = (commit: string, date: string) => ({ [`show --no-patch --format=%cI ${commit}`]: date });
const EARLY = '2026-09-01T10:00:00Z';
const LATE = '2026-11-20T10:00:00Z';

describe('GitHub: the commit is that of what the event is about, and the date is that of the commit', () => {
  const head = { id: B, timestamp: EARLY };
  test.each<[what: string, event: object, git: Record<string, string>, commit: string, date: string | null]>([
    ['a push', { head_commit: { id: A, timestamp: LATE } }, {}, A, LATE],
    ['a push whose head commit is another', { head_commit: head }, {}, A, null],
    ['a run that another workflow started', { workflow_run: { head_sha: B, head_commit: head } }, {}, B, EARLY],
    ['the same, where the payload has no date', { workflow_run: { head_sha: B } }, dateOf(B, EARLY), B, EARLY],
    ['the same, where git knows but the date of HEAD', { workflow_run: { head_sha: B } }, dateOf(A, LATE), B, null],
    ['a check suite', { check_suite: { head_sha: B, head_commit: head } }, {}, B, EARLY],
    ['a check run', { check_run: { head_sha: B } }, dateOf(B, EARLY), B, EARLY],
    [
      'a pull request',
      { pull_request: { merged: false, merge_commit_sha: C, head: { sha: B } } },
      dateOf(B, EARLY),
      B,
      EARLY,
    ],
    [
      'a merged pull request',
      { pull_request: { merged: true, merge_commit_sha: C, head: { sha: B } } },
      dateOf(C, LATE),
      C,
      LATE,
    ],
    ['started by hand', { inputs: {} }, dateOf(A, LATE), A, LATE],
  ])('%s', async (_, event, git, commit, date) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-matrix-event-'));
    const path = join(folder, 'event.json');
    writeFileSync(path, JSON.stringify(event));
    const said = await facts({ GITHUB_ACTIONS: 'true', GITHUB_SHA: A, GITHUB_EVENT_PATH: path }, git);
    rmSync(folder, { recursive: true });
    expect([said.commit, said.date, said.notices]).toEqual([commit, date, []]);
  });

  test('an annotated tag: the commit that git leads to, and its date, not that of the event', async () => {
    const run = { GITHUB_ACTIONS: 'true', GITHUB_SHA: A, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0' };
    const git = { 'rev-parse --verify --quiet refs/tags/v1.0.0^{commit}': B, ...dateOf(A, LATE), ...dateOf(B, EARLY) };
    expect(await facts(run, git)).toMatchObject({ commit: B, date: EARLY });
  });
});

describe('GitLab', () => {
  const run = { GITLAB_CI: 'true', CI_COMMIT_SHA: A, CI_COMMIT_TIMESTAMP: LATE };

  test('a tag that git leads elsewhere has the date of its own commit', async () => {
    const git = { 'rev-parse --verify --quiet refs/tags/v1.0.0^{commit}': B, ...dateOf(B, EARLY) };
    expect(await facts({ ...run, CI_COMMIT_TAG: 'v1.0.0' }, git)).toMatchObject({ commit: B, date: EARLY });
  });

  test('a merged results pipeline: the commit of the branch, not the merge that nobody will see again', async () => {
    const merged = { ...run, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: B };
    expect(await facts(merged, dateOf(B, EARLY))).toMatchObject({ commit: B, date: EARLY });
    expect(await facts(merged, {})).toMatchObject({ commit: B, date: null });
  });
});
