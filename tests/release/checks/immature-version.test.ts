import { describe, expect, test } from 'vitest';
import type { FindingDetails, Severity } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import type { Stage } from '../../../src/release/item/release.ts';
import type { Maturity } from '../../../src/release/item/version.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

type Details = FindingDetails['immature-version'];

const immature = (
  severity: Severity,
  version: string,
  maturity: Maturity,
  stage: Stage,
  more: Partial<Details> = {},
): Said<'immature-version'> => [
  severity,
  'backend#api',
  null,
  { version, maturity, stage, ofArtifact: false, usual: false, ...more },
];
const DIGEST = `sha256:${'a'.repeat(64)}`;

// Every maturity in every stage.
test.each<[release: string, version: string, expected: Said<'immature-version'> | null]>([
  ['v1.4.0', '2.3.0', null],
  ['v1.4.0', '2.3.0-rc.1', immature('error', '2.3.0-rc.1', 'rc', 'stable')],
  ['v1.4.0', '2.3.0-beta.1', immature('error', '2.3.0-beta.1', 'beta', 'stable')],
  ['v1.4.0', '2.3.0-alpha.1', immature('error', '2.3.0-alpha.1', 'alpha', 'stable')],
  ['v1.4.0', '2.3.0-next.1', immature('error', '2.3.0-next.1', 'alpha', 'stable')],
  ['v1.4.0', 'latest', immature('error', 'latest', 'moving', 'stable')],
  ['v1.4.0-rc.1', '2.3.0', null],
  ['v1.4.0-rc.1', '2.3.0-rc.9', null],
  ['v1.4.0-rc.1', '2.3.0-beta.1', immature('warning', '2.3.0-beta.1', 'beta', 'rc')],
  ['v1.4.0-rc.1', '2.3.0-alpha.1', immature('warning', '2.3.0-alpha.1', 'alpha', 'rc')],
  ['v1.4.0-rc.1', 'latest', immature('warning', 'latest', 'moving', 'rc')],
  ['v1.4.0-rc.1', '2.3.0-RC.1', null],
  ['v1.4.0-beta.1', '2.3.0-rc.1', null],
  ['v1.4.0-beta.1', '2.3.0-beta.1', null],
  ['v1.4.0-beta.1', '2.3.0-alpha.1', immature('info', '2.3.0-alpha.1', 'alpha', 'beta')],
  ['v1.4.0-beta.1', '2.3.0-M1', immature('info', '2.3.0-M1', 'alpha', 'beta')],
  ['v1.4.0-beta.1', 'main', immature('info', 'main', 'moving', 'beta')],
  ['v1.4.0-alpha.1', '2.3.0-alpha.1', null],
  ['v1.4.0-alpha.1', '2.3.0-next.1', null],
  // What moves is less mature than an alpha, in which nothing is said of it.
  ['v1.4.0-alpha.1', 'latest', null],
  // Another pre-release word weighs as an alpha, what is no known trial as a stable.
  ['v1.4.0-next.1', '2.3.0-alpha.1', null],
  ['v1.4.0-hotfix.1', '2.3.0-rc.1', immature('error', '2.3.0-rc.1', 'rc', 'other')],
  ['nightly', '2.3.0-alpha.1', null],
  ['Hoxton.SR12', '2.3.0-rc.1', immature('error', '2.3.0-rc.1', 'rc', 'other')],
  // However the version is written.
  ['v1.4.0', 'v2.3.0-beta.1', immature('error', 'v2.3.0-beta.1', 'beta', 'stable')],
  ['v1.4.0', '2.3.0b1', immature('error', '2.3.0b1', 'beta', 'stable')],
  ['v1.4.0', '2.3.0.dev1', immature('error', '2.3.0.dev1', 'alpha', 'stable')],
  ['v1.4.0', '2.3.0-SNAPSHOT', immature('error', '2.3.0-SNAPSHOT', 'moving', 'stable')],
  ['v1.4.0', '^2.6.0', immature('error', '^2.6.0', 'moving', 'stable')],
  ['v1.4.0', '2.3.0+beta.1', null],
  // A build is that version, packed once more.
  ['v1.4.0', '2.3.0-alpine', null],
  ['v1.4.0', '2.3.0-b2c4d5e', null],
  // What cannot be read says nothing.
  ['v1.4.0', 'beta', null],
  ['v1.4.0', 'b2c4d5e', null],
])('in %s the version %s', (release, componentVersion, expected) => {
  const items = [item(release, 'backend#api', { componentVersion })];
  expect(said('immature-version', items, { release })).toEqual(expected === null ? [] : [expected]);
});

