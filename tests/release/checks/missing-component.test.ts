import { describe, expect, test } from 'vitest';
import type { FindingDetails, Severity } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const has = (release: string, names: string, date = '2026-11-01T10:00:00Z'): Item[] =>
  names.split(' ').map((name) => item(release, name.includes('#') ? name : `backend#${name}`, { date }));
const missing = (
  component: string,
  more: Partial<FindingDetails['missing-component']> = {},
  severity: Severity = 'error',
): Said<'missing-component'> => [
  severity,
  component,
  null,
  {
    lastSeenIn: 'v1.3.0',
    lastSeenAt: '2026-11-01T10:00:00.000Z',
    expectedBy: { releases: ['v1.3.0', 'v1.2.0'] },
    arriving: false,
    perhapsRetired: false,
    ...more,
  },
];
const BEFORE = [...has('v1.3.0', 'a b'), ...has('v1.2.0', 'a b')];

test.each<[name: string, items: Item[], expected: Said<'missing-component'>[], asked?: Asked]>([
  ['what the stables before have', [...BEFORE, ...has('v1.4.0', 'a')], [missing('backend#b')]],
  ['nothing', [...BEFORE, ...has('v1.4.0', 'a b')], []],
  ['a new one beside them', [...BEFORE, ...has('v1.4.0', 'a b c')], []],
  ['no roster', has('v1.4.0', 'a'), []],
  [
    'last seen in a pre-release',
    [...BEFORE, ...has('v1.4.0-beta.1', 'a b', '2026-11-09T10:00:00Z'), ...has('v1.4.0', 'a')],
    [missing('backend#b', { lastSeenIn: 'v1.4.0-beta.1', lastSeenAt: '2026-11-09T10:00:00.000Z' })],
  ],
  [
    'what its candidate has, who is named as well',
    [...BEFORE, ...has('v1.4.0-rc.1', 'a b c'), ...has('v1.4.0', 'a')],
    [
      missing('backend#b', {
        lastSeenIn: 'v1.4.0-rc.1',
        expectedBy: { releases: ['v1.3.0', 'v1.2.0', 'v1.4.0-rc.1'] },
      }),
      missing('backend#c', { lastSeenIn: 'v1.4.0-rc.1', expectedBy: { releases: ['v1.4.0-rc.1'] } }),
    ],
  ],
  [
    'of the policy’s row',
    [...BEFORE, ...has('v1.4.0', 'a')],
    [missing('backend#b', { expectedBy: { row: 'backend#*' } })],
    { policy: { roster: [{ component: 'backend#*' }] } },
  ],
  [
    'never seen, and named by the policy',
    [...BEFORE, ...has('v1.4.0', 'a b')],
    [missing('kafka#c', { lastSeenIn: null, lastSeenAt: null, expectedBy: { row: 'kafka#c' } })],
    { policy: { roster: [{ component: 'kafka#c' }, { component: '*' }] } },
  ],
  [
    'carried, and no predecessor has it',
    [...BEFORE, ...has('v1.4.0', 'a b'), ...has('v1.4.0-rc.1', 'c')],
    [missing('backend#c', { lastSeenIn: 'v1.4.0-rc.1', expectedBy: { row: 'backend#c' } })],
    { policy: { roster: [{ component: 'backend#c', expectation: 'carried' }, { component: '*' }] } },
  ],
  ['only higher releases have it', [...BEFORE, ...has('v1.4.0', 'a b'), ...has('v1.5.0', 'a b c')], []],
  // A look-alike came in its place: near-duplicate-name says so.
  ['a look-alike', [...has('v1.3.0', 'auth-api b'), ...has('v1.4.0', 'auth_api b')], []],
  [
    'a look-alike that was there before',
    [...has('v1.3.0', 'auth-api auth_api'), ...has('v1.4.0', 'auth_api')],
    [missing('backend#auth-api', { expectedBy: { releases: ['v1.3.0'] } })],
  ],
  [
    'a look-alike that the policy ignores',
    [...has('v1.3.0', 'auth-api b'), ...has('v1.4.0', 'auth_api b')],
    [missing('backend#auth-api', { expectedBy: { row: '*' } })],
    { policy: { roster: [{ component: 'backend#auth_api', expectation: 'ignored' }, { component: '*' }] } },
  ],
  // A patch of a part is told once, by partial-release.
  ['in a patch of a part', [...has('v1.3.0', 'a b c d'), ...has('v1.3.1', 'a')], [], { release: 'v1.3.1' }],
  [
    'in a patch of nearly all',
    [...has('v1.3.0', 'a b c d'), ...has('v1.3.1', 'a b c')],
    [missing('backend#d', { expectedBy: { releases: ['v1.3.0'] } })],
    { release: 'v1.3.1' },
  ],
  [
    'of types that are not asked for yet',
    [...has('v1.3.0', 'a k8s#api'), ...has('v1.4.0', 'a')],
    [],
    { notYet: ['k8s'] },
  ],
  [
    'of another type beside them',
    [...has('v1.3.0', 'a b k8s#api'), ...has('v1.4.0', 'a')],
    [missing('backend#b', { expectedBy: { releases: ['v1.3.0'] } })],
    { notYet: ['k8s', 'infra'] },
  ],
])('%s', (_, items, expected, asked) => expect(said('missing-component', items, asked)).toEqual(expected));

