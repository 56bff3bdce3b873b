import { expect, test } from 'vitest';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import { planDocument } from '../../../src/release/plan/plan-document.ts';
import { planRollBack } from '../../../src/release/plan/roll-back.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import { NOW } from '../checks/said.ts';
import { item, policyOf } from '../items.ts';
import { rowNamed } from './planned.ts';

const digest = (of: string) => `sha256:${of.repeat(64)}`;

function plan(items: readonly Item[], environment = 'prod', document?: unknown): string[] | null {
  const policy = policyOf(document);
  const report = makeReport(
    null,
    { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW },
    policy,
  ).report;
  const made = planRollBack(report, policy, rowNamed(report, 'v1.3.0'), environment);
  if (made === null) return null;
  planDocument.parse(made);
  return [
    `${made.environment} from ${made.newest} to ${made.release}: ${made.left} left, ${made.done} done`,
    ...made.waves.map(({ types, steps }, at) =>
      [
        `${at + 1} (${types.join(' ')}):`,
        ...steps.map(
          ({ component, workloadKind, namespace, runs, image, imageOf, imageFrom }) =>
            `${component} ${workloadKind}${namespace === null ? '' : ` of ${namespace}`} ${runs.image} → ${image} (${imageOf} by ${imageFrom})`,
        ),
      ].join(' '),
    ),
    ...made.skips.map(({ component, code, words }) => `${code} ${component}: ${words}`),
    ...made.notes,
  ];
}

/** A workload of a release in an environment. */
const runs = (
  release: string,
  name: string,
  imageRef: string | undefined,
  more: Item = {},
  place = 'prod-deployment',
) =>
  item(release, `k8s#${place}/${name}`, {
    ...(imageRef === undefined ? {} : { imageRef }),
    replicas: 1,
    readyReplicas: 1,
    date: release === 'v1.3.0' ? '2026-10-01' : '2026-11-01',
    ...more,
  });

test('each workload: what runs, and what is to run, in the order of a promotion turned round', () => {
  const items = [
    runs('v1.3.0', 'api', 'ghcr.io/acme/api:1.3.0', { meta: { namespace: 'shop' } }),
    runs('v1.4.0', 'api', 'ghcr.io/acme/api:1.4.0', { meta: { namespace: 'shop' } }),
    item('v1.3.0', 'backend#api', { artifact: 'ghcr.io/acme/api:1.3.0' }),
    item('v1.4.0', 'backend#api', { artifact: 'ghcr.io/acme/api:1.4.0' }),
    runs('v1.3.0', 'ui', 'ghcr.io/acme/ui:1.3.0'),
    runs('v1.4.0', 'ui', 'ghcr.io/acme/ui:1.4.0'),
    item('v1.3.0', 'frontend#ui', { artifact: 'ghcr.io/acme/ui:1.3.0' }),
    runs('v1.3.0', 'same', `ghcr.io/acme/same:1@${digest('a')}`),
    runs('v1.4.0', 'same', `ghcr.io/acme/same:2@${digest('A')}`),
    runs('v1.3.0', 'proxy', 'docker.io/envoyproxy/envoy:v1.31.2', {}, 'prod-daemonset'),
    runs('v1.4.0', 'proxy', 'docker.io/envoyproxy/envoy:v1.32.2', {}, 'prod-daemonset'),
  ];
  expect(plan(items)).toEqual([
    'prod from v1.4.0 to v1.3.0: 3 left, 1 done',
    '1 (k8s): k8s#proxy daemonset docker.io/envoyproxy/envoy:v1.32.2 → docker.io/envoyproxy/envoy:v1.31.2 (v1.3.0 by environment)',
    '2 (frontend): k8s#ui deployment ghcr.io/acme/ui:1.4.0 → ghcr.io/acme/ui:1.3.0 (v1.3.0 by environment)',
    '3 (backend): k8s#api deployment of shop ghcr.io/acme/api:1.4.0 → ghcr.io/acme/api:1.3.0 (v1.3.0 by environment)',
    `already k8s#same: runs ghcr.io/acme/same:1@${digest('a')}`,
  ]);
  expect(
    plan(items, 'prod', { waves: [['frontend'], ['backend']] })
      ?.slice(1, 4)
      .map((line) => line.slice(0, 16)),
  ).toEqual(['1 (k8s): k8s#pro', '2 (backend): k8s', '3 (frontend): k8']);
});

