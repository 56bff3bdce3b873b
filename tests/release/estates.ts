import fc from 'fast-check';
import { contentOf } from '../../src/release/evidence/content.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { item } from './items.ts';

// Estates for the properties: small worlds in which the checks have much to say. Read at 2026-11-20T12:00:00Z.

const RELEASES = [
  'v1.0.0',
  'v1.1.0',
  'v1.1.1',
  'v1.2.0-alpha.1',
  'v1.2.0-beta.1',
  'v1.2.0-rc.1',
  'v1.2.0-rc1',
  'v1.2.0-rc.2',
  'v1.2.0',
  '1.2.0',
  'v1.2.0+build.5',
  'v1.2.0+build.12',
  'v1.2.1',
  'v1.2.2-hotfix.1',
  'v1.2.2',
  '1.2.2.4',
  'v1.3.0-rc10',
  'v1.3.0-qualification.1',
  'v1.3.0-next.1',
  'v1.3.0',
  'v2.0.0',
  '2024.1',
  'main',
  'Hoxton.SR12',
];
const KEYS = [
  'backend#api',
  'backend#API',
  'backend#web-service',
  'backend#web_service',
  'frontend#web',
  'kafka#user.created',
  'infra#helm-api',
  'infra#tf-web',
  'tooling#constructor',
  'k8s#prod-deployment/api',
  'k8s#production-deployment/api',
  'k8s#staging-deployment/api',
  'k8s#prod-statefulset/api',
  'k8s#qa-deployment/web',
  'k8s#prod-deployment/web',
  'k8s#prod-rollout/web',
  'k8s#prod-cronjob/web',
  'k8s#api',
];
const UNREADABLE = ['backend', 'backend#', 7];
const VERSIONS = [
  '1.0.0',
  'v1.1.0',
  '1.2',
  '1.2.0-beta.1',
  '1.2.0-rc.1',
  '1.2.0',
  '1.2.0+5',
  '1.2.0-alpine',
  '1.2.0-20260428',
  '1.2.0-debian-12-r9',
  '1.2.0-debian-12-r10',
  '1.2.1-0.20260428120000-4f2a9c1b7d3e',
  '2.0.0',
  '2.0.0b1',
  '^2.0.0',
  'main',
];
const DIGESTS = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const IMAGES = [
  'acme/api:1.2.0',
  'acme/api:v1.2.0-alpine',
  'acme/api:1.1.0',
  'acme/api:latest',
  'acme/api:sha-aaa1111',
  `acme/api:1.2.0@${DIGESTS[0]}`,
  `acme/api@${DIGESTS[1]}`,
  'acme/web:1.2.0-rc.1',
  'docker://Acme/web:1.2.0',
  'NONE',
];
const TIMES = ['2026-10-01T10:00:00Z', '2026-11-01T10:00:00Z', '2026-11-20T11:30:00Z', '2026-11-20T13:00:00Z', 'soon'];

const FIELDS = {
  componentVersion: fc.constantFrom(...VERSIONS),
  npmVersion: fc.constantFrom(...VERSIONS),
  schemaVersion: fc.constantFrom(...VERSIONS),
  appVersion: fc.constantFrom(...VERSIONS),
  evolutionPolicy: fc.constantFrom('BACKWARD', 'FORWARD_TRANSITIVE', 'FULL', 'NONE', 'SOME'),
  repo: fc.constantFrom('acme/mono', 'acme/other'),
  commit: fc.constantFrom('aaa1111', 'aaa1111fff', 'bbb2222', 7),
  artifact: fc.constantFrom(...IMAGES),
  imageRef: fc.constantFrom(...IMAGES),
  digest: fc.constantFrom(...DIGESTS),
  environment: fc.constantFrom('prod', 'dev', 'elsewhere'),
  date: fc.constantFrom(...TIMES),
  publishedAt: fc.constantFrom(...TIMES),
  replicas: fc.constantFrom(0, 1, 2),
  readyReplicas: fc.constantFrom(0, 1, 2),
  updatedReplicas: fc.constantFrom(0, 1, 2),
  generation: fc.constantFrom(0, 1, 2),
} satisfies Record<string, fc.Arbitrary<string | number>>;

type FieldName = keyof typeof FIELDS;

const attributesOf = (fields: readonly FieldName[]): fc.Arbitrary<Item> =>
  fc
    .record(Object.fromEntries(fields.map((field) => [field, FIELDS[field]])), { requiredKeys: [] })
    .map((record) => record as Item); // a field that is left out is not there
const ALL_FIELDS = Object.keys(FIELDS) as FieldName[];

/** Items that have little to do with one another. */
const SCATTERED: fc.Arbitrary<Item[]> = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...RELEASES), fc.constantFrom(...KEYS, ...UNREADABLE), attributesOf(ALL_FIELDS)),
    { selector: ([release, key]) => `${release} ${key}`, maxLength: 40, size: 'max' },
  )
  .map((parts) => parts.map(([release, key, more]) => item(release, key, more)));

