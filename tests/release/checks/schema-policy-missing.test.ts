import { expect, test } from 'vitest';
import type { PlainValue } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const missing = (policy: string | null): Said<'schema-policy-missing'>[] => [['error', 'kafka#user', null, { policy }]];

test.each<[policy: PlainValue, expected: Said<'schema-policy-missing'>[]]>([
  ['BACKWARD', []],
  ['FORWARD', []],
  ['FULL', []],
  ['BACKWARD_TRANSITIVE', []],
  ['FORWARD_TRANSITIVE', []],
  ['FULL_TRANSITIVE', []],
  ['full transitive', []],
  ['Full-Transitive', []],
  [' BACKWARD ', []],
  ['NONE', missing('NONE')],
  ['none', missing('NONE')],
  ['BACKWARDS', missing('BACKWARDS')],
  ['constructor', missing('constructor')],
  ['', missing(null)],
  [null, missing(null)],
  [4, missing(null)],
])('%j', (evolutionPolicy, expected) => {
  expect(said('schema-policy-missing', [item('v1.4.0', 'kafka#user', { evolutionPolicy })])).toEqual(expected);
});

test('only schemas need a policy', () => {
  expect(said('schema-policy-missing', [item('v1.4.0', 'backend#user'), item('v1.4.0', 'Kafka#user')])).toEqual([]);
});

test('a schema that is carried over needs one as well', () => {
  const policy = { roster: [{ component: '*', expectation: 'carried' }] };
  const items = [item('v1.4.0', 'backend#api'), item('v1.3.0', 'kafka#user')];
  expect(said('schema-policy-missing', items, { policy })).toEqual(missing(null));
});
