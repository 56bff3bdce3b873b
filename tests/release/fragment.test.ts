import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItem, readItems, WORKLOAD_KINDS } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item, type PlainValue } from '../../src/release/item/item.ts';
import { fragment, item } from './items.ts';

describe('the five documented types', () => {
  test('a backend fragment, whole', () => {
    const stored = item('v1.4.0', 'backend#auth-service', {
      commit: '9f3c2ab',
      artifact: 'ghcr.io/acme/auth-service:1.4.0',
      date: '2026-11-20T10:00:00Z',
    });
    expect(readItem(stored, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS)).toEqual({
      fragment: {
        id: 'v1.4.0\nbackend#auth-service',
        release: 'v1.4.0',
        key: 'backend#auth-service',
        component: 'backend#auth-service',
        type: 'backend',
        name: 'auth-service',
        kind: null,
        environments: [],
        ownVersion: '1.4.0',
        versionField: null,
        publishedAt: null,
        fields: { commit: '9f3c2ab', artifact: 'ghcr.io/acme/auth-service:1.4.0', date: '2026-11-20T10:00:00.000Z' },
        faults: [],
        item: stored,
      },
    });
  });

  test.each<[key: string, attributes: Item, own: string, component: string, environments: string[]]>([
    ['frontend#shell', { 'npm version': '2.8.0', 'build SHA': 'abc' }, '2.8.0', 'frontend#shell', []],
    ['backend#node-api', { npmVersion: '4.0.1' }, '4.0.1', 'backend#node-api', []],
    ['backend#api', { componentVersion: 'v1.9.4', npmVersion: '1.0.0' }, 'v1.9.4', 'backend#api', []],
    ['kafka#user.created', { schema_version: '3.1.0' }, '3.1.0', 'kafka#user.created', []],
    ['infra#helm-auth', { 'Chart-Version': '0.9.0' }, '0.9.0', 'infra#helm-auth', []],
    ['k8s#prod-deployment/api', { imageRef: 'ghcr.io/acme/api:1.4.0-rc.2' }, '1.4.0-rc.2', 'k8s#api', ['prod']],
    [
      'k8s#stg-statefulset/db',
      { imageRef: `db@sha256:${'ab'.repeat(32)}` },
      'sha256:abababababab',
      'k8s#db',
      ['staging'],
    ],
    ['k8s#eu-west-prod-deployment/api', {}, '1.4.0', 'k8s#api', ['eu-west-prod']],
    ['k8s#prod-deployment/team/api', {}, '1.4.0', 'k8s#team/api', ['prod']],
    ['k8s#deployment/api', {}, '1.4.0', 'k8s#api', []],
    ['k8s#api', { environments: ['qa', 'PRODUCTION', 'qa'] }, '1.4.0', 'k8s#api', ['qa', 'prod']],
    ['k8s#prod-deployment/api', { environment: 'staging' }, '1.4.0', 'k8s#api', ['staging']],
    ['ml-model#ranker@2', { environment: ' Prod ' }, '1.4.0', 'ml-model#ranker@2', ['prod']],
    ['frontend#@acme/ui#next', {}, '1.4.0', 'frontend#@acme/ui#next', []],
  ])('%s %j', (key, attributes, own, component, environments) => {
    const read = fragment('v1.4.0', key, attributes);
    expect([read.ownVersion, read.component, read.environments]).toEqual([own, component, environments]);
    expect(read.faults).toEqual([]);
  });
});

test.each<[key: string, attributes: Item, field: string | null]>([
  ['backend#api', { componentVersion: '1.0.0', npmVersion: '2.0.0' }, 'componentVersion'],
  ['backend#api', { npmVersion: '2.0.0' }, 'npmVersion'],
  ['frontend#web', { 'npm version': '2.0.0' }, 'npmVersion'],
  ['kafka#user', { schemaVersion: '3.0.0' }, 'schemaVersion'],
  ['infra#chart', { chartVersion: '0.9.0' }, 'chartVersion'],
  ['k8s#prod-deployment/api', { componentVersion: '1.0.0', imageRef: 'acme/api:2.0.0' }, 'componentVersion'],
  ['k8s#prod-deployment/api', { imageRef: 'acme/api:2.0.0' }, 'imageRef'],
  ['ml-model#ranker', { componentVersion: '1.0.0' }, 'componentVersion'],
  // The release's own version stands for one.
  ['backend#api', { schemaVersion: '3.0.0' }, null],
  ['k8s#prod-deployment/api', {}, null],
  ['ml-model#ranker', { npmVersion: '2.0.0' }, null],
])('which field says the own version of %s %j', (key, attributes, field) => {
  expect(fragment('v1.4.0', key, attributes).versionField).toBe(field);
});

