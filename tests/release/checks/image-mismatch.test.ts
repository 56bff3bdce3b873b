import { expect, test } from 'vitest';
import type { FindingDetails } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

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
  { image, of, compared: 'tag', runs: runsTag, expected, sameTag: null },
];

const differs = (image: string, sameTag: string | null = null): FindingDetails['image-mismatch'] => ({
  image,
  of: 'backend#api',
  compared: 'digest',
  runs: SHORT_B,
  expected: SHORT_A,
  sameTag,
});

test.each<[name: string, items: Item[], expected: Said<'image-mismatch'>[], asked?: Asked]>([
  ['the tag of the release', [app('api'), runs('acme/api:1.4.0')], []],
  ['v before the tag', [app('api'), runs('acme/api:v1.4.0')], []],
  ['another tag', [app('api'), runs('acme/api:1.4.0-rc.2')], [tagged('acme/api:1.4.0-rc.2', '1.4.0-rc.2')]],
  ['a port is not a tag', [app('api'), runs('localhost:5000/api')], []],
  [
    'the tag of a version apart from the release',
    [app('api', { componentVersion: '2.0.0' }), runs('acme/api:1.4.0')],
    [tagged('acme/api:1.4.0', '1.4.0', '2.0.0')],
  ],
  ['+ is written _ in tags', [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:1.4.0_5')], []],
  ['+ is written - in tags', [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:v1.4.0-5')], []],
  // The allowances of version-mismatch.
  ['another build', [app('api', { componentVersion: '1.4.0+5' }), runs('acme/api:1.4.0_6')], []],
  ['a variant', [app('api'), runs('acme/api:1.4.0-alpine')], []],
  ['a candidate’s variant', [app('api', { componentVersion: '1.4.0-rc.1' }), runs('acme/api:1.4.0-rc.1-alpine')], []],
  ['the component’s commit', [app('api', { commit: '9f3c2ab4d5' }), runs('acme/api:sha-9f3c2ab')], []],
  [
    'the workload’s own commit is another',
    [app('api'), runs('acme/api:1.3.0', { commit: '9f3c2ab' })],
    [tagged('acme/api:1.3.0', '1.3.0')],
  ],
  ['a tag that moves', [app('api'), runs('acme/api:latest')], []],
  ['a tag that is not a version', [app('api'), runs('acme/api:Hoxton.SR12')], []],
  [
    'the very reference that was published',
    [app('api', { componentVersion: '2.0.0', artifact: 'acme/api:1.3.0' }), runs('acme/api:1.3.0')],
    [],
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
    'two digests',
    [app('api', { digest: A }), runs(`acme/api:1.4.0@${B}`)],
    [['error', 'k8s#api', 'prod', differs(`acme/api:1.4.0@${B}`)]],
  ],
  [
    'two digests of the tag that was published: the words say so',
    [app('api', { artifact: `acme/api:1.4.0@${A}` }), runs(`acme/api:1.4.0@${B}`)],
    [['error', 'k8s#api', 'prod', differs(`acme/api:1.4.0@${B}`, '1.4.0')]],
  ],
  [
    'two digests of two tags',
    [app('api', { artifact: `acme/api:v1.4.0@${A}` }), runs(`acme/api:1.4.0@${B}`)],
    [['error', 'k8s#api', 'prod', differs(`acme/api:1.4.0@${B}`)]],
  ],
  [
    'digests beside the image and in the artifact',
    [app('api', { artifact: `acme/api@${A}` }), runs('acme/api:1.4.0', { digest: B })],
    [['error', 'k8s#api', 'prod', differs('acme/api:1.4.0')]],
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
  // To whom an image belongs: by its repository, by the workload's name, by its own.
  [
    'the repository that a component published goes before the workload’s name',
    [
      app('api', { componentVersion: '9.0.0' }),
      app('other', { artifact: 'acme/server:1.4.0' }),
      runs('acme/server:1.4.0'),
    ],
    [],
  ],
  [
    'the very repository, not one that is called alike',
    [app('api'), app('other', { artifact: 'acme/server:9.0.0' }), runs('mirror.example/acme/server:1.3.0')],
    [tagged('mirror.example/acme/server:1.3.0', '1.3.0')],
  ],
  [
    'of two that published one repository the backend',
    [
      app('web', { artifact: 'acme/server:3.0.0', npmVersion: '3.0.0' }, 'frontend'),
      app('other', { artifact: 'acme/server:1.4.0' }),
      runs('acme/server:1.3.0'),
    ],
    [tagged('acme/server:1.3.0', '1.3.0', '1.4.0', 'backend#other')],
  ],
  [
    'the workload’s name goes before the image’s',
    [app('api', { componentVersion: '9.0.0' }), app('other'), runs('acme/other:1.4.0')],
    [tagged('acme/other:1.4.0', '1.4.0', '9.0.0')],
  ],
  [
    'the image’s name, where two have it, says nothing',
    [app('server'), app('server', {}, 'frontend'), runs('acme/server:1.3.0')],
    [],
  ],
  [
    'a component that is carried over',
    [app('web'), item('v1.3.0', 'backend#api', { componentVersion: '1.3.0' }), runs('acme/api:1.4.0')],
    [tagged('acme/api:1.4.0', '1.4.0', '1.3.0')],
    { policy: { roster: [{ component: 'backend#*', expectation: 'carried' }, { component: '*' }] } },
  ],
  [
    'a workload that is carried over',
    [app('api'), item('v1.3.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:1.3.0' })],
    [tagged('acme/api:1.3.0', '1.3.0')],
    { policy: { roster: [{ component: 'k8s#*', expectation: 'carried' }, { component: '*' }] } },
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
    ['qa', 'prod'].map((environment) => ['error', 'k8s#api', environment, tagged('acme/api:1.3.0', '1.3.0')[3]]),
  ],
  [
    'an entry that names no environment',
    [app('api'), runs('acme/api:1.3.0', {}, 'api')],
    [['error', 'k8s#api', null, tagged('acme/api:1.3.0', '1.3.0')[3]]],
  ],
])('%s', (_, items, expected, asked) => expect(said('image-mismatch', items, asked)).toEqual(expected));

test('a component that the policy ignores has no image', () => {
  const policy = { roster: [{ component: 'backend#api', expectation: 'ignored' }, { component: '*' }] };
  expect(said('image-mismatch', [app('api'), runs('acme/api:1.3.0')], { policy })).toEqual([]);
});
