import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

/** `v1.4.0 prod api web` → an entry per workload. */
const runs = (...lines: string[]): Item[] =>
  lines.flatMap((line) => {
    const [release = '', environment = '', ...names] = line.split(' ');
    return names.map((name) => item(release, `k8s#${environment}-deployment/${name}`));
  });
const partial = (environment: string, running: string[], absent: string[]): Said<'partial-environment'> => [
  'error',
  null,
  environment,
  { running: running.map((name) => `k8s#${name}`), absent: absent.map((name) => `k8s#${name}`) },
];
const PROD = runs('v1.3.0 prod api web', 'v1.2.0 prod api web');
const roster = (...rows: unknown[]): Asked => ({ policy: { roster: rows } });

test.each<[name: string, items: Item[], expected: Said<'partial-environment'>[], asked?: Asked]>([
  ['one of two', [...PROD, ...runs('v1.4.0 prod api')], [partial('prod', ['api'], ['web'])]],
  ['all of them', [...PROD, ...runs('v1.4.0 prod api web')], []],
  [
    'the other runs elsewhere',
    [...PROD, ...runs('v1.4.0 prod api', 'v1.4.0 staging web')],
    [partial('prod', ['api'], ['web'])],
  ],
  ['an environment in which nothing of the release runs', [...PROD, ...runs('v1.4.0 staging api web')], []],
  [
    'an environment in which the other never runs',
    [
      ...runs(
        'v1.3.0 prod api',
        'v1.3.0 staging web',
        'v1.2.0 prod api',
        'v1.2.0 staging web',
        'v1.4.0 prod api',
        'v1.4.0 staging web',
      ),
    ],
    [],
  ],
  [
    'two environments, in their order',
    [...PROD, ...runs('v1.3.0 qa api web', 'v1.4.0 prod api', 'v1.4.0 qa web')],
    [partial('qa', ['web'], ['api']), partial('prod', ['api'], ['web'])],
  ],
  [
    'an environment outside the order',
    [...PROD, ...runs('v1.3.0 sandbox api web', 'v1.4.0 sandbox api', 'v1.4.0 prod api web')],
    [partial('sandbox', ['api'], ['web'])],
  ],
  [
    'it runs there in a higher release',
    [...runs('v1.3.0 qa api web', 'v1.2.0 qa api web', 'v1.5.0 prod web', 'v1.4.0 prod api', 'v1.4.0 qa web')],
    [partial('qa', ['web'], ['api']), partial('prod', ['api'], ['web'])],
  ],
  ['no roster', runs('v1.5.0 prod api web', 'v1.4.0 prod api'), []],
  [
    'entries of several environments',
    [...PROD, item('v1.4.0', 'k8s#deployment/api', { environments: ['prod', 'qa'] })],
    [partial('prod', ['api'], ['web'])],
  ],
  ['entries of no environment', [...PROD, item('v1.4.0', 'k8s#api')], []],
  [
    'another kind of one name is the same workload',
    [...PROD, ...runs('v1.4.0 prod api'), item('v1.4.0', 'k8s#prod-statefulset/web')],
    [],
  ],
  ['what is no workload', [...PROD, item('v1.4.0', 'backend#api', { environment: 'prod' })], []],
  [
    'optional workloads',
    [...PROD, ...runs('v1.4.0 prod api')],
    [],
    roster({ component: 'k8s#web', expectation: 'optional' }, { component: '*' }),
  ],
  [
    'carried workloads',
    [...PROD, ...runs('v1.4.0 prod api')],
    [],
    roster({ component: 'k8s#web', expectation: 'carried' }, { component: '*' }),
  ],
  [
    'ignored workloads',
    [...PROD, ...runs('v1.4.0 prod api')],
    [],
    roster({ component: 'k8s#web', expectation: 'ignored' }, { component: '*' }),
  ],
  [
    'required by the policy',
    [...PROD, ...runs('v1.4.0 prod api')],
    [partial('prod', ['api'], ['web'])],
    roster({ component: 'k8s#web' }, { component: '*' }),
  ],
])('%s', (_, items, expected, asked) => expect(said('partial-environment', items, asked)).toEqual(expected));