test.each<[publishedAt: PlainValue, expected: string | null]>([
  ['2026-11-20T12:00:00+02:00', '2026-11-20T10:00:00.000Z'],
  [1_790_000_000, '2026-09-21T14:13:20.000Z'],
  ['soon', null],
  [null, null],
  [['2026-11-20'], null],
])('when a fragment was published: %j', (publishedAt, expected) => {
  expect(fragment('v1.4.0', 'backend#api', { publishedAt }).publishedAt).toBe(expected);
});

test.each(WORKLOAD_KINDS)('a %s is a workload of its environment', (kind) => {
  const read = fragment('v1.4.0', `k8s#eu-west-prod-${kind}/team/api`);
  expect([read.kind, read.environments, read.component]).toEqual([kind, ['eu-west-prod'], 'k8s#team/api']);
});

describe('an item that is not a fragment is rejected with its reason', () => {
  test.each<[PlainValue | undefined, PlainValue | undefined, string]>([
    [undefined, 'backend#a', '“version” must hold the release as text; it is not there.'],
    [
      1.1,
      'backend#a',
      '“version” must hold the release as text; received 1.1. Publish it as text: a number loses its trailing zeros.',
    ],
    [null, 'backend#a', '“version” must hold the release as text; received null.'],
    [true, 'backend#a', '“version” must hold the release as text; received true.'],
    [['v1'], 'backend#a', '“version” must hold the release as text; received ["v1"].'],
    [{ $binary: 'AAE=' }, 'backend#a', '“version” must hold the release as text; received {"$binary":"AAE="}.'],
    ['', 'backend#a', '“version” is empty: expected the release, such as v1.4.0.'],
    ['v1', undefined, '“component#name” must hold <type>#<name> as text; it is not there.'],
    [
      'v1',
      7,
      '“component#name” must hold <type>#<name> as text; received 7. Publish it as text: a number loses its trailing zeros.',
    ],
    ['v1', 'auth', '“component#name” holds no #: expected <type>#<name>, received "auth".'],
    ['v1', '#auth', '“component#name” has no type before the #: received "#auth".'],
    ['v1', 'backend#', '“component#name” has no name after the #: received "backend#".'],
    ['v1', 'backend# ', '“component#name” has no name after the #: received "backend# ".'],
    ['v1', 'x'.repeat(400), `“component#name” holds no #: expected <type>#<name>, received "${'x'.repeat(79)}….`],
  ])('%j %j', (release, key, reason) => {
    const stored: Item = {
      ...(release === undefined ? {} : { version: release }),
      ...(key === undefined ? {} : { 'component#name': key }),
      note: 'kept',
    };
    expect(readItem(stored, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS)).toMatchObject({
      rejected: { reason, item: stored },
    });
  });
});

test('the program’s own items are no part of any release', () => {
  const items = [
    item('policy', 'policy#release-matrix'),
    item('release-matrix:changes', '00'),
    item('policy', 'backend#a'),
  ];
  const { fragments, rejected } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  expect([fragments.map(({ id }) => id), rejected]).toEqual([['policy\nbackend#a'], []]);
});

test('keys may have any name, also one that every object has', () => {
  const keys = { release: 'constructor', component: 'toString' };
  expect(readItem({}, keys, DEFAULT_ENVIRONMENTS)).toMatchObject({
    rejected: { reason: '“constructor” must hold the release as text; it is not there.' },
  });
  const stored = { constructor: 'v1.0.0', toString: 'backend#__proto__' } as unknown as Item;
  expect(readItem(stored, keys, DEFAULT_ENVIRONMENTS)).toMatchObject({
    fragment: { component: 'backend#__proto__', release: 'v1.0.0' },
  });
});

