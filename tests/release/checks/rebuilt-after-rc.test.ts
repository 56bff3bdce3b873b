import { describe, expect, test } from 'vitest';
import type { FindingDetails } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

type Rebuilt = FindingDetails['rebuilt-after-rc']['components'][number];

const built = (release: string, commit: string, key = 'backend#api', more: Item = {}): Item =>
  item(release, key, { commit, ...more });
const commit = (tested: string, ships: string, rc = 'v1.4.0-rc.2', component = 'backend#api'): Rebuilt => ({
  component,
  rc,
  what: 'commit',
  tested,
  ships,
});
const rebuilt = (...components: [Rebuilt, ...Rebuilt[]]): Said<'rebuilt-after-rc'> => [
  'warning',
  components[0].component,
  null,
  { repo: null, components },
];

test.each<[name: string, items: Item[], expected: Said<'rebuilt-after-rc'>[], asked?: Asked]>([
  [
    'another commit',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'bbb222')],
    [rebuilt(commit('bbb222', 'aaa111'))],
  ],
  ['the same commit', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'aaa111')], []],
  ['a short commit begins the long one', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'aaa111fff')], []],
  ['in other letters', [built('v1.4.0', 'AAA111'), built('v1.4.0-rc.2', 'aaa111')], []],
  // The newest candidate that has it.
  [
    'the newest candidate counts, by number',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.10', 'bbb222'), built('v1.4.0-rc.9', 'aaa111')],
    [rebuilt(commit('bbb222', 'aaa111', 'v1.4.0-rc.10'))],
  ],
  [
    'rc10 is a candidate too',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc10', 'bbb222')],
    [rebuilt(commit('bbb222', 'aaa111', 'v1.4.0-rc10'))],
  ],
  [
    'where the newest candidate lacks it, the one before',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'x', 'backend#web'), built('v1.4.0-rc.1', 'bbb222')],
    [rebuilt(commit('bbb222', 'aaa111', 'v1.4.0-rc.1'))],
  ],
  ['no candidate has it', [built('v1.4.0', 'aaa111'), built('v1.4.0-rc.2', 'x', 'backend#web')], []],
  [
    'a candidate of the next build of the line is dated later',
    [
      built('v1.4.0+rke2r1', 'aaa111', 'backend#api', { date: '2026-11-01' }),
      built('v1.4.0-rc.1+rke2r2', 'bbb222', 'backend#api', { date: '2026-11-10' }),
    ],
    [],
    { release: 'v1.4.0+rke2r1' },
  ],
  ['candidates of another line', [built('v1.4.0', 'aaa111'), built('v1.4.1-rc.1', 'bbb222')], []],
  ['betas', [built('v1.4.0', 'aaa111'), built('v1.4.0-beta.1', 'bbb222')], []],
  [
    'a word that the policy calls a candidate',
    [built('v1.4.0', 'aaa111'), built('v1.4.0-gold.1', 'bbb222')],
    [rebuilt(commit('bbb222', 'aaa111', 'v1.4.0-gold.1'))],
    { policy: { stages: { gold: 'rc' } } },
  ],
  ['no commit', [item('v1.4.0', 'backend#api'), built('v1.4.0-rc.2', 'bbb222')], []],
  ['no commit in the candidate', [built('v1.4.0', 'aaa111'), item('v1.4.0-rc.2', 'backend#api')], []],
  [
    'a candidate is not compared with a lower one',
    [built('v1.4.0-rc.2', 'aaa111'), built('v1.4.0-rc.1', 'bbb222')],
    [],
    { release: 'v1.4.0-rc.2' },
  ],
  [
    'workloads are promoted by commits of their own',
    [built('v1.4.0', 'aaa111', 'k8s#prod-deployment/api'), built('v1.4.0-rc.2', 'bbb222', 'k8s#prod-deployment/api')],
    [],
  ],
  [
    'what is carried over was not tested',
    [built('v1.4.0', 'x', 'backend#web'), built('v1.3.0', 'aaa111'), built('v1.4.0-rc.2', 'bbb222')],
    [rebuilt(commit('bbb222', 'aaa111'))],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
])('%s', (_, items, expected, asked) => expect(said('rebuilt-after-rc', items, asked)).toEqual(expected));

describe('by version, where both say one', () => {
  const says = (release: string, version: string, more: Item = {}, key = 'backend#api') =>
    item(release, key, { [key.startsWith('frontend') ? 'npmVersion' : 'componentVersion']: version, ...more });
  const version = (tested: string, ships: string) =>
    rebuilt({ component: 'backend#api', rc: 'v1.4.0-rc.2', what: 'version', tested, ships });

  test.each<[name: string, items: Item[], expected: Said<'rebuilt-after-rc'>[]]>([
    ['other numbers', [says('v1.4.0', '2.4.1'), says('v1.4.0-rc.2', '2.4.0')], [version('2.4.0', '2.4.1')]],
    ['the candidate of its version', [says('v1.4.0', '2.4.0'), says('v1.4.0-rc.2', '2.4.0-rc.1')], []],
    ['another build', [says('v1.4.0', '2.4.0-r10'), says('v1.4.0-rc.2', '2.4.0-r9')], []],
    ['what is not a version', [says('v1.4.0', 'main'), says('v1.4.0-rc.2', '2.4.0')], []],
    ['one of them says none', [item('v1.4.0', 'backend#api'), says('v1.4.0-rc.2', '2.4.0')], []],
    [
      'neither says one: the release’s numbers are those of its line',
      [item('v1.4.0', 'backend#api'), item('v1.4.0-rc.2', 'backend#api')],
      [],
    ],
    [
      'the same commit, and another version all the same',
      [says('v1.4.0', '2.4.1', { commit: 'aaa111' }), says('v1.4.0-rc.2', '2.4.0', { commit: 'aaa111' })],
      [version('2.4.0', '2.4.1')],
    ],
    [
      'another commit goes before another version',
      [says('v1.4.0', '2.4.1', { commit: 'aaa111' }), says('v1.4.0-rc.2', '2.4.0', { commit: 'bbb222' })],
      [rebuilt(commit('bbb222', 'aaa111'))],
    ],
  ])('%s', (_, items, expected) => expect(said('rebuilt-after-rc', items)).toEqual(expected));
});

test('once per repository, on its first component by code point; components without one each for themselves', () => {
  const keys = ['frontend#web', 'backend#zoo', 'backend#api'];
  const pair = (key: string, more: Item = {}) => [
    built('v1.4.0', 'aaa111', key, more),
    built('v1.4.0-rc.2', 'bbb222', key, more),
  ];
  const items = [
    ...keys.flatMap((key) => pair(key, { repo: 'acme/mono' })),
    ...pair('infra#a', { repo: 'acme/infra' }),
    ...pair('kafka#a'),
    ...pair('kafka#b'),
  ];
  const of = (component: string) => commit('bbb222', 'aaa111', 'v1.4.0-rc.2', component);
  expect(said('rebuilt-after-rc', items)).toEqual([
    [
      'warning',
      'backend#api',
      null,
      { repo: 'acme/mono', components: ['backend#api', 'backend#zoo', 'frontend#web'].map(of) },
    ],
    rebuilt(of('kafka#a')),
    rebuilt(of('kafka#b')),
    ['warning', 'infra#a', null, { repo: 'acme/infra', components: [of('infra#a')] }],
  ]);
});
