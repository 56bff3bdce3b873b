import { expect, test } from 'vitest';
import type { InEnvironment } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const runs = (place: string, imageRef: string, more: Item = {}): Item =>
  item('v1.4.0', `k8s#${place}/api`, { imageRef, ...more });
const split = (...images: [environment: string | null, value: string][]): Said<'environment-split'> => [
  'error',
  'k8s#api',
  null,
  { images: images.map(([environment, value]): InEnvironment => ({ environment, value })) },
];

test.each<[name: string, items: Item[], expected: Said<'environment-split'>[], asked?: Asked]>([
  [
    'two tags',
    [runs('prod-deployment', 'acme/api:1.4.0'), runs('staging-deployment', 'acme/api:1.3.0')],
    [split(['prod', 'acme/api:1.4.0'], ['staging', 'acme/api:1.3.0'])],
  ],
  ['one tag', [runs('prod-deployment', 'acme/api:1.4.0'), runs('staging-deployment', 'acme/api:1.4.0')], []],
  ['v before one of them', [runs('prod-deployment', 'acme/api:v1.4.0'), runs('qa-deployment', 'acme/api:1.4.0')], []],
  [
    'a variant is another image',
    [runs('prod-deployment', 'acme/api:1.4.0-alpine'), runs('qa-deployment', 'acme/api:1.4.0')],
    [split(['prod', 'acme/api:1.4.0-alpine'], ['qa', 'acme/api:1.4.0'])],
  ],
  [
    'of two keys of one place the one that was observed last counts',
    [
      runs('prod-deployment', 'acme/api:1.4.0', { publishedAt: '2026-11-02' }),
      runs('production-deployment', 'acme/api:1.3.0', { publishedAt: '2026-11-01' }),
      runs('qa-deployment', 'acme/api:1.4.0'),
    ],
    [],
  ],
  [
    'a workload that is carried over',
    [
      item('v1.4.0', 'backend#api'),
      ...['prod', 'qa'].map((place) =>
        item('v1.3.0', `k8s#${place}-deployment/api`, { imageRef: `acme/api:${place}` }),
      ),
    ],
    [split(['prod', 'acme/api:prod'], ['qa', 'acme/api:qa'])],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'one tag of two mirrors',
    [runs('prod-deployment', 'eu.example/api:1.4.0'), runs('qa-deployment', 'us.example/api:1.4.0')],
    [],
  ],
  [
    'one tag, two digests: the digest says it',
    [runs('prod-deployment', `acme/api:1@${A}`), runs('qa-deployment', `acme/api:1@${B}`)],
    [split(['prod', `acme/api:1@${A}`], ['qa', `acme/api:1@${B}`])],
  ],
  [
    'two tags of one digest',
    [runs('prod-deployment', `acme/api:1@${A}`), runs('qa-deployment', `acme/api:2@${A}`)],
    [],
  ],
  [
    'a digest beside the image, in other letters',
    [
      runs('prod-deployment', 'acme/api:1', { digest: A.toUpperCase().replace('SHA', 'sha') }),
      runs('qa-deployment', `acme/api:2@${A}`),
    ],
    [],
  ],
  [
    'a digest and a tag are not comparable',
    [runs('prod-deployment', `acme/api@${A}`), runs('qa-deployment', 'acme/api:1')],
    [],
  ],
  [
    'a digest on one side only, tags on both',
    [runs('prod-deployment', `acme/api:1@${A}`), runs('qa-deployment', 'acme/api:2')],
    [split(['prod', `acme/api:1@${A}`], ['qa', 'acme/api:2'])],
  ],
  [
    'three environments, one of them apart: all are listed once',
    [
      runs('prod-deployment', 'acme/api:1'),
      runs('qa-deployment', 'acme/api:1'),
      runs('staging-deployment', 'acme/api:2'),
    ],
    [split(['prod', 'acme/api:1'], ['qa', 'acme/api:1'], ['staging', 'acme/api:2'])],
  ],
  [
    'one entry in several environments',
    [item('v1.4.0', 'k8s#deployment/api', { imageRef: 'acme/api:1', environments: ['prod', 'qa'] })],
    [],
  ],
  [
    'a statefulset and a deployment of one name in one environment',
    [runs('prod-deployment', 'acme/api:1'), runs('prod-statefulset', 'acme/api:2')],
    [],
  ],
  [
    'a statefulset and a deployment of one name in two',
    [runs('prod-deployment', 'acme/api:1'), runs('qa-statefulset', 'acme/api:2')],
    [split(['prod', 'acme/api:1'], ['qa', 'acme/api:2'])],
  ],
  [
    'an entry that names no environment stands for a place of its own',
    [runs('deployment', 'acme/api:1'), runs('prod-deployment', 'acme/api:2')],
    [split([null, 'acme/api:1'], ['prod', 'acme/api:2'])],
  ],
  ['an image that is none', [runs('prod-deployment', 'acme/api:1'), runs('qa-deployment', 'ACME API')], []],
  ['no image', [runs('prod-deployment', 'acme/api:1'), item('v1.4.0', 'k8s#qa-deployment/api')], []],
  ['one environment', [runs('prod-deployment', 'acme/api:1')], []],
  [
    'another release',
    [runs('prod-deployment', 'acme/api:1'), item('v1.3.0', 'k8s#qa-deployment/api', { imageRef: 'acme/api:2' })],
    [],
  ],
])('%s', (_, items, expected, asked) => expect(said('environment-split', items, asked)).toEqual(expected));