test('an image is known by another release that is carried over, by what was built, or by another environment', () => {
  const policy = { roster: [{ component: '*', expectation: 'carried' }] };
  expect(
    plan(
      [
        item('v1.2.0', 'backend#old', { artifact: 'ghcr.io/acme/old:1.2.0' }),
        runs('v1.2.0', 'old', 'ghcr.io/acme/old:1.2.0', { date: '2026-09-01' }),
        runs('v1.4.0', 'old', 'ghcr.io/acme/old:1.4.0'),
        item('v1.3.0', 'backend#api', { artifact: 'ghcr.io/acme/api:1.3.0', digest: digest('b') }),
        runs('v1.3.0', 'api', 'ghcr.io/acme/api:1.3.0', {}, 'qa-deployment'),
        runs('v1.4.0', 'api', 'ghcr.io/acme/api:1.4.0'),
        runs('v1.3.0', 'tool', 'ghcr.io/acme/tool:1.3.0', {}, 'qa-deployment'),
        runs('v1.4.0', 'tool', 'ghcr.io/acme/tool:1.4.0'),
      ],
      'production',
      { ...policy, environments: { aliases: { production: 'prod' } } },
    ),
  ).toBe(null); // the folding of names is the caller's
  const said = plan(
    [
      item('v1.2.0', 'backend#old', { artifact: 'ghcr.io/acme/old:1.2.0' }),
      runs('v1.2.0', 'old', 'ghcr.io/acme/old:1.2.0', { date: '2026-09-01' }),
      runs('v1.4.0', 'old', 'ghcr.io/acme/old:1.4.0'),
      item('v1.3.0', 'backend#api', { artifact: 'ghcr.io/acme/api:1.3.0', digest: digest('b') }),
      runs('v1.3.0', 'api', 'ghcr.io/acme/api:1.3.0', {}, 'qa-deployment'),
      runs('v1.4.0', 'api', 'ghcr.io/acme/api:1.4.0'),
      runs('v1.3.0', 'tool', 'ghcr.io/acme/tool:1.3.0', {}, 'qa-deployment'),
      runs('v1.4.0', 'tool', 'ghcr.io/acme/tool:1.4.0'),
    ],
    'prod',
    policy,
  );
  expect(said).toEqual([
    'prod from v1.4.0 to v1.3.0: 3 left, 0 done',
    '1 (k8s): k8s#tool deployment ghcr.io/acme/tool:1.4.0 → ghcr.io/acme/tool:1.3.0 (v1.3.0 by other-environment)',
    `2 (backend): k8s#api deployment ghcr.io/acme/api:1.4.0 → ghcr.io/acme/api:1.3.0@${digest('b')} (v1.3.0 by artifact) k8s#old deployment ghcr.io/acme/old:1.4.0 → ghcr.io/acme/old:1.2.0 (v1.2.0 by environment)`,
  ]);
});

