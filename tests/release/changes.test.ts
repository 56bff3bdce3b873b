import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChangeEvent, changesBetween, type KeptEvents, keepEvents } from '../../src/release/history/changes.ts';
import { FIELD_NAMES, fieldText } from '../../src/release/item/field-weights.ts';
import type { Fragment } from '../../src/release/item/fragment.ts';
import type { Item } from '../../src/release/item/item.ts';
import { fragment } from './items.ts';

const AT = '2026-11-20T12:00:00.000Z';
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const digest = (of: string) => `sha256:${of.repeat(64)}`;

/** An event in a line. */
function said({
  kind,
  change,
  release,
  key,
  from,
  to,
  fields,
  attributes,
  retagged,
  readinessOnly,
}: ChangeEvent): string {
  return [
    `${change === null || change === 'changed' ? kind : `${kind} (${change})`} ${release} ${key}: ${from ?? '-'} → ${to ?? '-'}`,
    ...fields.map(({ field, from: a, to: b }) => `${field}: ${a ?? '-'} → ${b ?? '-'}`),
    ...(attributes.count === 0 ? [] : [`${attributes.count} attributes: ${attributes.names.join(' ')}`]),
    ...(retagged ? ['re-tagged'] : []),
    ...(readinessOnly ? ['readiness only'] : []),
  ].join('; ');
}

test('new and vanished fragments, and what did not change', () => {
  const same = fragment('v1.0.0', 'backend#same');
  const events = changesBetween(
    [same, fragment('v1.0.0', 'backend#equal', { map: { a: 1, b: 2 } }), fragment('v1.0.0', 'backend#old')],
    [
      fragment('v1.1.0', 'k8s#prd-deployment/api', { imageRef: 'acme/api:2.0.0' }),
      fragment('v1.0.0', 'backend#equal', { map: { b: 2, a: 1 } }),
      same,
    ],
    AT,
  );
  const none = {
    change: null,
    fields: [],
    attributes: { names: [], count: 0 },
    retagged: false,
    readinessOnly: false,
    at: AT,
  };
  expect(events).toEqual([
    {
      ...none,
      kind: 'vanished',
      fragment: 'v1.0.0\nbackend#old',
      release: 'v1.0.0',
      key: 'backend#old',
      component: 'backend#old',
      environments: [],
      from: '1.0.0',
      to: null,
    },
    {
      ...none,
      kind: 'new',
      fragment: 'v1.1.0\nk8s#prd-deployment/api',
      release: 'v1.1.0',
      key: 'k8s#prd-deployment/api',
      component: 'k8s#api',
      environments: ['prod'],
      from: null,
      to: '2.0.0',
    },
  ]);
});

test.each<[name: string, before: Item, after: Item, expected: string, key?: string]>([
  [
    'another version',
    { componentVersion: '1.0.0', date: '2026-11-01' },
    { componentVersion: '1.1.0', date: '2026-11-02' },
    'changed v1.0.0 backend#x: 1.0.0 → 1.1.0; componentVersion: 1.0.0 → 1.1.0; date: 2026-11-01T00:00:00.000Z → 2026-11-02T00:00:00.000Z',
  ],
  [
    're-tagged: another commit',
    { commit: A },
    { Commit: B },
    `changed v1.0.0 backend#x: 1.0.0 → 1.0.0; commit: ${A} → ${B}; re-tagged`,
  ],
  [
    'the commit written out is the same',
    { commit: A.slice(0, 7) },
    { commit: A },
    `changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; commit: ${A.slice(0, 7)} → ${A}`,
  ],
  [
    'a commit that becomes known is no other',
    {},
    { commit: A },
    `changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; commit: - → ${A}`,
  ],
  [
    're-tagged: another digest',
    { digest: digest('1') },
    { digest: digest('2') },
    `changed v1.0.0 backend#x: 1.0.0 → 1.0.0; digest: ${digest('1')} → ${digest('2')}; re-tagged`,
  ],
  [
    're-tagged: another digest within the image, though it is ready now too',
    { imageRef: `acme/x:1.0.0@${digest('1')}`, replicas: 2 },
    { imageRef: `acme/x:1.0.0@${digest('2')}`, replicas: 2, readyReplicas: 2 },
    `changed v1.0.0 backend#x: 1.0.0 → 1.0.0; imageRef: acme/x:1.0.0@${digest('1')} → acme/x:1.0.0@${digest('2')}; readyReplicas: - → 2; re-tagged`,
  ],
  [
    're-tagged: another hash',
    { deploymentHash: '1' },
    { deploymentHash: '2' },
    'changed v1.0.0 backend#x: 1.0.0 → 1.0.0; deploymentHash: 1 → 2; re-tagged',
  ],
  [
    'readiness only, with its date',
    { replicas: 3, readyReplicas: 1, observedGeneration: 1, date: '2026-11-01' },
    { replicas: 3, readyReplicas: 3, observedGeneration: 2, date: '2026-11-02' },
    'changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; date: 2026-11-01T00:00:00.000Z → 2026-11-02T00:00:00.000Z; readyReplicas: 1 → 3; observedGeneration: 1 → 2; readiness only',
  ],
  [
    'scaling is no readiness',
    { replicas: 3, readyReplicas: 3 },
    { replicas: 2, readyReplicas: 2 },
    'changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; replicas: 3 → 2; readyReplicas: 3 → 2',
  ],
  [
    'a date alone is no readiness',
    { date: '2026-11-01' },
    { date: '2026-11-02' },
    'changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; date: 2026-11-01T00:00:00.000Z → 2026-11-02T00:00:00.000Z',
  ],
  [
    'attributes that are no fields, cannot be read, or are written in another way',
    { note: 1, replicas: 'many', readyReplicas: '3', kept: [1] },
    { hint: 1, replicas: 'more', readyReplicas: 3, kept: [1] },
    'changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; 4 attributes: hint note readyReplicas replicas',
  ],
  [
    'observed again: what the publisher writes for itself is no change',
    { publishedAt: '2026-11-01T00:00:00Z', writeId: 'one', publishedBy: 'a', digest: digest('1') },
    { publishedAt: '2026-11-02T00:00:00Z', writeId: 'two', publishedBy: 'b', digest: digest('1'), replaced: [{}] },
    'changed (unchanged) v1.0.0 backend#x: 1.0.0 → 1.0.0; readiness only',
  ],
  [
    'built again from the same commit',
    { commit: A, digest: digest('1') },
    { commit: A, digest: digest('2') },
    `changed (rebuilt) v1.0.0 backend#x: 1.0.0 → 1.0.0; digest: ${digest('1')} → ${digest('2')}; re-tagged`,
  ],
  [
    'lists of names, whatever their order, and links',
    { consumers: ['b', 'a'], links: { run: 'https://a.example' } },
    { consumers: ['a', 'b', 'c'], links: { run: 'https://b.example' } },
    'changed v1.0.0 kafka#x: 1.0.0 → 1.0.0; consumers: a, b → a, b, c; links: run: https://a.example → run: https://b.example',
    'kafka#x',
  ],
])('changed: %s', (_, before, after, expected, key = 'backend#x') => {
  const events = changesBetween([fragment('v1.0.0', key, before)], [fragment('v1.0.0', key, after)], AT);
  expect(events.map(said)).toEqual([expected]);
});

