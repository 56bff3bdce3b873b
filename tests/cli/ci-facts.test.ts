import { expect, test } from 'vitest';
import { ciFacts } from '../../src/cli/ci-facts.ts';
import { repoOf } from '../../src/cli/ci-facts-git.ts';
import type { Surroundings } from '../../src/cli/surroundings.ts';

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

const facts = (
  environment: Surroundings['environment'],
  answers: Record<string, string>,
  tag: string | null = null,
) => {
  const git: Surroundings['git'] = async (words) => answers[words.join(' ')] ?? null;
  return ciFacts({ environment, git } as Surroundings, tag);
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
