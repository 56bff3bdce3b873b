import fc from 'fast-check';
import type { Item } from '../../src/release/item.ts';
import { item } from './items.ts';

// Estates for the properties: small worlds in which the checks have much to say. Read at 2026-11-20T12:00:00Z.

const RELEASES = [
  'v1.0.0',
  'v1.1.0',
  'v1.2.0-alpha.1',
  'v1.2.0-beta.1',
  'v1.2.0-rc.1',
  'v1.2.0',
  '1.2.0',
  'v1.3.0-rc10',
  'v2.0.0',
  'main',
];
const KEYS = [
  'backend#api',
  'backend#API',
  'backend#web-service',
  'frontend#web',
  'kafka#user.created',
  'infra#helm-api',
  'tooling#constructor',
  'k8s#prod-deployment/api',
  'k8s#staging-deployment/api',
  'k8s#prod-statefulset/api',
  'k8s#qa-deployment/web',
  'k8s#prod-deployment/web',
  'k8s#prod-cronjob/web',
  'backend',
  'backend#',
];
const VERSIONS = ['1.0.0', 'v1.1.0', '1.2.0-beta.1', '1.2.0-rc.1', '1.2.0', '1.2.0+5', '2.0.0', '2.0.0b1', 'main'];
const POLICIES = ['BACKWARD', 'FORWARD_TRANSITIVE', 'FULL', 'NONE', 'SOME'];
const COUNTS = fc.constantFrom(0, 1, 2);
const DATES = ['2026-11-01T10:00:00Z', '2026-11-20T11:30:00Z', '2026-11-20T13:00:00Z', 'soon'];
const IMAGES = ['acme/api:1.2.0', 'acme/api:1.1.0', 'acme/web:1.2.0-rc.1', `acme/api@sha256:${'a'.repeat(64)}`, 'NONE'];

const attributes: fc.Arbitrary<Item> = fc.record(
  {
    componentVersion: fc.constantFrom(...VERSIONS),
    schemaVersion: fc.constantFrom(...VERSIONS),
    appVersion: fc.constantFrom(...VERSIONS),
    evolutionPolicy: fc.constantFrom(...POLICIES),
    repo: fc.constantFrom('acme/mono', 'acme/other'),
    commit: fc.constantFrom('aaa111', 'aaa111fff', 'bbb222', 7),
    artifact: fc.constantFrom(...IMAGES),
    imageRef: fc.constantFrom(...IMAGES),
    digest: fc.constantFrom(`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`),
    date: fc.constantFrom(...DATES),
    replicas: COUNTS,
    readyReplicas: COUNTS,
    updatedReplicas: COUNTS,
    generation: COUNTS,
  },
  { requiredKeys: [] },
);

/** The items of a table: no two of one key. */
export const ITEMS: fc.Arbitrary<Item[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...RELEASES), fc.constantFrom(...KEYS), attributes), {
    selector: ([release, key]) => `${release} ${key}`,
    maxLength: 40,
    size: 'max',
  })
  .map((parts) => parts.map(([release, key, more]) => item(release, key, more)));

/** A component that every policy here ignores, as `noise#<anything>`. */
const IGNORED = { component: 'noise#*', expectation: 'ignored' };

export const POLICY: fc.Arbitrary<Item> = fc.constantFrom<Item>(
  { roster: [IGNORED, { component: '*' }] },
  { roster: [IGNORED, { component: 'backend#api' }, { component: 'infra#never-seen' }, { component: 'k8s#*' }] },
  { roster: [IGNORED, { component: '*', expectation: 'carried' }] },
  { roster: [IGNORED, { component: '*#api', expectation: 'optional' }, { component: '*', releases: '>=1.1' }] },
);

/** An estate of which something is said under every code. */
export const CROWDED: { readonly items: readonly Item[]; readonly policy: Item } = {
  policy: {
    roster: [{ component: 'backend#gone' }, { component: 'ba*' }, { component: 'k*' }, { component: 'infra#*' }],
    waivers: [
      { code: 'scaled-to-zero', release: '*', reason: 'quiet', by: 'rm', expires: '2026-11-01' },
      { code: 'version-mismatch', release: '*', reason: 'known', by: 'rm', expires: '2026-11-24' },
    ],
  },
  items: [
    item('v1.0.0', 'backend#api', { componentVersion: '3.0.0' }),
    item('v1.0.0', 'kafka#user', { schemaVersion: '1.0.0', evolutionPolicy: 'FULL' }),
    item('v1.0.0', 'k8s#prod-deployment/api', { replicas: 1, readyReplicas: 1 }),
    item('v1.0.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 1 }),
    item('v1.0.0', 'k8s#staging-deployment/api', { replicas: 1, readyReplicas: 1 }),
    item('v1.1.0-beta.1', 'backend#api'),
    item('v1.1.0', 'backend#api', {
      componentVersion: '2.0.0-rc.1',
      artifact: 'acme/api:1.0.0',
      repo: 'acme/mono',
      commit: 'aaa',
      date: '2026-11-20T13:00:00Z',
    }),
    item('v1.1.0', 'backend#Api', { repo: 'acme/mono', commit: 'bbb', changelog: 7 }),
    item('v1.1.0', 'backend'),
    item('v1.1.0', 'frontend#web'),
    item('v1.1.0', 'infra#helm-api', { appVersion: '1.0.0' }),
    item('v1.1.0', 'kafka#user', { schemaVersion: '2.0.0', evolutionPolicy: 'BACKWARD' }),
    item('v1.1.0', 'kafka#order'),
    item('v1.1.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:1', replicas: 2 }),
    item('v1.1.0', 'k8s#qa-deployment/api', { imageRef: 'acme/api:2' }),
    item('v1.1.0', 'k8s#dev-deployment/api', { replicas: 0 }),
    item('v1.2.0-rc.1', 'backend#api', { commit: 'aaa', date: '2026-11-20T11:59:00Z' }),
    item('v1.2.0', 'backend#api', { commit: 'bbb' }),
    item('v1.3.0-rc10', 'backend#api'),
    item('main', 'backend#api'),
  ],
};
