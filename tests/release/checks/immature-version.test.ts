import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item.ts';
import type { Stage } from '../../../src/release/release.ts';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const immature = (severity: 'error' | 'warning' | 'info', version: string, maturity: Stage, stage: Stage) =>
  [[severity, 'backend#api', null, { version, maturity, stage }]] satisfies Said<'immature-version'>[];

// Every maturity in every stage.
test.each<[release: string, version: string, expected: Said<'immature-version'>[]]>([
  ['v1.4.0', '2.3.0', []],
  ['v1.4.0', '2.3.0-rc.1', immature('error', '2.3.0-rc.1', 'rc', 'stable')],
  ['v1.4.0', '2.3.0-beta.1', immature('error', '2.3.0-beta.1', 'beta', 'stable')],
  ['v1.4.0', '2.3.0-alpha.1', immature('error', '2.3.0-alpha.1', 'alpha', 'stable')],
  ['v1.4.0', '2.3.0-next.1', immature('error', '2.3.0-next.1', 'other', 'stable')],
  ['v1.4.0-rc.1', '2.3.0', []],
  ['v1.4.0-rc.1', '2.3.0-rc.9', []],
  ['v1.4.0-rc.1', '2.3.0-beta.1', immature('warning', '2.3.0-beta.1', 'beta', 'rc')],
  ['v1.4.0-rc.1', '2.3.0-alpha.1', immature('warning', '2.3.0-alpha.1', 'alpha', 'rc')],
  ['v1.4.0-rc.1', '2.3.0-RC.1', immature('warning', '2.3.0-RC.1', 'other', 'rc')],
  ['v1.4.0-beta.1', '2.3.0-rc.1', []],
  ['v1.4.0-beta.1', '2.3.0-beta.1', []],
  ['v1.4.0-beta.1', '2.3.0-alpha.1', immature('info', '2.3.0-alpha.1', 'alpha', 'beta')],
  ['v1.4.0-beta.1', '2.3.0-0', immature('info', '2.3.0-0', 'other', 'beta')],
  ['v1.4.0-alpha.1', '2.3.0-alpha.1', []],
  ['v1.4.0-alpha.1', '2.3.0-next.1', []],
  ['v1.4.0-next.1', '2.3.0-alpha.1', []],
  ['main', '2.3.0-alpha.1', []],
  ['v1.4.0', 'v2.3.0-beta.1', immature('error', 'v2.3.0-beta.1', 'beta', 'stable')],
  ['v1.4.0', '2.3.0+beta.1', []],
  ['v1.4.0', '2.3.0b1', []], // PEP 440 is no SemVer: not comparable
  ['v1.4.0', '2.3.0.dev1', []],
  ['v1.4.0', 'beta', []],
])('in %s the version %s', (release, componentVersion, expected) => {
  expect(said('immature-version', [item(release, 'backend#api', { componentVersion })], { release })).toEqual(expected);
});

const runs = (place: string, tag: string) => item('v1.4.0', `k8s#${place}/api`, { imageRef: `acme/api${tag}` });
const inEnvironment = (environment: string | null, version: string): Said<'immature-version'> => [
  'error',
  'k8s#api',
  environment,
  { version, maturity: 'rc', stage: 'stable' },
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
  ['no environment', [runs('deployment', ':1.4.0-rc.2')], [inEnvironment(null, '1.4.0-rc.2')]],
  ['no tag', [runs('prod-deployment', `@sha256:${'a'.repeat(64)}`)], []],
  ['no image', [item('v1.4.0', 'k8s#prod-deployment/api', { componentVersion: '1.4.0-rc.2' })], []],
])('of a workload: %s', (_, items, expected) => expect(said('immature-version', items)).toEqual(expected));

test('another type is compared by its own version, environments or not', () => {
  const items = [item('v1.4.0', 'frontend#web', { npmVersion: '1.0.0-rc.1', environments: ['qa', 'prod'] })];
  expect(said('immature-version', items)).toEqual([
    ['error', 'frontend#web', null, { version: '1.0.0-rc.1', maturity: 'rc', stage: 'stable' }],
  ]);
});

test('what fires is the release’s own stage, whatever it is evaluated as', () => {
  const items = [item('v1.4.0-rc.1', 'backend#api', { componentVersion: '2.3.0-rc.1' })];
  expect(said('immature-version', items, { release: 'v1.4.0-rc.1', as: 'stable' })).toEqual([]);
});