test('an event stays small, whatever was published, and can be stored', () => {
  const many = (of: string) =>
    Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`attribute ${at} ${'x'.repeat(500)}`, of]));
  const hostile = (of: string) => ({
    ...many(of),
    changelog: of.repeat(300_000),
    componentVersion: of.repeat(10_000),
    environments: Array.from({ length: 1000 }, (_, at) => `env-${at}`),
    ...JSON.parse(`{"__proto__": {"a": "${of}"}}`),
  });
  const [event] = changesBetween(
    [fragment('v1.0.0', 'backend#x', hostile('a'))],
    [fragment('v1.0.0', 'backend#x', hostile('b'))],
    AT,
  );
  expect(event?.attributes.count).toBe(5001);
  expect(JSON.stringify(event).length).toBeLessThan(6000);
  expect(structuredClone(event)).toEqual(event);
  expect(JSON.parse(JSON.stringify(event))).toEqual(event);
});

test('a history keeps the newest events, and counts what it let go', () => {
  const event = (of: number) => changesBetween([], [fragment(`v${of}.0.0`, 'backend#x')], AT);
  const nothing: KeptEvents = { events: [], letGo: 0 };
  const two = keepEvents(keepEvents(nothing, event(1), 3), event(2), 3);
  const four = keepEvents(two, [...event(3), ...event(4)], 3);
  const short = ({ events, letGo }: KeptEvents) => [events.map(({ release }) => release), letGo];
  expect([two, four, keepEvents(four, [], 1), keepEvents(four, event(9), 0)].map(short)).toEqual([
    [['v1.0.0', 'v2.0.0'], 0],
    [['v2.0.0', 'v3.0.0', 'v4.0.0'], 1],
    [['v4.0.0'], 3],
    [[], 5],
  ]);
  expect(keepEvents(four, [], 3)).toBe(four);
});

test('the events, applied to what was, give what is', () => {
  const attributes = fc.record(
    {
      componentVersion: fc.constantFrom('1.0.0', '2.0.0'),
      commit: fc.constantFrom(A, B),
      readyReplicas: fc.nat(3),
      consumers: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      note: fc.nat(2),
    },
    { requiredKeys: [] },
  );
  const reading = fc
    .uniqueArray(
      fc.record({ release: fc.constantFrom('v1.0.0', 'v1.1.0'), name: fc.constantFrom('a', 'b', 'c'), attributes }),
      {
        selector: ({ release, name }) => `${release} ${name}`,
      },
    )
    .map((list) => list.map(({ release, name, attributes: of }) => fragment(release, `backend#${name}`, of)));
  const plain = (fragments: readonly Fragment[]) =>
    new Map(
      fragments.map((of) => [
        of.id,
        new Map(FIELD_NAMES.flatMap((field) => (fieldText(of, field) === null ? [] : [[field, fieldText(of, field)]]))),
      ]),
    );
  fc.assert(
    fc.property(reading, reading, (before, after) => {
      const [state, target] = [plain(before), plain(after)];
      for (const { kind, fragment: id, fields } of changesBetween(before, after, AT)) {
        if (kind === 'vanished') state.delete(id);
        else if (kind === 'new') state.set(id, target.get(id) ?? new Map());
        for (const { field, from, to } of fields) {
          expect(state.get(id)?.get(field) ?? null).toBe(from);
          if (to === null) state.get(id)?.delete(field);
          else state.get(id)?.set(field, to);
        }
      }
      expect(new Map([...state].sort())).toEqual(new Map([...target].sort()));
      expect(
        changesBetween(
          after,
          after.map((of) => ({ ...of })),
          AT,
        ),
      ).toEqual([]);
    }),
  );
});
