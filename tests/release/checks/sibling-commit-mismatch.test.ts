import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const LONG = 'a'.repeat(40);
const of = (key: string, commit: string, repo = 'acme/mono'): Item => item('v1.4.0', key, { repo, commit });
const apart = (repo: string, ...commits: [component: string, commit: string][]): Said<'sibling-commit-mismatch'> => [
  'error',
  commits[0]?.[0] ?? null,
  null,
  { repo, commits: commits.map(([component, commit]) => ({ component, commit })) },
];

/** The component b at commit def2 in v1.4.0, and as it was in v1.3.0. */
const unchanged = (now: string | undefined, before: string | undefined, commit = 'def2'): Item[] => {
  const says = (version?: string) => (version === undefined ? {} : { componentVersion: version });
  return [
    item('v1.4.0', 'backend#b', { repo: 'acme/mono', commit: 'def2', ...says(now) }),
    item('v1.3.0', 'backend#b', { repo: 'acme/mono', commit, ...says(before) }),
  ];
};

test.each<[name: string, items: Item[], expected: Said<'sibling-commit-mismatch'>[]]>([
  [
    'two commits of one repository',
    [of('frontend#web', 'abc1'), of('backend#api', 'def2')],
    [apart('acme/mono', ['backend#api', 'def2'], ['frontend#web', 'abc1'])],
  ],
  ['one commit', [of('frontend#web', LONG), of('backend#api', LONG)], []],
  ['a short commit begins the long one', [of('frontend#web', 'aaaaaaa'), of('backend#api', LONG)], []],
  ['in other letters', [of('frontend#web', 'ABC1'), of('backend#api', 'abc1ff')], []],
  [
    'two long commits that one short commit begins',
    [of('backend#a', 'aaa'), of('backend#b', 'aaa1'), of('backend#c', 'aaa2')],
    [apart('acme/mono', ['backend#a', 'aaa'], ['backend#b', 'aaa1'], ['backend#c', 'aaa2'])],
  ],
  ['two repositories', [of('frontend#web', 'abc1', 'acme/web'), of('backend#api', 'def2', 'acme/api')], []],
  [
    'once per repository',
    [
      of('backend#a', '1a', 'x/1'),
      of('backend#b', '2b', 'x/1'),
      of('backend#c', '3c', 'x/2'),
      of('backend#d', '4d', 'x/2'),
    ],
    [apart('x/1', ['backend#a', '1a'], ['backend#b', '2b']), apart('x/2', ['backend#c', '3c'], ['backend#d', '4d'])],
  ],
  [
    'a repository called as JavaScript calls things',
    [of('backend#a', '1a', '__proto__'), of('backend#b', '2b', '__proto__')],
    [apart('__proto__', ['backend#a', '1a'], ['backend#b', '2b'])],
  ],
  ['no repository', ['a', 'b'].map((name) => item('v1.4.0', `backend#${name}`, { commit: name })), []],
  ['no commit', [of('backend#a', 'abc1'), item('v1.4.0', 'backend#b', { repo: 'acme/mono' })], []],
  [
    'another release',
    [of('backend#a', 'abc1'), item('v1.3.0', 'backend#b', { repo: 'acme/mono', commit: 'def2' })],
    [],
  ],
])('%s', (_, items, expected) => expect(said('sibling-commit-mismatch', items)).toEqual(expected));

test.each<[name: string, items: Item[], expected: Said<'sibling-commit-mismatch'>[], asked?: Asked]>([
  [
    'workloads, which are promoted one by one',
    [of('k8s#prod-deployment/a', 'abc1'), of('k8s#prod-deployment/b', 'def2'), of('backend#c', 'abc1')],
    [],
  ],
  [
    'what is carried over',
    [of('backend#a', 'abc1'), item('v1.3.0', 'backend#b', { repo: 'acme/mono', commit: 'def2' })],
    [],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  // What did not change: a version of its own, and version and commit as before.
  ['unchanged', [of('backend#a', 'abc1'), ...unchanged('1.2.0', '1.2.0')], []],
  ['unchanged, spelt otherwise', [of('backend#a', 'abc1'), ...unchanged('v1.2.0', '1.2.0')], []],
  [
    'another version',
    [of('backend#a', 'abc1'), ...unchanged('1.2.1', '1.2.0')],
    [apart('acme/mono', ['backend#a', 'abc1'], ['backend#b', 'def2'])],
  ],
  [
    'no version of its own: nobody can tell',
    [of('backend#a', 'abc1'), ...unchanged(undefined, undefined)],
    [apart('acme/mono', ['backend#a', 'abc1'], ['backend#b', 'def2'])],
  ],
  [
    'no version of its own before',
    [of('backend#a', 'abc1'), ...unchanged('1.2.0', undefined)],
    [apart('acme/mono', ['backend#a', 'abc1'], ['backend#b', 'def2'])],
  ],
  [
    'another commit than before',
    [of('backend#a', 'abc1'), ...unchanged('1.2.0', '1.2.0', '9999')],
    [apart('acme/mono', ['backend#a', 'abc1'], ['backend#b', 'def2'])],
  ],
  [
    'two that changed, beside one that did not',
    [of('backend#a', 'abc1'), of('backend#c', 'eee3'), ...unchanged('1.2.0', '1.2.0')],
    [apart('acme/mono', ['backend#a', 'abc1'], ['backend#c', 'eee3'])],
  ],
])('%s', (_, items, expected, asked) => expect(said('sibling-commit-mismatch', items, asked)).toEqual(expected));

test('the first component is the first by code point, whatever the order of the columns', () => {
  const items = [of('frontend#b', 'abc1'), of('frontend#B', 'def2'), of('zoo#a', 'abc1'), of('infra#x', 'def2')];
  expect(said('sibling-commit-mismatch', items)).toEqual([
    apart('acme/mono', ['frontend#B', 'def2'], ['frontend#b', 'abc1'], ['infra#x', 'def2'], ['zoo#a', 'abc1']),
  ]);
});