describe('a field of the wrong shape is named, and the rest is read', () => {
  test.each<[attribute: string, value: PlainValue, expected: string, received: string]>([
    ['componentVersion', 1.1, 'text', '1.1'],
    ['commit', ['a'], 'text', '["a"]'],
    ['artifact', { $binary: 'AAE=' }, 'text', '{"$binary":"AAE="}'],
    ['npm version', true, 'text', 'true'],
    ['replicas', 'three', 'a whole number from 0', '"three"'],
    ['replicas', -1, 'a whole number from 0', '-1'],
    ['ready_replicas', 1.5, 'a whole number from 0', '1.5'],
    ['generation', '9007199254740993.5', 'a whole number from 0', '"9007199254740993.5"'],
    ['environments', ['prod', 7], 'a name or a list of names', '["prod",7]'],
    ['environment', [], 'a name or a list of names', '[]'],
    ['links', 'https://a.example', 'a map of label to address', '"https://a.example"'],
    ['links', { docs: 7 }, 'a map of label to address', '{"docs":7}'],
    ['date', 'yesterday', 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '"yesterday"'],
    ['date', '2026-13-40T00:00:00Z', 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '"2026-13-40T00:00:00Z"'],
    ['date', '2026-02-30', 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '"2026-02-30"'],
    ['date', 0, 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '0'],
    ['date', -1, 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '-1'],
    ['date', 1_790_000_000_000_000, 'an ISO 8601 time such as 2026-11-20T12:00:00Z', '1790000000000000'],
    ['commit', 7, 'text', '7'],
  ])('%s: %j', (attribute, value, expected, received) => {
    const read = fragment('v1.4.0', 'backend#a', { [attribute]: value, owner: 'team-a' });
    expect(read.faults).toMatchObject([{ attribute, expected, received }]);
    expect(read.fields).toEqual({ owner: 'team-a' });
  });
});

describe('times', () => {
  test.each<[PlainValue, string]>([
    ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20T12:00:00.123456Z', '2026-11-20T12:00:00.123Z'],
    ['2026-11-20T12:00:00+02:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T12:00:00+0200', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20 12:00:00 +0200', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T12:00', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    [1_790_000_000, '2026-09-21T14:13:20.000Z'],
    [1_790_000_000_000, '2026-09-21T14:13:20.000Z'],
    ['1790000000', '2026-09-21T14:13:20.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('%j is %s', (date, expected) => {
    expect(fragment('v1', 'backend#a', { date }).fields).toEqual({ date: expected });
  });
});

test('two attributes of one field: the one spelt as documented is used, and a rival that differs is named', () => {
  expect(fragment('v1', 'backend#a', { Commit: 'b', commit: 'a', COMMIT: 'a' })).toMatchObject({
    fields: { commit: 'a' },
    faults: [
      { field: 'commit', attribute: 'Commit', expected: 'one attribute for commit; “commit” is used', received: '"b"' },
    ],
  });
});

test('a changelog that is not text is read as text, and named', () => {
  const read = fragment('v1', 'backend#a', { changelog: [{ fixed: 'login' }] });
  expect(read.fields.changelog).toContain('"fixed": "login"');
  expect(read.faults).toHaveLength(1);
});

test('counters and lists are read in the forms that command lines write', () => {
  const read = fragment('v1', 'k8s#prod-deployment/a', {
    replicas: '3',
    readyReplicas: 0,
    links: { b: 'https://b', a: 'x' },
  });
  expect(read.fields).toEqual({
    replicas: 3,
    readyReplicas: 0,
    links: [
      { label: 'a', url: 'x' },
      { label: 'b', url: 'https://b' },
    ],
  });
});

/** Anything that JSON can hold, with names that every object has, and with the fields' own names. */
const plainValue: fc.Arbitrary<PlainValue> = fc.letrec<{ value: PlainValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('v1.4.0', 'k8s#prod-deployment/api', 'backend#a', '__proto__', '\ud800'),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), tie('value')),
  ),
})).value;
const attributeName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'version',
    'component#name',
    'date',
    'links',
    'replicas',
    'imageRef',
    'environments',
    'changelog',
    '__proto__',
  ),
);
const anyItem = fc.dictionary(attributeName, plainValue) as fc.Arbitrary<Item>;

test('10,000 generated items: none throws, none is lost, no neighbour is touched', () => {
  const healthy = item('v1.0.0', 'backend#healthy', { commit: 'abc' });
  const expected = fragment('v1.0.0', 'backend#healthy', { commit: 'abc' });
  fc.assert(
    fc.property(anyItem, (odd) => {
      const { fragments, rejected } = readItems([healthy, odd, healthy], DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
      const ownItem = readItem(odd, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
      expect(fragments[0]).toEqual(expected);
      expect(fragments.at(-1)).toEqual(expected);
      expect(fragments.length + rejected.length).toBe('bookkeeping' in ownItem ? 2 : 3);
    }),
    { numRuns: 10_000 },
  );
});
