import { describe, expect, test } from 'vitest';
import type { FindingDetails, Severity } from '../../../src/release/finding.ts';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const has = (release: string, names: string, date = '2026-11-01T10:00:00Z'): Item[] =>
  names.split(' ').map((name) => item(release, `backend#${name}`, { date }));
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
    [...BEFORE, ...has('v1.4.0-rc.1', 'a b', '2026-11-09T10:00:00Z'), ...has('v1.4.0', 'a')],
    [missing('backend#b', { lastSeenIn: 'v1.4.0-rc.1', lastSeenAt: '2026-11-09T10:00:00.000Z' })],
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
  ['only higher releases have it', [...BEFORE, ...has('v1.4.0', 'a b'), ...has('v1.5.0', 'a b c')], []],
])('%s', (_, items, expected, asked) => expect(said('missing-component', items, asked)).toEqual(expected));

describe('while the release may still be arriving', () => {
  const young = (date: string) => [...BEFORE, ...has('v1.4.0', 'a', date)];
  const late = [missing('backend#b')];
  const arriving = [missing('backend#b', { arriving: true }, 'info')];
  // Read at 12:00:00.
  test.each<[name: string, items: Item[], expected: Said<'missing-component'>[], asked?: Asked]>([
    ['an hour, to the millisecond', young('2026-11-20T11:00:00.000Z'), late],
    ['a millisecond less', young('2026-11-20T11:00:00.001Z'), arriving],
    ['just begun', young('2026-11-20T12:00:00Z'), arriving],
    ['a day', young('2026-11-19T12:00:00Z'), late],
    [
      'its earliest date counts',
      [...young('2026-11-20T11:59:00Z'), ...has('v1.4.0', 'c', '2026-11-20T10:00:00Z')],
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
  ])('%s', (_, items, expected, asked) => expect(said('missing-component', items, asked)).toEqual(expected));

  test('the date of a component that the policy ignores says nothing about the release’s age', () => {
    const policy = { roster: [{ component: 'backend#noise', expectation: 'ignored' }, { component: '*' }] };
    const items = [...young('2026-11-20T11:59:00Z'), ...has('v1.4.0', 'noise', '2026-11-01T10:00:00Z')];
    expect(said('missing-component', items, { policy })).toEqual([
      missing('backend#b', { arriving: true, expectedBy: { row: '*' } }, 'info'),
    ]);
  });
});
