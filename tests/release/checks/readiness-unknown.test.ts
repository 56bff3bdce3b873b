import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const entry = (key: string, counters: Item = {}): Item[] => [item('v1.4.0', `k8s#${key}`, counters)];
const unknown = (environment: string | null, ready: number | null = null): Said<'readiness-unknown'> => [
  'warning',
  'k8s#api',
  environment,
  { ready },
];

test.each<[name: string, items: Item[], expected: Said<'readiness-unknown'>[], asked?: Asked]>([
  ['no counters', entry('prod-deployment/api'), [unknown('prod')]],
  ['ready, of how many nobody says', entry('prod-statefulset/api', { readyReplicas: 2 }), [unknown('prod', 2)]],
  ['a daemonset', entry('prod-daemonset/api', { readyReplicas: 2 }), [unknown('prod', 2)]],
  ['a desired count that cannot be read', entry('prod-deployment/api', { replicas: 'many' }), [unknown('prod')]],
  ['a name without kind and environment', entry('api'), [unknown(null)]],
  ['several environments', entry('deployment/api', { environments: ['prod', 'qa'] }), [unknown('qa'), unknown('prod')]],
  ['a desired count', entry('prod-deployment/api', { replicas: 2 }), []],
  ['a desired count of zero', entry('prod-deployment/api', { replicas: 0 }), []],
  ['a job has none', entry('prod-job/api'), []],
  ['a cronjob has none', entry('prod-cronjob/api'), []],
  ['a rollout', entry('prod-rollout/api'), [unknown('prod')]],
  ['a service of ECS', entry('prod-service/api'), [unknown('prod')]],
  [
    'of two keys of one place only the one that was observed last',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 2, publishedAt: '2026-11-02' }),
      item('v1.4.0', 'k8s#production-deployment/api', { publishedAt: '2026-11-01' }),
    ],
    [],
  ],
  [
    'one that is carried over',
    [item('v1.4.0', 'backend#api'), item('v1.3.0', 'k8s#prod-deployment/api')],
    [unknown('prod')],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['what is not a workload', [item('v1.4.0', 'backend#api')], []],
])('%s', (_, items, expected, asked) => expect(said('readiness-unknown', items, asked)).toEqual(expected));