/** Of twelve components of the product, how many a release holds: all, most, or a part, as a hotfix does. */
const SHARES = [12, 10, 4];

/**
 * A product over some releases. Few fields are in use, so that many a release passes.
 */
export const HISTORY: fc.Arbitrary<Item[]> = fc
  .record({
    releases: fc.subarray(RELEASES, { minLength: 1, maxLength: 8 }),
    keys: fc.subarray(KEYS, { minLength: 1, maxLength: 7 }),
    fields: fc.subarray(ALL_FIELDS, { maxLength: 5 }),
  })
  .chain(({ releases, keys, fields }) => {
    const cell = (share: number) =>
      fc.oneof(
        { weight: share, arbitrary: attributesOf(fields) },
        { weight: 12 - share, arbitrary: fc.constant(null) },
      );
    const row = fc.constantFrom(...SHARES).chain((share) => fc.tuple(...keys.map(() => cell(share))));
    return fc.tuple(...releases.map(() => row)).map((rows) =>
      releases.flatMap((release, at) =>
        keys.flatMap((key, column) => {
          const more = rows[at]?.[column];
          return more == null ? [] : [item(release, key, more)];
        }),
      ),
    );
  });

/** What is said of releases by jobs and persons: of the content that some release has at first, or of other content. */
const EVIDENCE = fc.uniqueArray(
  fc.record({
    release: fc.constantFrom(...RELEASES),
    name: fc.constantFrom('smoke', 'qa'),
    of: fc.constantFrom(null, null, 'backend#api', 'frontend#web'),
    by: fc.constantFrom(null, null, 'Release/jane', 'Release/joe', 'Other/jane'),
    ofContentIn: fc.constantFrom(null, ...RELEASES),
    result: fc.constantFrom('pass', 'pass', 'fail', 'maybe'),
    publishedAt: fc.constantFrom(...TIMES),
    revoked: fc.constantFrom(false, false, false, true),
  }),
  { selector: ({ release, name, of, by }) => `${release} ${name} ${by ?? of}`, maxLength: 5 },
);

function withEvidence(
  items: readonly Item[],
  evidence: typeof EVIDENCE extends fc.Arbitrary<infer T> ? T : never,
): Item[] {
  const said = evidence.map(({ release, name, of, by, ofContentIn, result, publishedAt, revoked }) => {
    const more = {
      covers: coversOf(items, ofContentIn ?? release, by === null ? of : null),
      result,
      publishedAt,
      revoked,
    };
    if (by !== null) return item('release-matrix:sign-offs', `${release}#${name}#${by}`, more);
    return item(release, `evidence#${name}${of === null ? '' : `/${of}`}`, more);
  });
  return [...items, ...said];
}

/** What there is of the built components of a release, as an item holds it. */
export function coversOf(items: readonly Item[], release: string, of: string | null = null): Item {
  const { fragments } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  const covered = fragments.flatMap((fragment): [string, Item][] => {
    if (fragment.release !== release || fragment.type === 'k8s' || (of !== null && fragment.component !== of))
      return [];
    const { kind, text } = contentOf(fragment);
    return [[fragment.component, { [kind]: text }]];
  });
  return Object.fromEntries(covered);
}

/** The items of a table: no two of one key. */
export const ITEMS: fc.Arbitrary<Item[]> = fc.oneof(
  SCATTERED,
  HISTORY,
  fc.tuple(fc.oneof(SCATTERED, HISTORY), EVIDENCE).map(([items, evidence]) => withEvidence(items, evidence)),
);

/** A component that these policies ignore, as `noise#<anything>`. */
const IGNORED = { component: 'noise#*', expectation: 'ignored' };
const MANNERS: fc.Arbitrary<Item> = fc.record(
  {
    patchReleases: fc.constantFrom('whole', 'carried'),
    evidence: fc.constant([
      { name: 'smoke', stages: ['beta', 'rc', 'stable'] },
      { name: 'smoke', of: 'backend#*', stages: ['stable'] },
      { name: 'qa', by: 'person', minimum: 2, stages: ['rc', 'stable'], releases: '>=1.2' },
    ]),
    stages: fc.constantFrom<Item>({ hotfix: 'stable', qualification: 'beta' }, { hotfix: 'rc', build: 'alpha' }),
  },
  { requiredKeys: [] },
);

export const IGNORING_POLICY: fc.Arbitrary<Item> = fc
  .tuple(
    fc.constantFrom<Item>(
      { roster: [IGNORED, { component: '*' }] },
      { roster: [IGNORED, { component: 'backend#api' }, { component: 'infra#never-seen' }, { component: 'k8s#*' }] },
      { roster: [IGNORED, { component: '*', expectation: 'carried' }] },
      { roster: [IGNORED, { component: '*#api', expectation: 'optional' }, { component: '*', releases: '>=1.1' }] },
    ),
    MANNERS,
  )
  .map(([roster, manners]) => ({ ...roster, ...manners }));

