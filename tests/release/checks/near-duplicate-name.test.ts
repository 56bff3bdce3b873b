import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const has = (...keys: string[]): Item[] => keys.map((key) => item('v1.4.0', key));
const alike = (...components: [string, ...string[]]): Said<'near-duplicate-name'> => [
  'warning',
  components[0],
  null,
  { components },
];
const COMPOSED = 'backend#caf\u00e9';
const DECOMPOSED = 'backend#cafe\u0301';

test.each<[name: string, items: Item[], expected: Said<'near-duplicate-name'>[], asked?: Asked]>([
  ['case', has('backend#auth', 'backend#Auth'), [alike('backend#Auth', 'backend#auth')]],
  [
    'separators',
    has('backend#auth-api', 'backend#auth_api', 'backend#auth.api', 'backend#authapi'),
    [alike('backend#auth-api', 'backend#auth.api', 'backend#auth_api', 'backend#authapi')],
  ],
  [
    'two pairs',
    has('backend#a-b', 'backend#ab', 'backend#c-d', 'backend#cd'),
    [alike('backend#a-b', 'backend#ab'), alike('backend#c-d', 'backend#cd')],
  ],
  ['an accent in one letter or two', has(COMPOSED, DECOMPOSED), [alike(DECOMPOSED, COMPOSED)]],
  ['a space that nobody sees', has('backend#auth', 'backend#auth '), [alike('backend#auth', 'backend#auth ')]],
  ['an accent is a letter of its own', has('backend#cafe', COMPOSED), []],
  ['other separators', has('backend#a/b', 'backend#ab', 'backend#a b', 'backend#a@b'), []],
  ['another type', has('backend#auth', 'frontend#Auth'), []],
  ['one name', has('backend#auth'), []],
  ['environments and kinds of one workload', has('k8s#prod-deployment/api', 'k8s#qa-statefulset/api'), []],
  ['another release holds the other', [...has('backend#auth'), item('v1.3.0', 'backend#Auth')], []],
  [
    'one of them is ignored',
    has('backend#auth', 'backend#Auth'),
    [],
    { policy: { roster: [{ component: 'backend#Auth', expectation: 'ignored' }, { component: '*' }] } },
  ],
])('%s', (_, items, expected, asked) => expect(said('near-duplicate-name', items, asked)).toEqual(expected));
