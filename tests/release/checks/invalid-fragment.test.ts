import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const good = item('v1.4.0', 'backend#web', { date: '2026-11-01T10:00:00Z' });
const unreadable = (key: string | null, reason: string): Said<'invalid-fragment'> => [
  'error',
  null,
  null,
  { key, reason },
];

const unreadImage = (
  component: string,
  environment: string | null,
  key: string,
  field: 'imageRef' | 'artifact',
  value: string,
): Said<'invalid-fragment'> => [
  'error',
  component,
  environment,
  {
    key,
    fault: {
      field,
      attribute: field,
      expected: 'an image reference such as ghcr.io/acme/api:1.4.0',
      received: JSON.stringify(value),
    },
  },
];

test.each<[name: string, items: Item[], expected: Said<'invalid-fragment'>[], asked?: Asked]>([
  ['every field of its shape', [good], []],
  ['attributes that are no fields', [item('v1.4.0', 'backend#web', { anything: { at: ['all'] }, '': 1 })], []],
  ['fields that are empty or null', [item('v1.4.0', 'backend#web', { commit: '', date: null })], []],
  [
    'no #',
    [good, item('v1.4.0', 'backend')],
    [unreadable('backend', '“component#name” holds no #: expected <type>#<name>, received "backend".')],
  ],
  [
    'no type',
    [good, item('v1.4.0', ' #web')],
    [unreadable(' #web', '“component#name” has no type before the #: received " #web".')],
  ],
  [
    'no name',
    [good, item('v1.4.0', 'backend#')],
    [unreadable('backend#', '“component#name” has no name after the #: received "backend#".')],
  ],
  [
    'a key that is not text',
    [good, item('v1.4.0', 4)],
    [
      unreadable(
        null,
        '“component#name” must hold <type>#<name> as text; received 4. Publish it as text: a number loses its trailing zeros.',
      ),
    ],
  ],
  [
    'no key at all',
    [good, { version: 'v1.4.0' }],
    [unreadable(null, '“component#name” must hold <type>#<name> as text; it is not there.')],
  ],
  ['an item of no release is of none', [good, item(14, 'backend#api')], []],
  ['an item of the program itself', [good, item('release-matrix:sequence', 'x')], []],
  [
    'a field of another shape: the fragment is named, and the field',
    [item('v1.4.0', 'backend#web', { commit: 12 })],
    [
      [
        'error',
        'backend#web',
        null,
        { key: 'backend#web', fault: { field: 'commit', attribute: 'commit', expected: 'text', received: '12' } },
      ],
    ],
  ],
  [
    'two fields: each is named',
    [item('v1.4.0', 'k8s#prod-deployment/api', { replicas: -1, 'Ready Replicas': 'two' })],
    [
      [
        'error',
        'k8s#api',
        'prod',
        {
          key: 'k8s#prod-deployment/api',
          fault: { field: 'replicas', attribute: 'replicas', expected: 'a whole number from 0', received: '-1' },
        },
      ],
      [
        'error',
        'k8s#api',
        'prod',
        {
          key: 'k8s#prod-deployment/api',
          fault: {
            field: 'readyReplicas',
            attribute: 'Ready Replicas',
            expected: 'a whole number from 0',
            received: '"two"',
          },
        },
      ],
    ],
  ],
  // What should be an image reference, and cannot be read as one.
  [
    'an imageRef that is none',
    [item('v1.4.0', 'k8s#prod-deployment/api', { imageRef: 'acme/API:1' })],
    [unreadImage('k8s#api', 'prod', 'k8s#prod-deployment/api', 'imageRef', 'acme/API:1')],
  ],
  ...['docker://', 'docker-pullable://', 'oci://'].flatMap((scheme): [string, Item[], Said<'invalid-fragment'>[]][] => [
    [`an imageRef behind ${scheme}`, [item('v1.4.0', 'k8s#api', { imageRef: `${scheme}acme/api:1` })], []],
    [`an artifact behind ${scheme}`, [item('v1.4.0', 'backend#api', { artifact: `${scheme}acme/api:1` })], []],
    [
      `an artifact behind ${scheme} that is none`,
      [item('v1.4.0', 'backend#api', { artifact: `${scheme}acme/API:1` })],
      [unreadImage('backend#api', null, 'backend#api', 'artifact', `${scheme}acme/API:1`)],
    ],
  ]),
  ['any other artifact', [item('v1.4.0', 'backend#api', { artifact: 'https://files.example/API 1.tgz' })], []],
  [
    'a fragment that is carried over',
    [good, item('v1.3.0', 'backend#api', { commit: 12 })],
    [
      [
        'error',
        'backend#api',
        null,
        { key: 'backend#api', fault: { field: 'commit', attribute: 'commit', expected: 'text', received: '12' } },
      ],
    ],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['an unreadable item of a release before', [good, item('v1.3.0', 'backend')], []],
  [
    'two attributes that mean one field and differ',
    [item('v1.4.0', 'backend#web', { commit: 'aaa', Commit: 'bbb' })],
    [
      [
        'error',
        'backend#web',
        null,
        {
          key: 'backend#web',
          fault: {
            field: 'commit',
            attribute: 'Commit',
            expected: 'one attribute for commit; “commit” is used',
            received: '"bbb"',
          },
        },
      ],
    ],
  ],
])('%s', (_, items, expected, asked) => expect(said('invalid-fragment', items, asked)).toEqual(expected));

test('a release of which nothing can be read has no findings: it is unknown', () => {
  expect(said('invalid-fragment', [item('v1.4.0', 'backend')])).toEqual([]);
});
