import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const schema = (release: string, schemaVersion: string, evolutionPolicy = 'BACKWARD') =>
  item(release, 'kafka#user', { schemaVersion, evolutionPolicy });
const breaking = (
  version: string,
  before: string,
  policy = 'BACKWARD',
  previousStable = 'v1.3.0',
): Said<'schema-breaking'>[] => [['error', 'kafka#user', null, { version, before, policy, previousStable }]];

test.each<[name: string, items: Item[], expected: Said<'schema-breaking'>[], asked?: Asked]>([
  ['a new major', [schema('v1.4.0', '4.0.0'), schema('v1.3.0', '3.9.0')], breaking('4.0.0', '3.9.0')],
  ['a new minor', [schema('v1.4.0', '3.10.0'), schema('v1.3.0', '3.9.0')], []],
  ['an older major', [schema('v1.4.0', '2.0.0'), schema('v1.3.0', '3.9.0')], []],
  ['v before one of them', [schema('v1.4.0', 'v3.9.0'), schema('v1.3.0', '3.9.0')], []],
  [
    'a pre-release of a new major',
    [schema('v1.4.0', '4.0.0-rc.1'), schema('v1.3.0', '3.9.0')],
    breaking('4.0.0-rc.1', '3.9.0'),
  ],
  ...['FORWARD', 'FULL', 'BACKWARD_TRANSITIVE', 'FORWARD_TRANSITIVE', 'FULL_TRANSITIVE'].map(
    (policy): [string, Item[], Said<'schema-breaking'>[]] => [
      `a new major under ${policy}`,
      [schema('v1.4.0', '4.0.0', policy), schema('v1.3.0', '3.9.0')],
      breaking('4.0.0', '3.9.0', policy),
    ],
  ),
  ['a new major under NONE', [schema('v1.4.0', '4.0.0', 'NONE'), schema('v1.3.0', '3.9.0')], []],
  [
    'a new major under no policy',
    [item('v1.4.0', 'kafka#user', { schemaVersion: '4.0.0' }), schema('v1.3.0', '3.9.0')],
    [],
  ],
  ['a new major under a word that is none', [schema('v1.4.0', '4.0.0', 'SOME'), schema('v1.3.0', '3.9.0')], []],
  [
    'its policy before does not matter',
    [schema('v1.4.0', '4.0.0'), schema('v1.3.0', '3.9.0', 'NONE')],
    breaking('4.0.0', '3.9.0'),
  ],
  [
    'only the previous stable counts',
    [schema('v1.4.0', '4.0.0'), schema('v1.3.0', '4.0.0'), schema('v1.2.0', '3.0.0')],
    [],
  ],
  [
    'a pre-release between is not it',
    [schema('v1.4.0', '4.0.0'), schema('v1.4.0-rc.1', '4.0.0'), schema('v1.3.0', '3.0.0')],
    breaking('4.0.0', '3.0.0'),
  ],
  ['no release before has it', [schema('v1.4.0', '4.0.0'), item('v1.3.0', 'kafka#other')], []],
  [
    'where the previous stable lacks it, the one before',
    [schema('v1.4.0', '4.0.0'), item('v1.3.0', 'kafka#other'), schema('v1.2.0', '3.0.0')],
    breaking('4.0.0', '3.0.0', 'BACKWARD', 'v1.2.0'),
  ],
  [
    'a patch of an earlier line that came later is not before it',
    [
      schema('v1.4.0', '4.0.0'),
      item('v1.4.0', 'backend#x', { date: '2026-11-01' }),
      schema('v1.3.1', '3.0.0'),
      item('v1.3.1', 'backend#x', { date: '2026-11-10' }),
      schema('v1.3.0', '4.0.0'),
    ],
    [],
  ],
  [
    'what is carried over is what it was',
    [item('v1.4.0', 'backend#x'), schema('v1.3.0', '4.0.0'), schema('v1.2.0', '3.0.0')],
    [],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'compared with what the releases between carried over',
    [schema('v1.4.0', '4.0.0'), item('v1.3.0', 'backend#x'), schema('v1.2.0', '3.0.0')],
    breaking('4.0.0', '3.0.0', 'BACKWARD', 'v1.2.0'),
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['no previous stable', [schema('v1.4.0', '4.0.0'), schema('v1.4.0-rc.1', '3.0.0')], []],
  ['a number alone', [schema('v1.4.0', '4'), schema('v1.3.0', '3')], breaking('4', '3')],
  ['what is not a version', [schema('v1.4.0', 'four'), schema('v1.3.0', '3.0.0')], []],
  [
    'the component’s version, where the schema’s is not given',
    [
      item('v1.4.0', 'kafka#user', { componentVersion: '4.0.0', evolutionPolicy: 'FULL' }),
      item('v1.3.0', 'kafka#user', { componentVersion: '3.0.0', evolutionPolicy: 'FULL' }),
    ],
    breaking('4.0.0', '3.0.0', 'FULL'),
  ],
  [
    'the schema’s version before the component’s',
    [
      item('v1.4.0', 'kafka#user', { componentVersion: '4.0.0', schemaVersion: '3.1.0', evolutionPolicy: 'FULL' }),
      item('v1.3.0', 'kafka#user', { componentVersion: '3.0.0', schemaVersion: '3.0.0', evolutionPolicy: 'FULL' }),
    ],
    [],
  ],
  [
    'what is no schema',
    [
      item('v1.4.0', 'backend#user', { componentVersion: '4.0.0' }),
      item('v1.3.0', 'backend#user', { componentVersion: '3.0.0' }),
    ],
    [],
  ],
])('%s', (_, items, expected, asked) => expect(said('schema-breaking', items, asked)).toEqual(expected));

test('a new major of the product is none of a schema that says no version', () => {
  const items = ['v2.0.0', 'v1.3.0'].map((release) => item(release, 'kafka#user', { evolutionPolicy: 'BACKWARD' }));
  expect(said('schema-breaking', items, { release: 'v2.0.0' })).toEqual([]);
});