test('what stays: what the release does not have, has no image of, has run, or is no workload', () => {
  expect(
    plan([
      runs('v1.3.0', 'api', undefined),
      runs('v1.4.0', 'api', 'ghcr.io/acme/api:1.4.0'),
      runs('v1.4.0', 'new', 'ghcr.io/acme/new:1.4.0'),
      runs('v1.3.0', 'migrate', 'ghcr.io/acme/migrate:1.3.0', {}, 'prod-job'),
      runs('v1.4.0', 'migrate', 'ghcr.io/acme/migrate:1.4.0', {}, 'prod-job'),
      item('v1.3.0', 'frontend#cdn', { npmVersion: '3.0.0' }),
      item('v1.4.0', 'frontend#cdn', { npmVersion: '3.1.0' }),
      item('v1.3.0', 'infra#tf', { componentVersion: '1.0.0', commit: 'a'.repeat(40) }),
      item('v1.4.0', 'infra#tf', { componentVersion: '1.0.0', commit: 'b'.repeat(40) }),
      item('v1.3.0', 'infra#same', { chartVersion: '1.0.0' }),
      item('v1.4.0', 'infra#same', { chartVersion: '1.0.0' }),
    ]),
  ).toEqual([
    'prod from v1.4.0 to v1.3.0: 0 left, 0 done',
    'own-pipeline frontend#cdn: from 3.1.0 to 3.0.0, by its own pipeline',
    'own-pipeline infra#tf: another build of 1.0.0, by its own pipeline',
    'no-image k8s#api: nothing says which image v1.3.0 has of it',
    'job k8s#migrate: a job has run, and is not run again',
    'not-part k8s#new: v1.3.0 does not have it: it stays as it is (v1.4.0)',
  ]);
});

