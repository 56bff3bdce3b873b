import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

/** `v1.4.0 prod api web` → an entry per workload. */
const runs = (...lines: string[]): Item[] =>
  lines.flatMap((line) => {
    const [release = '', environment = '', ...names] = line.split(' ');
    return names.map((name) => item(release, `k8s#${environment}-deployment/${name}`));
  });
const partial = (
  environment: string,
  running: string,
  absent: string,
  severity: Severity = 'error',
  arriving = false,
): Said<'partial-environment'> => {
  const ids = (names: string) => names.split(' ').map((name) => `k8s#${name}`);
  return [severity, null, environment, { running: ids(running), absent: ids(absent), arriving }];
};
const PROD = runs('v1.3.0 prod api web', 'v1.2.0 prod api web');
/** Web is part of v1.4.0, and not in prod. */
const HALF = runs('v1.4.0 prod api', 'v1.4.0 staging api web');
const GROUPS: Asked = { policy: { groups: { prod: ['prod-eu', 'prod-us'] } } };
const roster = (...rows: unknown[]): Asked => ({ policy: { roster: rows } });

test.each<[name: string, items: Item[], expected: Said<'partial-environment'>[], asked?: Asked]>([
  ['one of two', [...PROD, ...HALF], [partial('prod', 'api', 'web')]],
  ['all of them', [...PROD, ...runs('v1.4.0 prod api web')], []],
  ['what the release lacks altogether is missing, and told so', [...PROD, ...runs('v1.4.0 prod api')], []],
  ['an environment in which nothing of the release runs', [...PROD, ...runs('v1.4.0 staging api web')], []],
  [
    'an environment in which the other never ran',
    [...runs('v1.3.0 prod api', 'v1.3.0 staging web', 'v1.2.0 prod api', 'v1.2.0 staging web'), ...HALF],
    [],
  ],
  [
    'two environments, in their order',
    [...PROD, ...runs('v1.3.0 qa api web', 'v1.4.0 prod api', 'v1.4.0 qa web')],
    [partial('qa', 'web', 'api'), partial('prod', 'api', 'web')],
  ],
  [
    'several workloads, told once',
    [...runs('v1.3.0 prod api db web'), ...runs('v1.4.0 prod api', 'v1.4.0 staging db web')],
    [partial('prod', 'api', 'db web')],
  ],
  // A group of environments is one.
  [
    'what runs in another environment of the group is there',
    [...runs('v1.3.0 prod-eu api web'), ...runs('v1.4.0 prod-eu api', 'v1.4.0 prod-us web')],
    [],
    GROUPS,
  ],
  [
    'what runs nowhere in the group, said of the first in which something does',
    [...runs('v1.3.0 prod-eu api web'), ...runs('v1.4.0 prod-us api', 'v1.4.0 prod-eu api', 'v1.4.0 staging web')],
    [partial('prod-eu', 'api', 'web')],
    GROUPS,
  ],
  [
    'the releases before of all the group',
    [...runs('v1.3.0 prod-us web', 'v1.3.0 prod-eu api'), ...runs('v1.4.0 prod-eu api', 'v1.4.0 staging web')],
    [partial('prod-eu', 'api', 'web')],
    GROUPS,
  ],
  [
    'an environment outside the order',
    [...runs('v1.3.0 sandbox api web', 'v1.4.0 sandbox api', 'v1.4.0 prod api web')],
    [partial('sandbox', 'api', 'web')],
  ],
  [
    'entries of several environments',
    [...PROD, ...runs('v1.4.0 dev web'), item('v1.4.0', 'k8s#deployment/api', { environments: ['prod', 'qa'] })],
    [partial('prod', 'api', 'web')],
  ],
  ['entries of no environment', [...PROD, item('v1.4.0', 'k8s#api'), item('v1.4.0', 'k8s#web')], []],
  [
    'another kind of one name is the same workload',
    [...PROD, ...runs('v1.4.0 prod api'), item('v1.4.0', 'k8s#prod-statefulset/web')],
    [],
  ],
  [
    'what is not a workload',
    [
      ...['v1.3.0', 'v1.2.0'].flatMap((release) =>
        ['api', 'web'].map((name) => item(release, `backend#${name}`, { environment: 'prod' })),
      ),
      item('v1.4.0', 'backend#api', { environment: 'prod' }),
      item('v1.4.0', 'backend#web', { environment: 'qa' }),
    ],
    [],
  ],
  [
    'workloads that the policy calls optional',
    [...PROD, ...HALF],
    [],
    roster({ component: 'k8s#web', expectation: 'optional' }, { component: '*' }),
  ],
  [
    'workloads that the policy ignores',
    [...PROD, ...HALF],
    [],
    roster({ component: 'k8s#web', expectation: 'ignored' }, { component: '*' }),
  ],
  [
    'workloads that the policy requires',
    [...PROD, ...HALF],
    [partial('prod', 'api', 'web')],
    roster({ component: 'k8s#web' }, { component: '*' }),
  ],
  [
    'workloads that are carried over where they ran',
    [...PROD, ...runs('v1.4.0 prod api')],
    [],
    roster({ component: 'k8s#web', expectation: 'carried' }, { component: '*' }),
  ],
  [
    'workloads that are carried over from elsewhere',
    [...runs('v1.2.0 prod api web', 'v1.1.0 prod api web', 'v1.3.0 staging web', 'v1.4.0 prod api')],
    [partial('prod', 'api', 'web')],
    roster({ component: 'k8s#web', expectation: 'carried' }, { component: '*' }),
  ],
  ['workloads that are not asked for yet', [...PROD, ...HALF], [], { notYet: ['k8s'] }],
  [
    'other types that are not asked for yet',
    [...PROD, ...HALF],
    [partial('prod', 'api', 'web')],
    { notYet: ['infra'] },
  ],
])('%s', (_, items, expected, asked) => expect(said('partial-environment', items, asked)).toEqual(expected));