/** Those, and some whose roster is inferred. */
export const POLICY: fc.Arbitrary<Item> = fc.oneof(IGNORING_POLICY, MANNERS);

/** Something is out of use: releases of each stage, components from some on, environments. */
export const WITHDRAWN: fc.Arbitrary<Item> = fc
  .subarray<Item>(
    [
      { release: 'v1.0.0' },
      { release: 'v1.1.1' },
      { release: '>=1.2.0-rc.1 <1.2.1' },
      { release: 'v1.2.0' },
      { release: '1.3' },
      { release: 'main' },
      { component: 'backend#*' },
      { component: 'frontend#web', releases: '>=1.2' },
      { component: 'k8s#api', releases: '>=1.2' },
      { environment: 'prod' },
      { environment: 'dev' },
    ],
    { minLength: 1 },
  )
  .map((rows) => ({ withdrawn: rows.map((row) => ({ ...row, reason: 'r', by: 'b', date: '2026-11-01' })) }));

/** An estate of which something is said under every code. */
export const CROWDED: { readonly items: readonly Item[]; readonly policy: Item } = {
  policy: {
    roster: [
      { component: 'backend#gone', releases: '<2' },
      { component: 'ba*', releases: '<2' },
      { component: 'k*', releases: '<2' },
      { component: 'infra#*', releases: '<2' },
    ],
    evidence: ['smoke', 'e2e', 'unit'].map((name) => ({ name, stages: ['stable'] })),
    waivers: [
      { code: 'scaled-to-zero', release: '*', reason: 'quiet', by: 'rm', expires: '2026-11-01' },
      { code: 'version-mismatch', release: '*', reason: 'known', by: 'rm', expires: '2026-11-24' },
    ],
    withdrawn: [{ release: 'v0.9.0', reason: 'too early', by: 'rm', date: '2026-10-01' }],
  },
  items: [
    item('v0.9.0', 'backend#api'),
    item('v1.0.0', 'backend#api', { componentVersion: '3.0.0' }),
    item('v1.0.0', 'kafka#user', { schemaVersion: '1.0.0', evolutionPolicy: 'FULL' }),
    item('v1.0.0', 'k8s#prod-deployment/api', { replicas: 1, readyReplicas: 1 }),
    item('v1.0.0', 'k8s#prod-deployment/web', { replicas: 1, readyReplicas: 1 }),
    item('v1.0.0', 'k8s#staging-deployment/api', { replicas: 1, readyReplicas: 1 }),
    item('v1.1.0-beta.1', 'backend#api'),
    item('v1.1.0', 'backend#api', {
      componentVersion: '2.0.0',
      artifact: 'acme/api:1.0.0',
      repo: 'acme/mono',
      commit: 'aaa1111',
      date: '2026-11-20T13:00:00Z',
    }),
    item('v1.1.0', 'backend#Api', { repo: 'acme/mono', commit: 'bbb2222', changelog: 7 }),
    item('v1.1.0', 'backend#web', { componentVersion: '2.0.0-rc.1' }),
    item('v1.1.0', 'backend'),
    item('v1.1.0', 'frontend#web'),
    item('v1.1.0', 'infra#helm-api', { appVersion: '1.0.0' }),
    item('v1.1.0', 'kafka#user', { schemaVersion: '2.0.0', evolutionPolicy: 'BACKWARD' }),
    item('v1.1.0', 'kafka#order'),
    item('v1.1.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:1', replicas: 2 }),
    item('v1.1.0', 'k8s#qa-deployment/api', { imageRef: 'acme/api:2' }),
    item('v1.1.0', 'k8s#dev-deployment/api', { replicas: 0 }),
    item('v1.1.0', 'k8s#dev-deployment/web', { replicas: 1, readyReplicas: 1 }),
    item('v1.2.0-rc.1', 'backend#api', { commit: 'aaa1111', date: '2026-11-20T11:59:00Z' }),
    item('v1.2.0', 'backend#api', { commit: 'bbb2222' }),
    item('v1.3.0-rc10', 'backend#api'),
    item('v2.0.0', 'backend#api'),
    item('v2.0.0', 'backend#web'),
    item('v2.1.0', 'backend#api'),
    item('v2.1.0', 'backend#web'),
    item('v2.1.1', 'backend#api'),
    item('main', 'backend#api'),
    item('v2.1.0', 'evidence#smoke', { result: 'pass', covers: {}, publishedAt: '2026-11-20T11:00:00Z' }),
    item('v2.1.0', 'evidence#e2e', { result: 'fail', covers: {}, publishedAt: '2026-11-20T11:00:00Z' }),
  ],
};
