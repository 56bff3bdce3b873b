import { describe, expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const has = (...keys: string[]): Item[] => keys.map((key) => item('v1.4.0', key));
const alike = (...components: [string, ...string[]]): Said<'near-duplicate-name'> => [
  'warning',
  components[0],
  null,
  { components },
];
/** The component is the first of the two by code point. */
const renamed = (from: string, to: string): Said<'near-duplicate-name'> => [
  'warning',
  from < to ? from : to,
  null,
  { renamed: { from, to } },
];
const spelt = (...spellings: string[]): Said<'near-duplicate-name'> => ['warning', null, null, { spellings }];
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
  [
    'another release holds the other, and nobody expects it',
    [...has('backend#auth'), item('v1.5.0', 'backend#Auth')],
    [],
  ],
  [
    'one of them is carried over: it came under the other name',
    [...has('backend#auth'), item('v1.3.0', 'backend#Auth')],
    [renamed('backend#Auth', 'backend#auth')],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'one of them is ignored',
    has('backend#auth', 'backend#Auth'),
    [],
    { policy: { roster: [{ component: 'backend#Auth', expectation: 'ignored' }, { component: '*' }] } },
  ],
])('%s', (_, items, expected, asked) => expect(said('near-duplicate-name', items, asked)).toEqual(expected));

describe('a component that came under another name is renamed, not missing', () => {
  const stables = (...keys: string[]) =>
    ['v1.3.0', 'v1.2.0'].flatMap((release) => keys.map((key) => item(release, key)));
  test.each<[name: string, items: Item[], expected: Said<'near-duplicate-name'>[], asked?: Asked]>([
    [
      'a look-alike that the release before did not have',
      [...stables('backend#auth-api'), ...has('backend#auth_api')],
      [renamed('backend#auth-api', 'backend#auth_api')],
    ],
    [
      'to a name that is the first by code point',
      [...stables('backend#auth_api'), ...has('backend#auth-api')],
      [renamed('backend#auth_api', 'backend#auth-api')],
    ],
    [
      'a look-alike that was there before explains nothing',
      [...stables('backend#auth-api', 'backend#auth_api'), ...has('backend#auth_api')],
      [],
    ],
    [
      'nobody expects the old one',
      [item('v1.2.0', 'backend#auth-api'), item('v1.3.0', 'backend#x'), ...has('backend#auth_api')],
      [],
    ],
    [
      'expected by the policy, and never seen',
      has('backend#auth_api'),
      [renamed('backend#auth-api', 'backend#auth_api')],
      { policy: { roster: [{ component: 'backend#auth-api' }, { component: '*' }] } },
    ],
    ['of another type', [...stables('backend#auth-api'), ...has('frontend#auth_api')], []],
    [
      'the new one is ignored',
      [...stables('backend#auth-api'), ...has('backend#auth_api', 'backend#x')],
      [],
      { policy: { roster: [{ component: 'backend#auth_api', expectation: 'ignored' }, { component: '*' }] } },
    ],
  ])('%s', (_, items, expected, asked) => expect(said('near-duplicate-name', items, asked)).toEqual(expected));
});

describe('another spelling of the release’s version', () => {
  const of = (...releases: string[]) => releases.map((release) => item(release, 'backend#api'));
  test.each<[name: string, items: Item[], expected: Said<'near-duplicate-name'>[], asked?: Asked]>([
    ['with and without v', of('v1.4.0', '1.4.0'), [spelt('v1.4.0', '1.4.0')]],
    ['of the other one', of('v1.4.0', '1.4.0'), [spelt('1.4.0', 'v1.4.0')], { release: '1.4.0' }],
    ['white space', of('v1.4.0', 'v1.4.0\n'), [spelt('v1.4.0', 'v1.4.0\n')]],
    ['fewer numbers', of('v1.4.0', 'v1.4'), [spelt('v1.4.0', 'v1.4')]],
    ['three of them', of('v1.4.0', '1.4.0', '1.4'), [spelt('v1.4.0', '1.4', '1.4.0')]],
    ['rc1 and rc.1', of('v1.4.0-rc1', 'v1.4.0-rc.1'), [spelt('v1.4.0-rc1', 'v1.4.0-rc.1')], { release: 'v1.4.0-rc1' }],
    ['build metadata makes another version', of('v1.4.0', 'v1.4.0+build.5'), []],
    ['a twin of which nothing can be read', [...of('v1.4.0'), item('1.4.0', 'backend')], []],
  ])('%s', (_, items, expected, asked) => expect(said('near-duplicate-name', items, asked)).toEqual(expected));
});
