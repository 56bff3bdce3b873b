import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const [SHORT_A, SHORT_B] = ['sha256:aaaaaaaaaaaa', 'sha256:bbbbbbbbbbbb'];
const app = (name: string, attributes: Item = {}, type = 'backend') => item('v1.4.0', `${type}#${name}`, attributes);
const runs = (imageRef: string, attributes: Item = {}, workload = 'prod-deployment/api') =>
  item('v1.4.0', `k8s#${workload}`, { imageRef, ...attributes });
const tagged = (image: string, runsTag: string, expected = '1.4.0', of = 'backend#api'): Said<'image-mismatch'> => [
  'error',
  'k8s#api',
  'prod',
  { image, of, compared: 'tag', runs: runsTag, expected },
];

test.each<[name: string, items: Item[], expected: Said<'image-mismatch'>[]]>([
  ['the tag of the release', [app('api'), runs('acme/api:1.4.0')], []],
  ['v before the tag', [app('api'), runs('acme/api:v1.4.0')], []],
  ['another tag', [app('api'), runs('acme/api:1.4.0-rc.2')], [tagged('acme/api:1.4.0-rc.2', '1.4.0-rc.2')]],
  ['a port is no tag', [app('api'), runs('localhost:5000/api')], []],
  [
    'the tag of a version apart from the release',
    [app('api', { componentVersion: '2.0.0' }), runs('acme/api:1.4.0')],
    [tagged('acme/api:1.4.0', '1.4.0', '2.0.0')],
  ],
  ['+ is written _ in tags', [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:1.4.0_5')], []],
  ['+ is written - in tags', [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:v1.4.0-5')], []],
  [
    'another build',
    [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:1.4.0_6')],
    [tagged('acme/api:1.4.0_6', '1.4.0_6', '1.4.0+5')],
  ],
  [
    'a frontend',
    [app('api', { npmVersion: '3.0.0' }, 'frontend'), runs('acme/api:2.0.0')],
    [tagged('acme/api:2.0.0', '2.0.0', '3.0.0', 'frontend#api')],
  ],
  [
    'the backend before the frontend of one name',
    [app('api', { npmVersion: '3.0.0' }, 'frontend'), app('api'), runs('acme/api:1.4.0')],
    [],
  ],
  ['one digest, two tags', [app('api', { digest: A }), runs(`acme/api:1.3.0@${A}`)], []],
  [
    'one digest in other letters',
    [app('api', { digest: A.replace(/a{64}/, 'A'.repeat(64)) }), runs(`acme/api@${A}`)],
    [],
  ],
  [
    'two digests of one tag',
    [app('api', { digest: A }), runs(`acme/api:1.4.0@${B}`)],
    [
      [
        'error',
        'k8s#api',
        'prod',
        { image: `acme/api:1.4.0@${B}`, of: 'backend#api', compared: 'digest', runs: SHORT_B, expected: SHORT_A },
      ],
    ],
  ],
  [
    'digests beside the image and in the artifact',
    [app('api', { artifact: `acme/api@${A}` }), runs('acme/api:1.4.0', { digest: B })],
    [
      [
        'error',
        'k8s#api',
        'prod',
        { image: 'acme/api:1.4.0', of: 'backend#api', compared: 'digest', runs: SHORT_B, expected: SHORT_A },
      ],
    ],
  ],
  [
    'a digest runs, a tag is published: not comparable',
    [app('api', { artifact: 'acme/api:1.4.0' }), runs(`acme/api@${A}`)],
    [],
  ],
  [
    'a tag runs, a digest is published: the tag is compared with the version',
    [app('api', { digest: A }), runs('acme/api:1.3.0')],
    [tagged('acme/api:1.3.0', '1.3.0')],
  ],
  [
    'the last segment of the repository names the component',
    [app('auth-service'), runs('ghcr.io/acme/team/auth-service:1.3.0')],
    [tagged('ghcr.io/acme/team/auth-service:1.3.0', '1.3.0', '1.4.0', 'backend#auth-service')],
  ],
  [
    'the repository counts more than the workload’s name',
    [app('api', { componentVersion: '9.0.0' }), app('other'), runs('acme/other:1.4.0')],
    [],
  ],
  ['an image of no component, a workload of none', [app('web'), runs('envoyproxy/envoy:1.30.0')], []],
  [
    'an image of no component in a workload of one',
    [app('api'), runs('acme/server:1.3.0')],
    [tagged('acme/server:1.3.0', '1.3.0')],
  ],
  ['a schema of that name', [app('api', {}, 'kafka'), runs('acme/api:1.3.0')], []],
  ['a component of another release', [item('v1.3.0', 'backend#api'), runs('acme/api:1.3.0')], []],
  ['an image that is none', [app('api'), runs('not an image')], []],
  ['no image', [app('api'), item('v1.4.0', 'k8s#prod-deployment/api')], []],
  [
    'each environment of an entry',
    [app('api'), runs('acme/api:1.3.0', { environments: ['prod', 'qa'] }, 'deployment/api')],
    ['qa', 'prod'].map((environment) => [
      'error',
      'k8s#api',
      environment,
      { image: 'acme/api:1.3.0', of: 'backend#api', compared: 'tag', runs: '1.3.0', expected: '1.4.0' },
    ]),
  ],
  [
    'an entry that names no environment',
    [app('api'), runs('acme/api:1.3.0', {}, 'api')],
    [
      [
        'error',
        'k8s#api',
        null,
        { image: 'acme/api:1.3.0', of: 'backend#api', compared: 'tag', runs: '1.3.0', expected: '1.4.0' },
      ],
    ],
  ],
])('%s', (_, items, expected) => expect(said('image-mismatch', items)).toEqual(expected));

test('a component that the policy ignores has no image', () => {
  const policy = { roster: [{ component: 'backend#api', expectation: 'ignored' }, { component: '*' }] };
  expect(said('image-mismatch', [app('api'), runs('acme/api:1.3.0')], { policy })).toEqual([]);
});
