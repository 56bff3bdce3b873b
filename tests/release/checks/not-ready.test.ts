import { expect, test } from 'vitest';
import type { FindingDetails } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

type Details = FindingDetails['not-ready'];
const waits = (waitsFor: Details['waitsFor'], ready: number, more: Partial<Details> = {}): Said<'not-ready'>[] => [
  ['error', 'k8s#api', 'prod', { desired: 3, ready, waitsFor, updated: null, available: null, ...more }],
];

test.each<[name: string, counters: Item, expected: Said<'not-ready'>[]]>([
  ['all ready', { replicas: 3, readyReplicas: 3 }, []],
  [
    'all counters',
    { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3, generation: 7, observedGeneration: 7 },
    [],
  ],
  ['more than desired', { replicas: 3, readyReplicas: 4, updatedReplicas: 4 }, []],
  ['counters as text', { replicas: '3', readyReplicas: '3' }, []],
  [
    'a generation seen before it was asked for',
    { replicas: 3, readyReplicas: 3, generation: 7, observedGeneration: 8 },
    [],
  ],
  ['one not ready', { replicas: 3, readyReplicas: 2 }, waits('readiness', 2)],
  ['ready is left out, so it is zero', { replicas: 3 }, waits('readiness', 0)],
  [
    'generation not observed',
    { replicas: 3, readyReplicas: 3, generation: 7, observedGeneration: 6 },
    waits('observation', 3),
  ],
  ['generation never observed', { replicas: 3, readyReplicas: 3, generation: 1 }, waits('observation', 3)],
  ['not updated', { replicas: 3, readyReplicas: 3, updatedReplicas: 2 }, waits('update', 3, { updated: 2 })],
  [
    'not available',
    { replicas: 3, readyReplicas: 3, availableReplicas: 2 },
    waits('availability', 3, { available: 2 }),
  ],
  // The order in which kubectl asks.
  [
    'observation before update',
    { replicas: 3, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1, generation: 2, observedGeneration: 1 },
    waits('observation', 1, { updated: 1, available: 1 }),
  ],
  [
    'update before readiness',
    { replicas: 3, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    waits('update', 1, { updated: 1, available: 1 }),
  ],
  [
    'readiness before availability',
    { replicas: 3, readyReplicas: 1, updatedReplicas: 3, availableReplicas: 1 },
    waits('readiness', 1, { updated: 3, available: 1 }),
  ],
  ['nothing desired', { replicas: 0 }, []],
  ['nothing desired, something ready', { replicas: 0, readyReplicas: 2 }, []],
  ['the desired count is unknown', { readyReplicas: 0 }, []],
  ['the desired count cannot be read', { replicas: 'three', readyReplicas: 0 }, []],
])('%s', (_, counters, expected) => {
  expect(said('not-ready', [item('v1.4.0', 'k8s#prod-deployment/api', counters)])).toEqual(expected);
});

// Each kind as kubectl judges it.
test.each<[kind: string, counters: Item, waitsFor: Details['waitsFor'] | null]>([
  ['deployment', { availableReplicas: 2 }, 'availability'],
  ['daemonset', { availableReplicas: 2 }, 'availability'],
  ['rollout', { availableReplicas: 2 }, 'availability'],
  ['deploymentconfig', { availableReplicas: 2 }, 'availability'],
  ['service', { availableReplicas: 2 }, 'availability'],
  ['statefulset', { availableReplicas: 2 }, null],
  ['statefulset', { availableReplicas: 2, updatedReplicas: 2 }, 'update'],
  ['statefulset', { updatedReplicas: 3 }, null],
  ['rollout', { updatedReplicas: 1 }, 'update'],
  ['job', { readyReplicas: 0 }, null],
  ['cronjob', { readyReplicas: 0 }, null],
])('a %s with %j waits for %s', (kind, counters, waitsFor) => {
  const items = [item('v1.4.0', `k8s#prod-${kind}/api`, { replicas: 3, readyReplicas: 3, ...counters })];
  expect(said('not-ready', items).map(([, , , details]) => details.waitsFor)).toEqual(
    waitsFor === null ? [] : [waitsFor],
  );
});

test.each<[name: string, items: Item[], expected: Said<'not-ready'>[], asked?: Asked]>([
  [
    'of two keys of one place only the one that was observed last',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 3, readyReplicas: 3, publishedAt: '2026-11-02' }),
      item('v1.4.0', 'k8s#production-deployment/api', { replicas: 3, readyReplicas: 1, publishedAt: '2026-11-01' }),
    ],
    [],
  ],
  [
    'the date counts where nobody says when it was published',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 3, readyReplicas: 1, date: '2026-11-02' }),
      item('v1.4.0', 'k8s#production-deployment/api', { replicas: 3, readyReplicas: 3, date: '2026-11-01' }),
    ],
    waits('readiness', 1),
  ],
  [
    'the first by key counts where nothing tells them apart',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 3, readyReplicas: 3 }),
      item('v1.4.0', 'k8s#production-deployment/api', { replicas: 3, readyReplicas: 1 }),
    ],
    [],
  ],
  [
    'two kinds of one name are two places',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { replicas: 3, readyReplicas: 3, publishedAt: '2026-11-02' }),
      item('v1.4.0', 'k8s#production-statefulset/api', { replicas: 3, readyReplicas: 1, publishedAt: '2026-11-01' }),
    ],
    waits('readiness', 1),
  ],
  [
    'one that is carried over',
    [item('v1.4.0', 'backend#x'), item('v1.3.0', 'k8s#prod-deployment/api', { replicas: 3, readyReplicas: 1 })],
    waits('readiness', 1),
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
])('%s', (_, items, expected, asked) => expect(said('not-ready', items, asked)).toEqual(expected));

