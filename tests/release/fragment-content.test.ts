import { expect, test } from 'vitest';
import { contentDifferences } from '../../src/release/item/fragment-content.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';

const differences = (stored: Item, offered: Item) => contentDifferences(stored, offered, DOCUMENTED_KEYS);

test.each<[string, Item, Item]>([
  ['spelling of a field', { npm_version: '1.0.0' }, { npmVersion: '1.0.0' }],
  ['an instant', { date: '2026-11-20T13:00:00+01:00' }, { date: '2026-11-20T12:00:00.000Z' }],
  ['a set and a list', { producers: ['a', 'b'] }, { producers: ['b', 'a'] }],
  ['one name and a list of one', { environment: 'prod' }, { environment: ['prod'] }],
  ['a count as text', { replicas: '3' }, { replicas: 3 }],
  ['nothing and an empty value', { owner: '', notes: null }, {}],
  ['the order of a map', { meta: { a: '1', b: { c: 1, d: [2] } } }, { meta: { b: { d: [2], c: 1 }, a: '1' } }],
  ['what the publisher keeps for itself', { publishedAt: '1', publishedBy: 'x', writeId: 'y', replaced: [] }, {}],
  [
    'the environment that the key of a workload names',
    { 'component#name': 'k8s#prod-deployment/api' },
    { 'component#name': 'k8s#prod-deployment/api', environment: 'prod' },
  ],
  ['what a checkout knew of the commits', { changes: ['9f3c2ab a'] }, { changes: { commits: [], shallow: true } }],
  ['the same where it cannot be read', { Changes: 7 }, {}],
  ['the keys', { version: 'v1.4.0', 'component#name': 'a#b' }, {}],
])('%s is no difference', (_, stored, offered) => {
  expect([differences(stored, offered), differences(offered, stored)]).toEqual([[], []]);
});

test('differences are by field and in order', () => {
  expect(
    differences({ commit: 'a', owner: 'team', extra: { x: 1 } }, { commit: 'b', digest: 'sha256:1', extra: { x: 2 } }),
  ).toEqual([
    { name: 'commit', stored: 'a', offered: 'b' },
    { name: 'digest', stored: null, offered: 'sha256:1' },
    { name: 'extra', stored: { x: 1 }, offered: { x: 2 } },
    { name: 'owner', stored: 'team', offered: null },
  ]);
});

test('another environment than the one in the key is a difference', () => {
  const key = { 'component#name': 'k8s#prod-deployment/api' };
  expect(differences(key, { ...key, environment: 'qa' })).toEqual([
    { name: 'environment', stored: null, offered: ['qa'] },
  ]);
});

test('a field of the wrong shape differs from one of the right', () => {
  expect(differences({ replicas: 'three' }, { replicas: 3 })).toEqual([
    { name: 'replicas', stored: 'three', offered: 3 },
  ]);
});
