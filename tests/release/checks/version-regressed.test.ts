import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const of = (release: string, componentVersion: string) => item(release, 'backend#api', { componentVersion });
const back = (version: string, before: string, previousStable = 'v1.3.0'): Said<'version-regressed'>[] => [
  ['error', 'backend#api', null, { version, before, previousStable }],
];

test.each<[name: string, items: Item[], expected: Said<'version-regressed'>[], asked?: Asked]>([
  ['lower', [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.10.0')], back('2.9.0', '2.10.0')],
  ['higher', [of('v1.4.0', '2.10.0'), of('v1.3.0', '2.9.0')], []],
  ['equal', [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.9.0')], []],
  ['equal but for a v', [of('v1.4.0', 'v2.9.0'), of('v1.3.0', '2.9.0')], []],
  ['a build is no precedence', [of('v1.4.0', '2.9.0+1'), of('v1.3.0', '2.9.0+2')], []],
  [
    'the candidate of what was stable',
    [of('v1.4.0', '2.9.0-rc.1'), of('v1.3.0', '2.9.0')],
    back('2.9.0-rc.1', '2.9.0'),
  ],
  ['candidates sort by number', [of('v1.4.0', '2.9.0-rc.10'), of('v1.3.0', '2.9.0-rc.9')], []],
  ['PEP 440 is not comparable', [of('v1.4.0', '2.9.0rc1'), of('v1.3.0', '2.9.0')], []],
  ['nor is what went before it', [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.10.0.post1')], []],
  ['nor a date', [of('v1.4.0', '2026.1'), of('v1.3.0', '2026.2')], []],
  [
    'the greatest lower stable counts, whatever is published after it',
    [of('v1.4.0', '2.0.0'), of('v1.3.1', '1.0.0'), of('v1.2.9', '3.0.0'), of('v1.4.0-rc.1', '4.0.0')],
    [],
  ],
  ['higher releases do not count', [of('v1.4.0', '2.0.0'), of('v1.5.0', '3.0.0')], []],
  ['not in the previous stable', [of('v1.4.0', '2.0.0'), item('v1.3.0', 'backend#web'), of('v1.2.0', '3.0.0')], []],
  ['no previous stable', [of('v1.4.0', '2.0.0'), of('v1.4.0-rc.1', '3.0.0')], []],
  [
    'a pre-release is compared with the stable before it',
    [of('v1.4.0-rc.1', '2.0.0'), of('v1.3.0', '3.0.0')],
    back('2.0.0', '3.0.0'),
    { release: 'v1.4.0-rc.1' },
  ],
  ['a key that is no SemVer has none before it', [of('main', '2.0.0'), of('v1.3.0', '3.0.0')], [], { release: 'main' }],
])('%s', (_, items, expected, asked) => expect(said('version-regressed', items, asked)).toEqual(expected));

const runs = (release: string, place: string, tag: string) =>
  item(release, `k8s#${place}/api`, { imageRef: `acme/api:${tag}` });
const backIn = (environment: string | null, version: string, before: string): Said<'version-regressed'> => [
  'error',
  'k8s#api',
  environment,
  { version, before, previousStable: 'v1.3.0' },
];

test.each<[name: string, items: Item[], expected: Said<'version-regressed'>[]]>([
  [
    'each environment for itself',
    [
      runs('v1.4.0', 'prod-deployment', '1.3.0'),
      runs('v1.4.0', 'qa-deployment', '1.4.0'),
      runs('v1.3.0', 'prod-deployment', '1.3.5'),
      runs('v1.3.0', 'qa-deployment', '1.3.5'),
    ],
    [backIn('prod', '1.3.0', '1.3.5')],
  ],
  [
    'not with another environment',
    [runs('v1.4.0', 'prod-deployment', '1.3.0'), runs('v1.3.0', 'qa-deployment', '1.3.5')],
    [],
  ],
  [
    'with its own kind, where there are two of one name',
    [
      runs('v1.4.0', 'prod-deployment', '1.0.0'),
      runs('v1.4.0', 'prod-statefulset', '2.0.0'),
      runs('v1.3.0', 'prod-deployment', '1.0.0'),
      runs('v1.3.0', 'prod-statefulset', '2.0.0'),
    ],
    [],
  ],
  [
    'with another kind, where the workload changed it',
    [runs('v1.4.0', 'prod-statefulset', '1.3.0'), runs('v1.3.0', 'prod-deployment', '1.3.5')],
    [backIn('prod', '1.3.0', '1.3.5')],
  ],
  [
    'without environments',
    [runs('v1.4.0', 'deployment', '1.3.0'), runs('v1.3.0', 'deployment', '1.3.5')],
    [backIn(null, '1.3.0', '1.3.5')],
  ],
  [
    'several environments of one entry',
    [
      item('v1.4.0', 'k8s#deployment/api', { imageRef: 'acme/api:1.3.0', environments: ['prod', 'qa'] }),
      runs('v1.3.0', 'prod-deployment', '1.3.5'),
      runs('v1.3.0', 'qa-deployment', '1.2.0'),
    ],
    [backIn('prod', '1.3.0', '1.3.5')],
  ],
  [
    'digests are not comparable',
    ['v1.4.0', 'v1.3.0'].map((release) =>
      item(release, 'k8s#prod-deployment/api', {
        imageRef: `acme/api@sha256:${(release === 'v1.4.0' ? 'a' : 'b').repeat(64)}`,
      }),
    ),
    [],
  ],
])('of a workload: %s', (_, items, expected) => expect(said('version-regressed', items)).toEqual(expected));
