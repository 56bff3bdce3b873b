import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const entry = (key: string, counters: Item): Item[] => [item('v1.4.0', key, counters)];
const zero = (environment: string | null): Said<'scaled-to-zero'> => ['warning', 'k8s#api', environment, {}];

test.each<[name: string, items: Item[], expected: Said<'scaled-to-zero'>[], asked?: Asked]>([
  ['none desired', entry('k8s#prod-deployment/api', { replicas: 0 }), [zero('prod')]],
  ['none desired, written as text', entry('k8s#prod-deployment/api', { replicas: '0' }), [zero('prod')]],
  [
    'none desired, one still ready',
    entry('k8s#prod-deployment/api', { replicas: 0, readyReplicas: 1 }),
    [zero('prod')],
  ],
  ['no environment', entry('k8s#api', { replicas: 0 }), [zero(null)]],
  [
    'several environments',
    entry('k8s#deployment/api', { environments: ['prod', 'qa'], replicas: 0 }),
    [zero('qa'), zero('prod')],
  ],
  ['a job has no such count', entry('k8s#prod-job/api', { replicas: 0 }), []],
  ['nor has a cronjob', entry('k8s#prod-cronjob/api', { replicas: 0 }), []],
  [
    'one that is carried over',
    [item('v1.4.0', 'backend#api'), item('v1.3.0', 'k8s#prod-deployment/api', { replicas: 0 })],
    [zero('prod')],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['one desired', entry('k8s#prod-deployment/api', { replicas: 1 }), []],
  ['nobody says how many', entry('k8s#prod-deployment/api', { readyReplicas: 0 }), []],
  ['what is not a workload', entry('backend#api', { replicas: 0 }), []],
])('%s', (_, items, expected, asked) => expect(said('scaled-to-zero', items, asked)).toEqual(expected));