describe('where the newest of the releases before lacks it as well it was perhaps retired, and only warns', () => {
  const stables = (third: string) => [...has('v1.3.0', third), ...has('v1.2.0', 'a b'), ...has('v1.1.0', 'a b')];
  const THREE = { expectedBy: { releases: ['v1.3.0', 'v1.2.0', 'v1.1.0'] } };
  const retired = (severity: Severity = 'warning', more = {}) =>
    missing('backend#b', { ...THREE, lastSeenIn: 'v1.2.0', perhapsRetired: true, ...more }, severity);

  test.each<[name: string, items: Item[], expected: Said<'missing-component'>[], asked?: Asked]>([
    ['the newest lacks it', [...stables('a'), ...has('v1.4.0', 'a')], [retired()]],
    ['the newest has it', [...stables('a b'), ...has('v1.4.0', 'a')], [missing('backend#b', THREE)]],
    [
      'a candidate has it',
      [...stables('a'), ...has('v1.4.0-rc.1', 'a b'), ...has('v1.4.0', 'a')],
      [
        missing('backend#b', {
          lastSeenIn: 'v1.4.0-rc.1',
          expectedBy: { releases: ['v1.3.0', 'v1.2.0', 'v1.1.0', 'v1.4.0-rc.1'] },
        }),
      ],
    ],
    [
      'the newest is a patch of a part, and no teacher',
      [...stables('a b'), ...has('v1.3.1', 'c'), ...has('v1.4.0', 'a')],
      [missing('backend#b', THREE)],
    ],
    [
      'the policy expects it',
      [...stables('a'), ...has('v1.4.0', 'a')],
      [missing('backend#b', { lastSeenIn: 'v1.2.0', expectedBy: { row: '*' } })],
      { policy: { roster: [{ component: '*' }] } },
    ],
    [
      'whatever the policy says of the code',
      [...stables('a'), ...has('v1.4.0', 'a')],
      [retired()],
      { policy: { severities: { 'missing-component': 'error' } } },
    ],
    [
      'in an alpha it informs as ever',
      [...stables('a'), ...has('v1.4.0-alpha.1', 'a')],
      [retired('info')],
      { release: 'v1.4.0-alpha.1' },
    ],
    [
      'while it may still arrive it only informs',
      [...stables('a'), ...has('v1.4.0', 'a', '2026-11-20T11:59:00Z')],
      [retired('info', { arriving: true })],
    ],
  ])('%s', (_, items, expected, asked) => expect(said('missing-component', items, asked)).toEqual(expected));
});