describe('whose version counts', () => {
  const of = (attributes: Item, release = 'v1.4.0', key = 'backend#api') => [item(release, key, attributes)];
  const moving = (version: string, ofArtifact: boolean) =>
    immature('error', version, 'moving', 'stable', { ofArtifact });

  test.each<[name: string, items: Item[], expected: Said<'immature-version'>[], asked?: Asked]>([
    ['none of its own', of({}), []],
    ['none of its own, in a release of another word', of({}, 'v1.4.0-esm.2'), [], { release: 'v1.4.0-esm.2' }],
    ['the release’s own version', of({ npmVersion: '1.4.0-esm.2' }, 'v1.4.0-esm.2'), [], { release: 'v1.4.0-esm.2' }],
    [
      'of npm every suffix is a pre-release',
      of({ npmVersion: '2.3.0-alpine' }),
      [immature('error', '2.3.0-alpine', 'alpha', 'stable')],
    ],
    ['a moving version that its digest pins', of({ componentVersion: 'latest', digest: DIGEST }), []],
    ['a moving version that its artifact pins', of({ componentVersion: 'latest', artifact: `acme/api@${DIGEST}` }), []],
    [
      'a pre-release that its digest pins is none the less one',
      of({ componentVersion: '2.3.0-rc.1', digest: DIGEST }),
      [immature('error', '2.3.0-rc.1', 'rc', 'stable')],
    ],
    // The image of a backend or a frontend.
    ['a moving image, no version', of({ artifact: 'acme/api:latest' }), [moving('latest', true)]],
    [
      'a moving image beside a version',
      of({ componentVersion: '2.3.0', artifact: 'acme/api:v1.8.x-head' }),
      [moving('v1.8.x-head', true)],
    ],
    [
      'of a frontend',
      of({ npmVersion: '2.3.0', artifact: 'acme/web:main' }, 'v1.4.0', 'frontend#web'),
      [['error', 'frontend#web', null, { ...moving('main', true)[3] }]],
    ],
    [
      'once per component: the version goes before the image',
      of({ componentVersion: 'main', artifact: 'acme/api:latest' }),
      [moving('main', false)],
    ],
    ['a moving image that a digest pins', of({ artifact: `acme/api:latest@${DIGEST}` }), []],
    ['a moving image that the digest beside it pins', of({ artifact: 'acme/api:latest', digest: DIGEST }), []],
    ['the image of a pre-release mismatches, and is not immature', of({ artifact: 'acme/api:1.4.0-rc.1' }), []],
    ['no image', of({ artifact: 'https://files.example/api-latest.tgz' }), []],
    ['the image of another type', of({ artifact: 'acme/chart:latest' }, 'v1.4.0', 'infra#chart'), []],
    [
      'what is carried over',
      [item('v1.4.0', 'backend#web'), ...of({ componentVersion: '2.3.0-rc.1' }, 'v1.3.0')],
      [immature('error', '2.3.0-rc.1', 'rc', 'stable')],
      { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
    ],
  ])('%s', (_, items, expected, asked) => expect(said('immature-version', items, asked)).toEqual(expected));
});

const runs = (place: string, image: string, more: Item = {}, release = 'v1.4.0') =>
  item(release, `k8s#${place}/api`, { imageRef: `acme/api${image}`, ...more });
const inEnvironment = (
  environment: string | null,
  version: string,
  maturity: Maturity = 'rc',
): Said<'immature-version'> => [
  'error',
  'k8s#api',
  environment,
  { version, maturity, stage: 'stable', ofArtifact: false, usual: false },
];

test.each<[name: string, items: Item[], expected: Said<'immature-version'>[]]>([
  [
    'the tag, per environment',
    [runs('prod-deployment', ':1.4.0-rc.2'), runs('qa-deployment', ':1.4.0')],
    [inEnvironment('prod', '1.4.0-rc.2')],
  ],
  [
    'each environment for itself',
    [runs('prod-deployment', ':1.4.0-rc.2'), runs('qa-deployment', ':1.4.0-rc.1')],
    [inEnvironment('prod', '1.4.0-rc.2'), inEnvironment('qa', '1.4.0-rc.1')],
  ],
  [
    'a statefulset and a deployment of one name are said once per environment',
    [runs('prod-deployment', ':1.4.0-rc.2'), runs('prod-statefulset', ':1.4.0-rc.1')],
    [inEnvironment('prod', '1.4.0-rc.2')],
  ],
  [
    'of two keys of one place only the one that was observed last',
    [
      runs('prod-deployment', ':1.4.0', { publishedAt: '2026-11-02' }),
      runs('production-deployment', ':1.4.0-rc.2', { publishedAt: '2026-11-01' }),
    ],
    [],
  ],
  ['no environment', [runs('deployment', ':1.4.0-rc.2')], [inEnvironment(null, '1.4.0-rc.2')]],
  ['a tag that moves', [runs('prod-deployment', ':latest')], [inEnvironment('prod', 'latest', 'moving')]],
  ['a tag that moves, pinned', [runs('prod-deployment', `:latest@${DIGEST}`)], []],
  ['a tag that moves, pinned by the digest beside it', [runs('prod-deployment', ':latest', { digest: DIGEST })], []],
  ['a variant', [runs('prod-deployment', ':1.4.0-alpine')], []],
  ['no tag', [runs('prod-deployment', `@${DIGEST}`)], []],
  ['the artifact of a workload', [item('v1.4.0', 'k8s#prod-deployment/api', { artifact: 'acme/api:latest' })], []],
  ['no image', [item('v1.4.0', 'k8s#prod-deployment/api', { componentVersion: '1.4.0-rc.2' })], []],
])('of a workload: %s', (_, items, expected) => expect(said('immature-version', items)).toEqual(expected));

describe('one that has always been so only warns', () => {
  const api = (...versions: string[]) =>
    versions.map((componentVersion, at) => item(`v1.${4 - at}.0`, 'backend#api', { componentVersion }));
  const usual = (version: string, maturity: Maturity, more: Partial<Details> = {}) =>
    immature('warning', version, maturity, 'stable', { usual: true, ...more });

  test.each<[name: string, items: Item[], expected: Said<'immature-version'>[], asked?: Asked]>([
    ['in the three before', api('2.4.0-rc.1', '2.3.0-rc.1', '2.2.0-beta.1', 'latest'), [usual('2.4.0-rc.1', 'rc')]],
    [
      'in two of the three',
      api('2.4.0-rc.1', '2.3.0-rc.1', '2.2.0', '2.1.0-rc.1'),
      [immature('error', '2.4.0-rc.1', 'rc', 'stable')],
    ],
    [
      'in two, and there were no more',
      api('2.4.0-rc.1', '2.3.0-rc.1', '2.2.0-rc.1'),
      [immature('error', '2.4.0-rc.1', 'rc', 'stable')],
    ],
    [
      'of those that have it',
      [
        ...api('2.4.0-rc.1'),
        item('v1.3.9', 'backend#web'),
        ...api('', '2.3.0-rc.1', '2.2.0-rc.1', '2.1.0-rc.1').slice(1),
      ],
      [usual('2.4.0-rc.1', 'rc')],
    ],
    [
      'candidates say nothing of it',
      [
        ...api('2.4.0-rc.1', '2.3.0', '2.2.0-rc.1', '2.1.0-rc.1'),
        item('v1.4.0-rc.1', 'backend#api', { componentVersion: '2.4.0-rc.1' }),
      ],
      [immature('error', '2.4.0-rc.1', 'rc', 'stable')],
    ],
    [
      'whatever the policy says of the code',
      api('2.4.0-rc.1', '2.3.0-rc.1', '2.2.0-rc.1', '2.1.0-rc.1'),
      [usual('2.4.0-rc.1', 'rc')],
      { policy: { severities: { 'immature-version': 'error' } } },
    ],
    [
      'of a workload in its environment',
      [
        runs('prod-deployment', ':latest'),
        ...['v1.3.0', 'v1.2.0', 'v1.1.0'].map((release) => runs('prod-deployment', ':latest', {}, release)),
        runs('qa-deployment', ':latest'),
        ...['v1.3.0', 'v1.2.0', 'v1.1.0'].map((release) => runs('qa-deployment', ':1.0.0', {}, release)),
      ],
      [
        [
          'warning',
          'k8s#api',
          'prod',
          { version: 'latest', maturity: 'moving', stage: 'stable', ofArtifact: false, usual: true },
        ],
        inEnvironment('qa', 'latest', 'moving'),
      ],
    ],
  ])('%s', (_, items, expected, asked) => expect(said('immature-version', items, asked)).toEqual(expected));
});

test('another type is compared by its own version, environments or not', () => {
  const items = [item('v1.4.0', 'frontend#web', { npmVersion: '1.0.0-rc.1', environments: ['qa', 'prod'] })];
  expect(said('immature-version', items)).toEqual([
    ['error', 'frontend#web', null, { ...immature('error', '1.0.0-rc.1', 'rc', 'stable')[3] }],
  ]);
});

test.each<[componentVersion: string, expected: Said<'immature-version'>[]]>([
  ['2.3.0-rc.1', []],
  ['latest', [immature('error', 'latest', 'moving', 'rc')]],
])('what fires is the release’s own stage, whatever it is evaluated as: %s', (componentVersion, expected) => {
  const items = [item('v1.4.0-rc.1', 'backend#api', { componentVersion })];
  expect(said('immature-version', items, { release: 'v1.4.0-rc.1', as: 'stable' })).toEqual(expected);
});
