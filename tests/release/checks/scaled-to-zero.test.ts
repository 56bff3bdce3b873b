import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const entry = (key: string, counters: Item): Item[] => [item('v1.4.0', key, counters)];
const zero = (environment: string | null): Said<'scaled-to-zero'> => ['warning', 'k8s#api', environment, {}];

test.each<[name: string, items: Item[], expected: Said<'scaled-to-zero'>[]]>([
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
  ['one desired', entry('k8s#prod-deployment/api', { replicas: 1 }), []],
  ['nobody says how many', entry('k8s#prod-deployment/api', { readyReplicas: 0 }), []],
  ['what is no workload', entry('backend#api', { replicas: 0 }), []],
])('%s', (_, items, expected) => expect(said('scaled-to-zero', items)).toEqual(expected));