test.each<[release: string, readyReplicas: number, severity: Said<'not-ready'>[0] | 'off', asked?: Asked]>([
  ['v1.4.0-alpha.1', 1, 'warning'],
  ['v1.4.0-alpha.1', 0, 'error'],
  ['v1.4.0-beta.1', 1, 'warning'],
  ['v1.4.0-beta.1', 0, 'error'],
  ['v1.4.0-next.1', 0, 'error'],
  ['v1.4.0-rc.1', 1, 'error'],
  ['v1.4.0', 0, 'error'],
  ['v1.4.0', 0, 'error', { as: 'alpha' }],
  // What the policy says of the code stands.
  ['v1.4.0', 0, 'info', { policy: { severities: { 'not-ready': 'info' } } }],
  ['v1.4.0', 0, 'off', { policy: { severities: { 'not-ready': { stable: 'off' } } } }],
  ['v1.4.0-rc.1', 0, 'error', { policy: { severities: { 'not-ready': { stable: 'off' } } } }],
])('in %s with %i ready it weighs %s', (release, readyReplicas, severity, asked) => {
  const items = [item(release, 'k8s#prod-deployment/api', { replicas: 3, readyReplicas })];
  const weighs = said('not-ready', items, { release, ...asked }).map(([weight]) => weight);
  expect(weighs).toEqual(severity === 'off' ? [] : [severity]);
});

test('each environment is said for itself; what is not a workload has no replicas', () => {
  const items = [
    item('v1.4.0', 'k8s#deployment/api', { environments: ['prod', 'qa'], replicas: 2, readyReplicas: 1 }),
    item('v1.4.0', 'k8s#worker', { replicas: 2, readyReplicas: 1 }),
    item('v1.4.0', 'backend#api', { replicas: 2, readyReplicas: 1 }),
  ];
  const details: Details = { desired: 2, ready: 1, waitsFor: 'readiness', updated: null, available: null };
  expect(said('not-ready', items)).toEqual([
    ['error', 'k8s#api', 'qa', details],
    ['error', 'k8s#api', 'prod', details],
    ['error', 'k8s#worker', null, details],
  ]);
});
