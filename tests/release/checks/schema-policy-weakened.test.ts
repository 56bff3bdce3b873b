import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const POLICIES = [
  'FULL_TRANSITIVE',
  'FULL',
  'BACKWARD_TRANSITIVE',
  'FORWARD_TRANSITIVE',
  'BACKWARD',
  'FORWARD',
  'NONE',
] as const;

/** Every pair, `x` where the step from the row's policy to the column's weakens it. Columns in the order above. */
const WEAKENS = {
  //                     FULL_T FULL BACK_T FORW_T BACK FORW NONE
  FULL_TRANSITIVE: /*  */ '.     x     x     x     x    x    x',
  FULL: /*             */ '.     .     x     x     x    x    x',
  BACKWARD_TRANSITIVE: /**/ '.     .     .     x     x    x    x',
  FORWARD_TRANSITIVE: /**/ '.     .     x     .     x    x    x',
  BACKWARD: /*         */ '.     .     .     x     .    x    x',
  FORWARD: /*          */ '.     .     x     .     x    .    x',
  NONE: /*             */ '.     .     .     .     .    .    .',
} satisfies Record<(typeof POLICIES)[number], string>;

const schema = (release: string, evolutionPolicy: string) => item(release, 'kafka#user', { evolutionPolicy });
const weakened = (before: string, policy: string, previousStable = 'v1.3.0'): Said<'schema-policy-weakened'>[] => [
  ['error', 'kafka#user', null, { policy, before, previousStable }],
];

const pairs = POLICIES.flatMap((before) =>
  WEAKENS[before].split(/ +/).map((mark, at): [string, string, boolean] => [before, POLICIES[at] ?? '', mark === 'x']),
);

test('every pair of policies is in the table', () => expect(pairs).toHaveLength(49));

test.each(pairs)('from %s to %s weakens: %s', (before, policy, weakens) => {
  const items = [schema('v1.4.0', policy), schema('v1.3.0', before)];
  expect(said('schema-policy-weakened', items)).toEqual(weakens ? weakened(before, policy) : []);
});

test.each<[name: string, items: Item[], expected: Said<'schema-policy-weakened'>[]]>([
  [
    'spelt otherwise',
    [schema('v1.4.0', 'full'), schema('v1.3.0', 'full-transitive')],
    weakened('FULL_TRANSITIVE', 'FULL'),
  ],
  ['taken away: its absence is said by another code', [item('v1.4.0', 'kafka#user'), schema('v1.3.0', 'FULL')], []],
  ['a word that is none', [schema('v1.4.0', 'SOME'), schema('v1.3.0', 'FULL')], []],
  ['a word that was none', [schema('v1.4.0', 'BACKWARD'), schema('v1.3.0', 'SOME')], []],
  [
    'only the previous stable counts',
    [schema('v1.4.0', 'BACKWARD'), schema('v1.3.0', 'BACKWARD'), schema('v1.2.0', 'FULL')],
    [],
  ],
  [
    'a pre-release between is not it',
    [schema('v1.4.0', 'BACKWARD'), schema('v1.4.0-rc.1', 'BACKWARD'), schema('v1.3.0', 'FULL')],
    weakened('FULL', 'BACKWARD'),
  ],
  ['no previous stable', [schema('v1.4.0', 'BACKWARD'), schema('v1.4.0-rc.1', 'FULL')], []],
  [
    'where the previous stable lacks it, the one before',
    [schema('v1.4.0', 'BACKWARD'), item('v1.3.0', 'kafka#other'), schema('v1.2.0', 'FULL')],
    weakened('FULL', 'BACKWARD', 'v1.2.0'),
  ],
  ['new in this release', [schema('v1.4.0', 'BACKWARD'), item('v1.3.0', 'kafka#other')], []],
  [
    'what is no schema',
    ['v1.4.0', 'v1.3.0'].map((release) =>
      item(release, 'backend#user', { evolutionPolicy: release === 'v1.4.0' ? 'NONE' : 'FULL' }),
    ),
    [],
  ],
])('%s', (_, items, expected) => expect(said('schema-policy-weakened', items)).toEqual(expected));
