import { expect, test } from 'vitest';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const ITEMS = [
  item('v1.4.0', 'backend#api'),
  item('v1.4.0', 'kafka#user'),
  item('v1.4.0', 'k8s#prod-deployment/api'),
  item('v1.3.0', 'backend#api'),
  item('v1.3.0', 'infra#gone'),
];
const unexpected = (...components: string[]) =>
  components.map((component): Said<'unexpected-component'> => ['warning', component, null, {}]);

test('what is carried over has a row', () => {
  const policy = { roster: [{ component: 'backend#*' }, { component: 'infra#*', expectation: 'carried' }] };
  expect(said('unexpected-component', ITEMS, { policy })).toEqual(unexpected('kafka#user', 'k8s#api'));
});

test.each<[name: string, roster: unknown[] | undefined, expected: Said<'unexpected-component'>[]]>([
  ['no policy: what is new is not wrong', undefined, []],
  ['no rows', [], []],
  ['rows for some of it', [{ component: 'backend#*' }], unexpected('kafka#user', 'k8s#api')],
  ['rows for all of it', [{ component: 'backend#api' }, { component: 'k*#*' }], []],
  ['a row for anything', [{ component: '*' }], []],
  [
    'any expectation is one',
    [
      { component: 'backend#api', expectation: 'ignored' },
      { component: 'kafka#*', expectation: 'optional' },
      { component: 'k8s#api', expectation: 'carried' },
    ],
    [],
  ],
  [
    'a row of other releases',
    [{ component: 'backend#*' }, { component: 'k8s#*' }, { component: 'kafka#*', releases: '<1.4' }],
    unexpected('kafka#user'),
  ],
  [
    'the key’s environment and kind are no part of the name',
    [{ component: 'k8s#prod-deployment/api' }, { component: '*a*#*' }],
    unexpected('k8s#api'),
  ],
])('%s', (_, roster, expected) => {
  const policy = roster === undefined ? undefined : { roster };
  expect(said('unexpected-component', ITEMS, { policy })).toEqual(expected);
});
