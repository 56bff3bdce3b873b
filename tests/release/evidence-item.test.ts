import { expect, test } from 'vitest';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { type ItemReading, readItem } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item, type PlainValue } from '../../src/release/item/item.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { reportOf, rowOf } from './checks/said.ts';
import { item } from './items.ts';

const read = (one: Item): ItemReading => readItem(one, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
const COVERS = { 'backend#orders': { commit: '9f3c2ab' } };
const GOOD = { result: 'pass', covers: COVERS, publishedAt: '2026-11-20T11:00:00+01:00' };
const SIGN_OFFS = 'release-matrix:sign-offs';

test('evidence, whole', () => {
  const counts = { tests: 12, failures: 0, errors: 0, skipped: 1 };
  const stored = item('v1.4.0', 'evidence#unit/frontend#@acme/shell', {
    ...GOOD,
    covers: { 'frontend#@acme/shell': { version: '2.0.0' } },
    counts,
    environment: 'qa',
    link: 'https://ci.example/7',
    note: 'slow',
    publishedBy: 'https://ci.example/runs/7',
    more: ['whatever'],
  });
  expect(read(stored)).toEqual({
    evidence: {
      id: 'v1.4.0\nevidence#unit/frontend#@acme/shell',
      release: 'v1.4.0',
      name: 'unit',
      component: 'frontend#@acme/shell',
      principal: null,
      result: 'pass',
      covers: [{ component: 'frontend#@acme/shell', content: { kind: 'version', text: '2.0.0' } }],
      publishedAt: '2026-11-20T10:00:00.000Z',
      counts,
      environment: 'qa',
      link: 'https://ci.example/7',
      note: 'slow',
      run: 'https://ci.example/runs/7',
      revoked: false,
      item: stored,
    },
  });
});

test.each<[key: string, release: string, name: string, principal: string]>([
  ['v1.4.0#qa#Release/jane@acme.com', 'v1.4.0', 'qa', 'Release/jane@acme.com'],
  ['odd#tag#qa#user/jane', 'odd#tag', 'qa', 'user/jane'],
])('a sign-off: %s', (key, release, name, principal) => {
  expect(read(item(SIGN_OFFS, key, GOOD))).toMatchObject({ evidence: { release, name, principal, component: null } });
});

const NAMED = /has no name: expected evidence#<name>, the name of small letters/;
test.each<[name: string, release: string, key: string, attributes: Item, reason: RegExp, of: string | null]>([
  ['no name', 'v1', 'evidence#', GOOD, NAMED, 'v1'],
  ['a name in capitals', 'v1', 'evidence#E2E', GOOD, NAMED, 'v1'],
  ['a name that is too long', 'v1', `evidence#${'a'.repeat(65)}`, GOOD, NAMED, 'v1'],
  ['no component', 'v1', 'evidence#unit/orders', GOOD, /names no component that is built/, 'v1'],
  ['of a workload', 'v1', 'evidence#smoke/k8s#orders', GOOD, /names no component that is built/, 'v1'],
  [
    'of one, and covers another',
    'v1',
    'evidence#unit/backend#cart',
    GOOD,
    /of backend#cart alone, and “covers” names/,
    'v1',
  ],
  ['no result', 'v1', 'evidence#e2e', { ...GOOD, result: null }, /no “result”: expected pass or fail/, 'v1'],
  [
    'another result',
    'v1',
    'evidence#e2e',
    { ...GOOD, result: 'PASS' },
    /“result” must hold pass or fail; received "PASS"/,
    'v1',
  ],
  ['no content', 'v1', 'evidence#e2e', { ...GOOD, covers: null }, /no “covers”, which says what/, 'v1'],
  ['no time', 'v1', 'evidence#e2e', { ...GOOD, publishedAt: '' }, /no “publishedAt”/, 'v1'],
  [
    'a time that is none',
    'v1',
    'evidence#e2e',
    { ...GOOD, publishedAt: 'soon' },
    /“publishedAt” must hold an ISO/,
    'v1',
  ],
  ['counts that are none', 'v1', 'evidence#e2e', { ...GOOD, counts: { tests: -1 } }, /“counts” must hold whole/, 'v1'],
  ['a note that is none', 'v1', 'evidence#e2e', { ...GOOD, note: 7 }, /“note” must hold text; received 7/, 'v1'],
  ['a sign-off without a name', SIGN_OFFS, 'v1', GOOD, /expected <release>#<name>#<principal>/, null],
  ['a sign-off without a principal', SIGN_OFFS, 'v1#qa#', GOOD, /expected <release>#<name>#<principal>/, null],
  ['a sign-off that cannot be read', SIGN_OFFS, 'v1#qa#r/jane', { ...GOOD, result: 'yes' }, /“result” must hold/, 'v1'],
  ...(
    [
      ['a list', ['backend#orders']],
      ['text for content', { 'backend#orders': '9f3c2ab' }],
      ['two identities', { 'backend#orders': { commit: '9f3c2ab', version: '1' } }],
      ['no identity', { 'backend#orders': {} }],
      ['an identity of another kind', { 'backend#orders': { tag: '1' } }],
      ['an empty identity', { 'backend#orders': { commit: '' } }],
      ['a workload', { 'k8s#orders': { version: '1' } }],
      ['no component', { orders: { version: '1' } }],
    ] as const
  ).map(([what, covers]): [string, string, string, Item, RegExp, string] => [
    `content that is ${what}`,
    'v1',
    'evidence#e2e',
    { ...GOOD, covers: covers as PlainValue },
    /“covers” must hold a map of components/,
    'v1',
  ]),
])('cannot be read: %s', (_, release, key, attributes, reason, of) => {
  const reading = read(item(release, key, attributes));
  if (!('rejected' in reading)) throw new Error(`it was read: ${JSON.stringify(reading)}`);
  expect(reading.rejected.reason).toMatch(reason);
  expect([reading.rejected.release, reading.rejected.key]).toEqual([of, key]);
});

test('names of traps are names like others', () => {
  const covers = JSON.parse('{"__proto__": {"commit": "x"}}') as Item;
  expect(read(item('v1', 'evidence#e2e', { ...GOOD, covers }))).toMatchObject({ rejected: {} });
  expect(read(item('v1', 'evidence#constructor', GOOD))).toMatchObject({ evidence: { name: 'constructor' } });
});

test('it is no component, no fragment and no row; what cannot be read of it is told by its release, and makes nothing green', () => {
  const items = [
    item('v1.4.0', 'backend#orders', { commit: '9f3c2ab' }),
    item('v1.4.0', 'evidence#e2e', { ...GOOD, result: 'green' }),
    item('v1.4.0', 'evidence#smoke', GOOD),
    item('v1.5.0', 'evidence#smoke', GOOD),
    item(SIGN_OFFS, 'v1.4.0#qa#Release/jane', GOOD),
  ];
  const policy = { roster: [{ component: 'backend#orders' }], evidence: [{ name: 'e2e', stages: ['stable'] }] };
  const report = reportOf(items, { policy });
  expect(report.components.map(({ id }) => id)).toEqual(['backend#orders']);
  expect(report.rows.map(({ release, fragments }) => [release.tag, fragments])).toEqual([['v1.4.0', 1]]);
  expect(report.rejected.map(({ key }) => key)).toEqual(['evidence#e2e']);
  const { findings, verdict } = rowOf(items, { policy });
  expect(findings.map(({ code, severity, component }) => [code, severity, component])).toEqual([
    ['invalid-fragment', 'error', null],
    ['evidence-missing', 'error', null],
  ]);
  expect(verdict.result).toBe('fail');
});

test.each<[name: string, rule: Item, fault: string | null]>([
  ['the least', { name: 'e2e', stages: ['rc'] }, null],
  ['of components of which there may be none', { name: 'unit', of: 'backend#nobody*', stages: ['rc'] }, null],
  ['of all components', { name: 'unit', of: '*', stages: ['rc'] }, null],
  ['all', { name: 'qa', by: 'person', minimum: 2, stages: ['rc', 'stable'], releases: '>=1.4' }, null],
  ['no name', { stages: ['rc'] }, 'evidence[0].name: '],
  ['a name that is none', { name: 'E 2 E', stages: ['rc'] }, 'evidence[0].name: is not a name: expected small letters'],
  ['no stage', { name: 'e2e', stages: [] }, 'evidence[0].stages: names no stage'],
  ['no stages', { name: 'e2e' }, 'evidence[0].stages: '],
  ['another stage', { name: 'e2e', stages: ['prod'] }, 'evidence[0].stages[0]: '],
  [
    'a number of nobody in particular',
    { name: 'e2e', minimum: 2, stages: ['rc'] },
    'evidence[0].minimum: counts persons',
  ],
  ['nobody', { name: 'qa', by: 'person', minimum: 0, stages: ['rc'] }, 'evidence[0].minimum: '],
  ['a crowd', { name: 'qa', by: 'person', minimum: 21, stages: ['rc'] }, 'evidence[0].minimum: '],
  ['another author', { name: 'qa', by: 'robot', stages: ['rc'] }, 'evidence[0].by: '],
  [
    'a person of a component',
    { name: 'qa', by: 'person', of: 'backend#*', stages: ['rc'] },
    'evidence[0].of: asks it of components, and persons sign releases',
  ],
  ['of workloads', { name: 'smoke', of: 'k8s#*', stages: ['rc'] }, 'evidence[0].of: asks it of workloads'],
  ['of no component', { name: 'unit', of: 'orders', stages: ['rc'] }, 'evidence[0].of: names no component'],
  ['no range', { name: 'e2e', stages: ['rc'], releases: 'new ones' }, 'evidence[0].releases: is not a SemVer range'],
])('the policy asks for %s', (_, rule, fault) => {
  const reading = readPolicy({ evidence: [rule] });
  const faults = 'faults' in reading ? reading.faults.map(({ path, reason }) => `${path}: ${reason}`) : [];
  expect(faults).toEqual(fault === null ? [] : [expect.stringContaining(fault)]);
});

test('a policy asks for a hundred of them at most', () => {
  const rules = (count: number) => ({
    evidence: Array.from({ length: count }, () => ({ name: 'e2e', stages: ['rc'] })),
  });
  expect(readPolicy(rules(100))).toHaveProperty('policy');
  expect(readPolicy(rules(101))).toMatchObject({ faults: [{ path: 'evidence', reason: 'holds more than 100 rows' }] });
});
