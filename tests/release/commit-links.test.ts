import { describe, expect, test } from 'vitest';
import { commitLink, repositoryLink } from '../../src/release/item/commit-links.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';

describe('by the template of GitHub', () => {
  test.each<[string | undefined, string, string | null, string | null]>([
    ['acme/api', '9f3c2ab', 'https://github.com/acme/api', 'https://github.com/acme/api/commit/9f3c2ab'],
    ['acme/api', '9F3C2AB', 'https://github.com/acme/api', 'https://github.com/acme/api/commit/9F3C2AB'],
    [
      'acme/api.js',
      'a'.repeat(64),
      'https://github.com/acme/api.js',
      `https://github.com/acme/api.js/commit/${'a'.repeat(64)}`,
    ],
    ['acme/api', 'a'.repeat(6), 'https://github.com/acme/api', null],
    ['acme/api', 'a'.repeat(65), 'https://github.com/acme/api', null],
    ['acme/api', 'main', 'https://github.com/acme/api', null],
    ['acme/api', '9f3c2ab/../..', 'https://github.com/acme/api', null],
    ['acme/api', '9f3c2ab\n', 'https://github.com/acme/api', null],
    [undefined, '9f3c2ab', null, null],
    ['acme', '9f3c2ab', null, null],
    ['acme/..', '9f3c2ab', null, null],
    ['acme/.', '9f3c2ab', null, null],
    ['../acme', '9f3c2ab', null, null],
    ['acme/api/x', '9f3c2ab', null, null],
    ['https://github.com/acme/api', '9f3c2ab', null, null],
    ['@evil.example/x', '9f3c2ab', null, null],
    ['acme/a?b', '9f3c2ab', null, null],
  ])('%j at %j', (repo, commit, repository, page) => {
    const { commit: template } = DEFAULT_POLICY.links;
    expect([repo === undefined ? null : repositoryLink(template, repo), commitLink(template, repo, commit)]).toEqual([
      repository,
      page,
    ]);
  });
});

describe('by a template of the policy', () => {
  test.each<[template: string, repo: string, repository: string | null, page: string | null]>([
    [
      'https://gitlab.example/{repo}/-/commit/{commit}',
      'group/sub/api',
      'https://gitlab.example/group/sub/api',
      'https://gitlab.example/group/sub/api/-/commit/9f3c2ab',
    ],
    ['https://git.example/mono/commit/{commit}', 'acme/api', null, 'https://git.example/mono/commit/9f3c2ab'],
    ['https://gitlab.example/{repo}/-/commit/{commit}', 'group/../evil', null, null],
    ['https://gitlab.example/{repo}/-/commit/{commit}', 'group', null, null],
  ])('%s of %s', (template, repo, repository, page) => {
    expect([repositoryLink(template, repo), commitLink(template, repo, '9f3c2ab')]).toEqual([repository, page]);
  });
});
