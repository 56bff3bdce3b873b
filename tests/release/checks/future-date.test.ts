import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const dated = (date: string | number): Item[] => [item('v1.4.0', 'backend#api', { date })];
const ahead = (date: string, minutesAhead: number): Said<'future-date'> => [
  'warning',
  'backend#api',
  null,
  { date, minutesAhead },
];

// Read at 2026-11-20T12:00:00Z.
test.each<[name: string, items: Item[], expected: Said<'future-date'>[], asked?: Asked]>([
  ['ten minutes ahead, to the millisecond', dated('2026-11-20T12:10:00.000Z'), []],
  ['a millisecond more', dated('2026-11-20T12:10:00.001Z'), [ahead('2026-11-20T12:10:00.001Z', 10)]],
  ['an hour ahead', dated('2026-11-20T13:00:00Z'), [ahead('2026-11-20T13:00:00.000Z', 60)]],
  ['now', dated('2026-11-20T12:00:00Z'), []],
  ['in the past', dated('2026-11-19T12:00:00Z'), []],
  ['ahead on the clock, behind by its zone', dated('2026-11-20T13:00:00+02:00'), []],
  ['ahead by its zone', dated('2026-11-20T12:00:00-01:00'), [ahead('2026-11-20T13:00:00.000Z', 60)]],
  ['seconds since 1970', dated(Date.UTC(2026, 10, 20, 13) / 1000), [ahead('2026-11-20T13:00:00.000Z', 60)]],
  ['no date', [item('v1.4.0', 'backend#api')], []],
  ['a date that is none', dated('soon'), []],
  [
    'an entry of several environments is said once, for the first',
    [item('v1.4.0', 'k8s#deployment/api', { environments: ['prod', 'qa'], date: '2026-11-20T13:00:00Z' })],
    [['warning', 'k8s#api', 'qa', { date: '2026-11-20T13:00:00.000Z', minutesAhead: 60 }]],
  ],
  ['when it was published says nothing', [item('v1.4.0', 'backend#api', { publishedAt: '2026-11-21T12:00:00Z' })], []],
  [
    'one that is carried over',
    [item('v1.4.0', 'backend#web'), item('v1.3.0', 'backend#api', { date: '2026-11-20T13:00:00Z' })],
    [ahead('2026-11-20T13:00:00.000Z', 60)],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'each fragment for itself',
    ['api', 'web'].map((name) => item('v1.4.0', `backend#${name}`, { date: '2026-11-21T12:00:00Z' })),
    ['api', 'web'].map((name) => [
      'warning',
      `backend#${name}`,
      null,
      { date: '2026-11-21T12:00:00.000Z', minutesAhead: 1440 },
    ]),
  ],
])('%s', (_, items, expected, asked) => expect(said('future-date', items, asked)).toEqual(expected));