test.each<[policy: string, versions: string[], words: string]>([
  [
    'BACKWARD',
    ['2.1.0'],
    '2.1.0 stays: events of it are in the topic. BACKWARD does not promise that the consumers of v1.3.0, which know 2.0.0, can read them',
  ],
  [
    'FORWARD',
    ['2.1.0'],
    '2.1.0 stays: events of it are in the topic. FORWARD promises that the consumers of v1.3.0 can read them',
  ],
  [
    'FORWARD',
    ['2.1.0', '2.2.0'],
    '2.2.0 stays: events of it are in the topic. FORWARD is only promised from one version to the next, and 2 lie between: check whether 2.0.0 can read 2.2.0',
  ],
  [
    'FORWARD_TRANSITIVE',
    ['2.1.0', '2.2.0'],
    '2.2.0 stays: events of it are in the topic. FORWARD_TRANSITIVE promises that the consumers of v1.3.0 can read them',
  ],
  [
    'FULL',
    ['2.1.0'],
    '2.1.0 stays: events of it are in the topic. FULL promises that the consumers of v1.3.0 can read them',
  ],
  [
    'FULL',
    ['3.0.0'],
    '3.0.0 stays: events of it are in the topic. Nothing promises that the consumers of v1.3.0, which know 2.0.0, can read them',
  ],
  [
    'NONE',
    ['2.1.0'],
    '2.1.0 stays: events of it are in the topic. Nothing promises that the consumers of v1.3.0, which know 2.0.0, can read them',
  ],
])('a schema under %s, with %s since', (evolutionPolicy, versions, words) => {
  const schema = (release: string, schemaVersion: string) =>
    item(release, 'kafka#s', { schemaVersion, evolutionPolicy, producers: ['writer'], consumers: ['reader'] });
  const services = ['writer', 'reader'].flatMap((name) => [
    runs('v1.3.0', name, `ghcr.io/acme/${name}:1.3.0`),
    runs('v1.5.0', name, `ghcr.io/acme/${name}:1.5.0`),
  ]);
  const made = plan([
    ...services,
    schema('v1.3.0', '2.0.0'),
    ...(versions.length === 1 ? [] : [schema('v1.4.0', versions[0] ?? '')]),
    schema('v1.5.0', versions.at(-1) ?? ''),
  ]);
  expect(made?.find((line) => line.startsWith('schema'))).toBe(`schema kafka#s: ${words}`);
  expect(made?.at(-1)).toBe('A rollback reverses each order.');
  const waves = made?.flatMap((line) =>
    /^\d/.test(line) ? [[...line.matchAll(/k8s#(\w+)/g)].map(([, name]) => name)] : [],
  );
  const expected =
    evolutionPolicy === 'BACKWARD'
      ? [['writer'], ['reader']]
      : evolutionPolicy.startsWith('FORWARD')
        ? [['reader'], ['writer']]
        : [['reader', 'writer']];
  expect(waves).toEqual(expected);
});

test('of an environment in which nothing runs there is no way back', () => {
  expect(plan([item('v1.3.0', 'backend#api'), runs('v1.3.0', 'api', 'ghcr.io/acme/api:1.3.0')], 'qa')).toBe(null);
});

test('a place is a workload of a kind, and an image is the same by its digest, else by its whole name', () => {
  const both = (release: string, deployment: string, job: string) => [
    runs(release, 'api', deployment),
    runs(release, 'api', job, {}, 'prod-cronjob'),
  ];
  expect(
    plan([
      ...both('v1.3.0', 'ghcr.io/acme/api:1.3.0', 'ghcr.io/acme/cron:1'),
      ...both('v1.4.0', 'ghcr.io/acme/api:1.4.0', 'ghcr.io/acme/cron:1'),
      runs('v1.3.0', 'pinned', `ghcr.io/acme/pinned@${digest('a')}`),
      runs('v1.4.0', 'pinned', `ghcr.io/acme/pinned@${digest('b')}`),
      runs('v1.3.0', 'half', 'ghcr.io/acme/half:1'),
      runs('v1.4.0', 'half', `ghcr.io/acme/half:1@${digest('b')}`),
      runs('v1.4.0', 'odd', 'not an image'),
      item('v1.3.0', 'backend#untagged', { artifact: 'ghcr.io/acme/untagged' }),
      runs('v1.3.0', 'untagged', undefined),
      runs('v1.4.0', 'untagged', 'ghcr.io/acme/untagged:2'),
    ]),
  ).toEqual([
    'prod from v1.4.0 to v1.3.0: 3 left, 1 done',
    `1 (k8s): k8s#api deployment ghcr.io/acme/api:1.4.0 → ghcr.io/acme/api:1.3.0 (v1.3.0 by environment) k8s#half deployment ghcr.io/acme/half:1@${digest('b')} → ghcr.io/acme/half:1 (v1.3.0 by environment) k8s#pinned deployment ghcr.io/acme/pinned@${digest('b')} → ghcr.io/acme/pinned@${digest('a')} (v1.3.0 by environment)`,
    'already k8s#api: runs ghcr.io/acme/cron:1',
    'not-part k8s#odd: v1.3.0 does not have it: it stays as it is (v1.4.0)',
    'no-image k8s#untagged: nothing says which image v1.3.0 has of it',
  ]);
});

test('who writes and reads is found by what the workloads run; a circle and a withdrawal are told', () => {
  const service = (name: string) => [
    ...['v1.3.0', 'v1.4.0'].map((release) =>
      item(release, `backend#${name}`, { artifact: `ghcr.io/acme/${name}:${release.slice(1)}` }),
    ),
    ...['v1.3.0', 'v1.4.0'].map((release) => runs(release, `w-${name}`, `ghcr.io/acme/${name}:${release.slice(1)}`)),
  ];
  const schema = (name: string, evolutionPolicy: string, producers: string[], consumers: string[]) => [
    item('v1.3.0', `kafka#${name}`, { schemaVersion: '2.0.0' }),
    item('v1.4.0', `kafka#${name}`, { schemaVersion: '2.1.0', evolutionPolicy, producers, consumers }),
  ];
  const estate = [
    ...service('writer'),
    ...service('reader'),
    ...schema('b', 'FORWARD_TRANSITIVE', ['writer'], ['reader']),
  ];
  const waves = (said: string[] | null) =>
    said?.filter((line) => /^\d/.test(line)).map((line) => /k8s#w-\w+/.exec(line)?.[0]);
  expect(waves(plan(estate))).toEqual(['k8s#w-reader', 'k8s#w-writer']);
  const circle = [...estate, ...schema('a', 'FORWARD', ['reader'], ['writer'])];
  const withdrawn = [{ release: 'v1.3.0', reason: 'Loses data', by: 'b', date: '2026-11-01' }];
  const said = plan(circle, 'prod', { withdrawn });
  expect(waves(said)).toEqual(['k8s#w-reader', 'k8s#w-writer']);
  expect(said?.slice(-3)).toEqual([
    'v1.3.0 is withdrawn: Loses data',
    'A rollback reverses each order.',
    'kafka#a asks for k8s#w-writer back before k8s#w-reader: the order is circular, so it is ignored. Coordinate these.',
  ]);
});
