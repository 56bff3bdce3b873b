import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const of = (release: string, componentVersion: string) => item(release, 'backend#api', { componentVersion });
const dated = (release: string, componentVersion: string, date: string): Item[] => [
  item(release, 'backend#api', { componentVersion, date }),
];
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
  ['as Python writes it', [of('v1.4.0', '2.9.0rc1'), of('v1.3.0', '2.9.0')], back('2.9.0rc1', '2.9.0')],
  [
    'a build behind the one before',
    [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.10.0.post1')],
    back('2.9.0', '2.10.0.post1'),
  ],
  ['two numbers', [of('v1.4.0', '2026.1'), of('v1.3.0', '2026.2')], back('2026.1', '2026.2')],
  ['four numbers', [of('v1.4.0', '2.9.0.1'), of('v1.3.0', '2.9.0.2')], back('2.9.0.1', '2.9.0.2')],
  ['a build and none', [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.9.0-20260428')], []],
  ['builds of one shape', [of('v1.4.0', '2.9.0-r9'), of('v1.3.0', '2.9.0-r10')], back('2.9.0-r9', '2.9.0-r10')],
  ['builds of two shapes', [of('v1.4.0', '2.9.0-alpine'), of('v1.3.0', '2.9.0-20260428')], []],
  ['what is not a version', [of('v1.4.0', 'b2c4d5e'), of('v1.3.0', '2.9.0')], []],
  ['a range', [of('v1.4.0', '^1.0.0'), of('v1.3.0', '2.9.0')], []],
  // A channel was left.
  ['a stable after the beta of the next version', [of('v1.4.0', '2.9.0'), of('v1.3.0', '2.10.0-beta.1')], []],
  ['a build after the beta of the next version', [of('v1.4.0', '2.9.0-alpine'), of('v1.3.0', '2.10.0-beta.1')], []],
  [
    'a beta after the beta of the next version',
    [of('v1.4.0', '2.9.0-beta.9'), of('v1.3.0', '2.10.0-beta.1')],
    back('2.9.0-beta.9', '2.10.0-beta.1'),
  ],
  // A version that somebody said is not compared with the release's that stands for one.
  ['one that begins to say its version', [of('v1.4.0', '0.1.0'), item('v1.3.0', 'backend#api')], []],
  ['one that ceases to say it', [item('v1.4.0', 'backend#api'), of('v1.3.0', '9.0.0')], []],
  [
    'neither says one: the release’s',
    [item('v1.4.0-rc.1', 'backend#api'), item('v1.3.0', 'backend#api')],
    [],
    { release: 'v1.4.0-rc.1' },
  ],
  [
    'of npm every suffix is a pre-release',
    [
      item('v1.4.0', 'frontend#a', { npmVersion: '2.9.0-alpine' }),
      item('v1.3.0', 'frontend#a', { npmVersion: '2.9.0' }),
    ],
    [['error', 'frontend#a', null, { version: '2.9.0-alpine', before: '2.9.0', previousStable: 'v1.3.0' }]],
  ],
  [
    'the greatest lower stable counts, whatever is published after it',
    [of('v1.4.0', '2.0.0'), of('v1.3.1', '1.0.0'), of('v1.2.9', '3.0.0'), of('v1.4.0-rc.1', '4.0.0')],
    [],
  ],
  ['higher releases do not count', [of('v1.4.0', '2.0.0'), of('v1.5.0', '3.0.0')], []],
  [
    'where the previous stable lacks it, the one before: a hotfix of another hides nothing',
    [of('v1.4.0', '2.0.0'), item('v1.3.0', 'backend#web'), of('v1.2.0', '3.0.0')],
    back('2.0.0', '3.0.0', 'v1.2.0'),
  ],
  [
    'under carried too',
    [of('v1.4.0', '2.0.0'), item('v1.3.0', 'backend#web'), of('v1.2.0', '3.0.0')],
    back('2.0.0', '3.0.0', 'v1.2.0'),
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'what is carried over is what it was',
    [item('v1.4.0', 'backend#web'), of('v1.3.0', '2.0.0'), of('v1.2.0', '3.0.0')],
    [],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  // Maintenance of an older line is not before a newer one that came first.
  [
    'a patch of an earlier line that came later',
    [...dated('v1.4.0', '2.0.0', '2026-11-01'), ...dated('v1.3.1', '3.0.0', '2026-11-10')],
    [],
  ],
  [
    'a patch of an earlier line that came within a day',
    [...dated('v1.4.0', '2.0.0', '2026-11-01'), ...dated('v1.3.1', '3.0.0', '2026-11-02')],
    back('2.0.0', '3.0.0', 'v1.3.1'),
  ],
  [
    'an earlier minor that came later, no patch',
    [...dated('v1.4.0', '2.0.0', '2026-11-01'), ...dated('v1.3.0', '3.0.0', '2026-11-10')],
    back('2.0.0', '3.0.0', 'v1.3.0'),
  ],
  [
    'an earlier minor of another major that came later',
    [...dated('v2.0.0', '2.0.0', '2026-11-01'), ...dated('v1.9.0', '3.0.0', '2026-11-10')],
    [],
    { release: 'v2.0.0' },
  ],
  [
    'within one MAJOR.MINOR the order alone decides',
    [...dated('v1.4.1', '2.0.0', '2026-11-01'), ...dated('v1.4.0', '3.0.0', '2026-11-10')],
    back('2.0.0', '3.0.0', 'v1.4.0'),
    { release: 'v1.4.1' },
  ],
  [
    'and where a date is not known',
    [...dated('v1.4.0', '2.0.0', '2026-11-01'), of('v1.3.1', '3.0.0')],
    back('2.0.0', '3.0.0', 'v1.3.1'),
  ],
  [
    'the latest date counts: one component may have an old commit',
    [
      ...dated('v1.4.0', '2.0.0', '2026-11-01'),
      item('v1.4.0', 'backend#x', { date: '2026-11-10' }),
      ...dated('v1.3.1', '3.0.0', '2026-11-10'),
    ],
    back('2.0.0', '3.0.0', 'v1.3.1'),
  ],
  [
    'that of a workload does not: it may be rolled out again',
    [
      ...dated('v1.4.0', '2.0.0', '2026-11-01'),
      item('v1.4.0', 'k8s#x', { date: '2026-11-10' }),
      ...dated('v1.3.1', '3.0.0', '2026-11-10'),
    ],
    [],
  ],
  // Spellings of one version count once, by the one with most fragments.
  [
    'the spelling with more fragments',
    [of('v1.4.0', '2.0.0'), of('v1.3.0', '1.0.0'), of('1.3.0', '3.0.0'), item('1.3.0', 'backend#x')],
    back('2.0.0', '3.0.0', '1.3.0'),
  ],
  ['no previous stable', [of('v1.4.0', '2.0.0'), of('v1.4.0-rc.1', '3.0.0')], []],
  [
    'a pre-release is compared with the stable before it',
    [of('v1.4.0-rc.1', '2.0.0'), of('v1.3.0', '3.0.0')],
    back('2.0.0', '3.0.0'),
    { release: 'v1.4.0-rc.1' },
  ],
  [
    'a key without number order has none before it',
    [of('main', '2.0.0'), of('v1.3.0', '3.0.0')],
    [],
    { release: 'main' },
  ],
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
    'with the newest release that had it there',
    [
      runs('v1.4.0', 'prod-deployment', '1.3.0'),
      runs('v1.3.5', 'qa-deployment', '1.3.9'),
      runs('v1.3.0', 'prod-deployment', '1.3.5'),
    ],
    [backIn('prod', '1.3.0', '1.3.5')],
  ],
  [
    'of two keys of one place the one that was observed last, on either side',
    [
      item('v1.4.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:1.4.0', publishedAt: '2026-11-04' }),
      item('v1.4.0', 'k8s#production-deployment/api', { imageRef: 'acme/api:1.2.0', publishedAt: '2026-11-03' }),
      item('v1.3.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:1.5.0', publishedAt: '2026-11-01' }),
      item('v1.3.0', 'k8s#production-deployment/api', { imageRef: 'acme/api:1.3.0', publishedAt: '2026-11-02' }),
    ],
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