describe('while the release may still be arriving', () => {
  const young = (date: string, publishedAt?: string) => [
    ...BEFORE,
    item('v1.4.0', 'backend#a', { date, ...(publishedAt === undefined ? {} : { publishedAt }) }),
  ];
  const late = [missing('backend#b')];
  const arriving = [missing('backend#b', { arriving: true }, 'info')];
  // Read at 12:00:00.
  test.each<[name: string, items: Item[], expected: Said<'missing-component'>[], asked?: Asked]>([
    ['an hour, to the millisecond', young('2026-11-20T11:00:00.000Z'), late],
    ['a millisecond less', young('2026-11-20T11:00:00.001Z'), arriving],
    ['just begun', young('2026-11-20T12:00:00Z'), arriving],
    ['a day', young('2026-11-19T12:00:00Z'), late],
    ['dated in the future, as far as clocks differ', young('2026-11-20T12:10:00Z'), arriving],
    ['dated further in the future', young('2026-11-20T12:10:01Z'), late],
    // When it was published goes before any date, which may be that of an old commit.
    ['an old commit, published just now', young('2026-11-01T10:00:00Z', '2026-11-20T11:58:00Z'), arriving],
    ['a young commit, published long ago', young('2026-11-20T11:59:00Z', '2026-11-20T10:00:00Z'), late],
    [
      'the first that was published counts',
      [
        ...young('2026-11-20T11:59:00Z', '2026-11-20T11:59:00Z'),
        item('v1.4.0', 'backend#c', { publishedAt: '2026-11-20T10:00:00Z' }),
      ],
      late,
    ],
    [
      'a date beside one that was published says nothing',
      [...young('2026-11-20T11:59:00Z', '2026-11-20T11:59:00Z'), ...has('v1.4.0', 'c', '2026-11-20T10:00:00Z')],
      arriving,
    ],
    [
      'its earliest date counts, where nobody says when it was published',
      [...young('2026-11-20T11:59:00Z'), ...has('v1.4.0', 'c', '2026-11-20T10:00:00Z')],
      late,
    ],
    [
      'of workloads too',
      [...young('2026-11-20T11:59:00Z'), ...has('v1.4.0', 'k8s#prod-deployment/a', '2026-11-20T10:00:00Z')],
      late,
    ],
    ['no date', [...BEFORE, item('v1.4.0', 'backend#a')], late],
    ['the policy’s grace', young('2026-11-20T10:31:00Z'), arriving, { policy: { graceMinutes: 90 } }],
    ['no grace', young('2026-11-20T12:00:00Z'), late, { policy: { graceMinutes: 0 } }],
    [
      'grace lowers what the policy raises',
      young('2026-11-20T11:59:00Z'),
      arriving,
      { policy: { severities: { 'missing-component': 'error' } } },
    ],
    [
      'grace brings back nothing that is off',
      young('2026-11-20T11:59:00Z'),
      [],
      { policy: { severities: { 'missing-component': 'off' } } },
    ],
    ['evaluated as stable it still informs', young('2026-11-20T11:59:00Z'), arriving, { as: 'stable' }],
    [
      'in a patch of a part each is named until it is told',
      [...has('v1.3.0', 'a b c'), ...has('v1.3.1', 'a', '2026-11-20T11:59:00Z')],
      ['b', 'c'].map((name) =>
        missing(`backend#${name}`, { arriving: true, expectedBy: { releases: ['v1.3.0'] } }, 'info'),
      ),
      { release: 'v1.3.1' },
    ],
  ])('%s', (_, items, expected, asked) => expect(said('missing-component', items, asked)).toEqual(expected));

  test.each(['date', 'publishedAt'])(
    'the %s of a component that the policy ignores says nothing about its age',
    (field) => {
      const policy = { roster: [{ component: 'backend#noise', expectation: 'ignored' }, { component: '*' }] };
      const items = [
        ...young('2026-11-20T11:59:00Z', '2026-11-20T11:59:00Z'),
        item('v1.4.0', 'backend#noise', { [field]: '2026-11-20T01:00:00Z' }),
      ];
      expect(said('missing-component', items, { policy })).toEqual([
        missing('backend#b', { arriving: true, expectedBy: { row: '*' } }, 'info'),
      ]);
    },
  );
});
