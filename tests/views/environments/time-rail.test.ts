import { expect, test } from 'vitest';
import type { Observation } from '../../../src/release/deployed/as-of.ts';
import { momentsOf, unknownThen } from '../../../src/views/environments/time-rail.ts';

const seen = (time: string, release: string, component: string, environment = 'prod'): Observation => ({
  ...{ at: `2026-11-20T${time}:00.000Z`, release, component, environment },
});

test.each<[name: string, observations: Observation[], moments: string[]]>([
  ['nothing', [], []],
  ['one', [seen('10:00', 'v1.0.0', 'a')], ['10:00 v1.0.0 in prod, 1 component']],
  [
    'a roll-out takes its time, and ends with its last component',
    [seen('10:00', 'v1.0.0', 'a'), seen('10:40', 'v1.0.0', 'b'), seen('11:30', 'v1.0.0', 'c')],
    ['11:30 v1.0.0 in prod, 3 components'],
  ],
  [
    'what is seen again is counted once; after a while it is another roll-out',
    [seen('10:00', 'v1.0.0', 'a'), seen('10:10', 'v1.0.0', 'a'), seen('12:00', 'v1.0.0', 'a')],
    ['10:10 v1.0.0 in prod, 1 component', '12:00 v1.0.0 in prod, 1 component'],
  ],
  [
    'two at once: another environment, another release',
    [seen('10:00', 'v1.1.0', 'a', 'qa'), seen('10:01', 'v1.0.0', 'a'), seen('10:02', 'v1.1.0', 'b', 'qa')],
    ['10:01 v1.0.0 in prod, 1 component', '10:02 v1.1.0 in qa, 2 components'],
  ],
])('moments of %s', (_, observations, moments) => {
  expect(momentsOf(observations).map(({ at, words }) => `${at.slice(11, 16)} ${words}`)).toEqual(moments);
});

test('the newest where there are more than can be told apart', () => {
  const many = Array.from({ length: 400 }, (_, at) => ({
    ...seen('10:00', `v1.${at}.0`, 'a'),
    at: new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString(),
  }));
  const moments = momentsOf(many);
  expect([moments.length, moments[0]?.words, moments.at(-1)?.words]).toEqual([
    300,
    'v1.100.0 in prod, 1 component',
    'v1.399.0 in prod, 1 component',
  ]);
});

test.each([
  [0, 0, null],
  [1, 0, { short: '1 place not known', whole: 'Of 1 place something was observed only later.' }],
  [
    3,
    2,
    {
      short: '3 places not known, 2 fragments undated',
      whole:
        'Of 3 places something was observed only later. Of 2 fragments nothing says when it was observed: left out.',
    },
  ],
])('%i not known, %i undated', (notKnown, undated, words) => {
  expect(unknownThen({ at: '2026-11-20T10:00:00.000Z', notKnown, undated })).toEqual(words);
});
