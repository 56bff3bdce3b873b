import { expect, test } from 'vitest';
import { DOCUMENTED_KEYS, type Item, type KeyNames, type PlainValue } from '../../src/release/item/item.ts';
import { policyOfTable } from '../../src/release/policy/read-policy.ts';
import { item } from './items.ts';

const policyItem = (attributes: Item) => item('policy', 'policy#release-matrix', attributes);
const written = (document: PlainValue) => [item('v1.4.0', 'backend#api'), policyItem({ document })];

test.each<[name: string, items: Item[], expected: [source: string, graceMinutes: number, faults: string[]]]>([
  ['no items', [], ['defaults', 60, []]],
  ['no policy item', [item('v1.4.0', 'backend#api'), item('policy', 'backend#api')], ['defaults', 60, []]],
  ['a map', written({ graceMinutes: 5 }), ['table', 5, []]],
  ['its JSON', written('{ "graceMinutes": 5 }'), ['table', 5, []]],
  ['an empty document', written({}), ['table', 60, []]],
  // A broken document is never half used: the defaults hold, with its faults, and nothing passes by them.
  [
    'a document with a fault',
    written({ graceMinutes: 5, roster: {} }),
    ['table', 60, ['roster: Invalid input: expected array, received object']],
  ],
  [
    'a fault in its JSON',
    written('{ "graceMinutes": -5 }'),
    ['table', 60, ['graceMinutes: Too small: expected number to be >=0']],
  ],
  ['no JSON', written('graceMinutes: 5'), ['table', 60, [': is not JSON: ']]],
  ['no text and no map', written(7), ['table', 60, [': Invalid input: expected object, received number']]],
  ['no document', [policyItem({})], ['table', 60, [': Invalid input: expected object, received undefined']]],
])('%s', (_, items, [source, graceMinutes, faults]) => {
  const found = policyOfTable(items, DOCUMENTED_KEYS);
  expect([found.source, found.policy.graceMinutes]).toEqual([source, graceMinutes]);
  expect(found.policy.faults.map(({ path, reason }) => `${path}: ${reason}`)).toEqual(
    faults.map((fault) => expect.stringContaining(fault)),
  );
});

test('the item is found by the table’s own key names', () => {
  const keys: KeyNames = { release: 'pk', component: 'sk' };
  const items: Item[] = [{ pk: 'policy', sk: 'policy#release-matrix', document: { graceMinutes: 5 } }];
  expect(policyOfTable(items, keys).policy.graceMinutes).toBe(5);
  expect(policyOfTable(items, DOCUMENTED_KEYS).source).toBe('defaults');
});

test('the item tells when its documents were written, by whom, and what each changed', () => {
  const items: Item[] = [
    policyItem({
      document: { graceMinutes: 5, roster: [{ component: '*' }] },
      publishedAt: '2026-11-20T12:00:00Z',
      publishedBy: 'arn:aws:iam::1:user/jane',
      replaced: [
        {
          document: '{ "graceMinutes": 7, "waivers": [], "roster": [{ "component": "*" }] }',
          publishedAt: 'yesterday',
        },
        { document: 'no JSON', publishedAt: '2026-11-18T12:00:00Z', publishedBy: 7 },
        'no document',
      ],
    }),
  ];
  expect(policyOfTable(items, DOCUMENTED_KEYS).written).toEqual([
    {
      publishedAt: '2026-11-20T12:00:00.000Z',
      publishedBy: 'arn:aws:iam::1:user/jane',
      changed: ['graceMinutes', 'waivers'],
    },
    { publishedAt: null, publishedBy: null, changed: ['graceMinutes', 'roster', 'waivers'] },
    { publishedAt: '2026-11-18T12:00:00.000Z', publishedBy: null, changed: null },
  ]);
});