describe('how many of the last three releases there must have had it there', () => {
  const found = [partial('prod', 'api', 'web')];
  test.each<[name: string, items: Item[], expected: Said<'partial-environment'>[], asked?: Asked]>([
    ['none', runs('v1.3.0 prod api'), []],
    ['the only one', runs('v1.3.0 prod api web'), found],
    ['one of two', runs('v1.3.0 prod api', 'v1.2.0 prod api web'), []],
    ['both', runs('v1.3.0 prod api web', 'v1.2.0 prod api web'), found],
    ['one of three', runs('v1.3.0 prod api web', 'v1.2.0 prod api', 'v1.1.0 prod api'), []],
    ['two of three', runs('v1.3.0 prod api', 'v1.2.0 prod api web', 'v1.1.0 prod api web'), found],
    [
      'only the last three count',
      runs('v1.3.0 prod api', 'v1.2.0 prod api', 'v1.1.0 prod api web', 'v1.0.0 prod api web'),
      [],
    ],
    [
      'releases that were not there do not count',
      runs('v1.3.0 staging api', 'v1.2.0 prod api web', 'v1.1.0 staging api', 'v1.0.0 prod api web'),
      found,
    ],
    ['releases of any stage', runs('v1.4.0-rc.1 prod api web', 'v1.4.0-beta.1 prod api web'), found],
    ['higher releases do not count', runs('v1.5.0 prod api web', 'v1.6.0 prod api web'), []],
    // By the same rule of dates as predecessors.
    [
      'a patch of an earlier line that came later does not count',
      [
        ...runs('v1.3.1 prod api web'),
        item('v1.3.1', 'backend#x', { date: '2026-11-10' }),
        item('v1.4.0', 'backend#x', { date: '2026-11-01' }),
      ],
      [],
    ],
    [
      'a release without number order has none before it',
      runs('main prod api', 'main staging web', 'v1.3.0 prod api web'),
      [],
      { release: 'main' },
    ],
  ])('%s', (_, items, expected, asked) => {
    expect(said('partial-environment', [...items, ...HALF], asked)).toEqual(expected);
  });
});

describe('while the release may still be arriving it only informs', () => {
  const young = [item('v1.4.0', 'backend#x', { publishedAt: '2026-11-20T11:59:00Z' })];
  test.each<[name: string, more: Item[], expected: Said<'partial-environment'>[], asked?: Asked]>([
    ['within the grace period', young, [partial('prod', 'api', 'web', 'info', true)]],
    [
      'whatever the policy says of the code',
      young,
      [partial('prod', 'api', 'web', 'info', true)],
      { policy: { severities: { 'partial-environment': 'error' } } },
    ],
    ['off', young, [], { policy: { severities: { 'partial-environment': 'off' } } }],
    ['without grace', young, [partial('prod', 'api', 'web')], { policy: { graceMinutes: 0 } }],
  ])('%s', (_, more, expected, asked) => {
    expect(said('partial-environment', [...PROD, ...HALF, ...more], asked)).toEqual(expected);
  });
});
