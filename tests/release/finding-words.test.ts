import { expect, test } from 'vitest';
import { describeFinding } from '../../src/release/finding/finding-words.ts';
import type { Item } from '../../src/release/item/item.ts';
import { item, READ_AT, reportOf } from './report-of.ts';

test.each([
  [45, '45 minutes'],
  [119, '119 minutes'],
  [121, '2 hours'],
  [2_879, '48 hours'],
  [2_880, '2 days'],
  [43_198, '30 days'],
])('what is %i minutes ahead is said in a unit that one can imagine: %s', (minutes, words) => {
  const date = new Date(Date.parse(READ_AT) + minutes * 60_000).toISOString();
  const report = reportOf([item('v1.0.0', 'backend#a', { date })]);
  const titles = report.rows.flatMap(({ findings }) => findings.map((finding) => describeFinding(finding).title));
  expect(titles).toContain(`a is dated ${words} in the future`);
});

const STABLES = ['v1.3.0', 'v1.2.0', 'v1.1.0'];

/** The words of each new finding, by what it is said of. */
test.each<[name: string, items: Item[], title: string, why: string]>([
  [
    'a patch of a part',
    [...['a', 'b', 'c'].map((name) => item('v1.4.0', `backend#${name}`)), item('v1.4.1', 'backend#a')],
    'v1.4.1 holds 1 of 3 components',
    'A partial patch, or pipelines that failed: nothing says which. Absent: b, c.',
  ],
  [
    'perhaps retired',
    [
      ...STABLES.slice(1).flatMap((release) => [item(release, 'backend#a'), item(release, 'backend#b')]),
      item('v1.3.0', 'backend#a'),
      item('v1.4.0', 'backend#a'),
    ],
    'b is missing from v1.4.0',
    'The stable releases before have it (v1.3.0, v1.2.0, v1.1.0); last seen in v1.2.0. The newest of them lacks it as well: perhaps it was retired.',
  ],
  [
    'a version that moves',
    [item('v1.4.0', 'backend#a', { componentVersion: 'latest' })],
    'a is latest in a stable release',
    'latest moves: it may be another build later.',
  ],
  [
    'an artifact that moves',
    [item('v1.4.0', 'backend#a', { componentVersion: '2.0.0', artifact: 'acme/a:main' })],
    'The artifact of a is tagged main, which moves',
    'main moves: it may be another build later.',
  ],
  [
    'a version that has always been immature',
    ['v1.4.0', ...STABLES].map((release) => item(release, 'backend#a', { componentVersion: '2.0.0-rc.1' })),
    'a is 2.0.0-rc.1 in a stable release',
    '2.0.0-rc.1 is less mature (rc) than the release it is part of. It was so in the releases before.',
  ],
  [
    'left at an earlier release',
    [
      item('v1.4.0', 'backend#a', { componentVersion: '1.3.0' }),
      ...STABLES.map((release) => item(release, 'backend#a', { componentVersion: release })),
    ],
    'a is still 1.3.0 in v1.4.0',
    'It has always had the release’s own version, and now has that of v1.3.0.',
  ],
  [
    'a repository that was built again',
    ['v1.4.0-rc.1', 'v1.4.0'].flatMap((release) =>
      ['a', 'b'].map((name) =>
        item(release, `backend#${name}`, { repo: 'acme/mono', commit: release === 'v1.4.0' ? 'bbb2222' : 'aaa1111' }),
      ),
    ),
    'acme/mono is not what was tested in v1.4.0-rc.1',
    'a: v1.4.0-rc.1 was tested at aaa1111, this is bbb2222; b: v1.4.0-rc.1 was tested at aaa1111, this is bbb2222',
  ],
  [
    'two digests of one tag',
    [
      item('v1.4.0', 'backend#a', { artifact: `acme/a:1.4.0@sha256:${'a'.repeat(64)}` }),
      item('v1.4.0', 'k8s#prod-deployment/a', { imageRef: `acme/a:1.4.0@sha256:${'b'.repeat(64)}` }),
    ],
    'a in prod runs sha256:bbbbbbbbbbbb, not sha256:aaaaaaaaaaaa',
    `Its image acme/a:1.4.0@sha256:${'b'.repeat(64)} belongs to a, whose digest in this release is sha256:aaaaaaaaaaaa. Both are tagged 1.4.0: one digest is of the index and one of a platform, or it was built again.`,
  ],
  [
    'renamed',
    [item('v1.3.0', 'backend#auth-api'), item('v1.4.0', 'backend#auth_api')],
    'auth-api is now called auth_api',
    'The names differ only in case or separators, so it is taken for the same component.',
  ],
  [
    'spelt in two ways',
    [item('v1.4.0', 'backend#a'), item('1.4.0', 'backend#a')],
    'v1.4.0 is also written "1.4.0"',
    'The tags spell one version, so each release lacks what was published under the other.',
  ],
  [
    'ordered, though no SemVer',
    [item('2026.08.1', 'backend#a')],
    '2026.08.1 is not SemVer',
    'It is ordered by its numbers.',
  ],
  [
    'not ordered',
    [item('jazzy', 'backend#a')],
    'jazzy is not SemVer',
    'It has no place among the releases, so nothing can be compared with it.',
  ],
])('what is said of %s', (_, items, title, why) => {
  const words = reportOf(items).rows.flatMap(({ findings }) => findings.map(describeFinding));
  expect(words).toContainEqual(expect.objectContaining({ title, why }));
});

test.each<[title: string, counters: Item]>([
  ['1 of 2 ready', { readyReplicas: 1 }],
  // What is worse comes first.
  ['0 of 2 ready', { readyReplicas: 0, updatedReplicas: 1 }],
  ['roll-out not finished, 1 of 2 updated', { readyReplicas: 2, updatedReplicas: 1 }],
  ['roll-out not finished, 1 of 2 available', { readyReplicas: 2, availableReplicas: 1 }],
  [
    'roll-out not finished, newest specification not observed yet',
    { readyReplicas: 2, generation: 2, observedGeneration: 1 },
  ],
])('an unfinished roll-out never reads as good news: %s', (title, counters) => {
  const report = reportOf([item('v1.0.0', 'k8s#prod-deployment/api', { replicas: 2, ...counters })]);
  const titles = report.rows.flatMap(({ findings }) => findings.map((finding) => describeFinding(finding).title));
  expect(titles).toContain(`api in prod: ${title}`);
});
