import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DeploymentCell,
  type Deployments,
  deploymentsOf,
  type Lag,
  standingOf,
} from '../../src/release/deployed/deployments.ts';
import type { Item } from '../../src/release/item/item.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

/** Noon of a day of November 2026. */
const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00Z`;

function workload(release: string, environment: string, deployedOn: number | null, attributes: Item = {}): Item {
  return item(release, `k8s#${environment}-deployment/api`, {
    imageRef: `acme/api:${release.slice(1)}`,
    replicas: 2,
    readyReplicas: 2,
    ...(deployedOn === null ? {} : { date: day(deployedOn) }),
    ...attributes,
  });
}

/** `level stable`; `stable v1.2.0 -2 6d`: two releases and six days behind it. */
function lagText(than: string, lag: Lag | null): string {
  if (lag === null) return `${than} ?`;
  return lag.level ? `level ${than}` : `${than} ${lag.to} -${lag.releases} ${lag.days ?? '?'}d`;
}

function cellText(cell: DeploymentCell | null): string {
  if (cell === null) return '';
  const { release, version, readiness, behindStable, behindNewest, marks, beside } = cell;
  return [
    `${release} ${version}`,
    readiness === null ? 'declared' : `${readiness.state} ${readiness.ready}/${readiness.desired}`,
    lagText('stable', behindStable),
    lagText('newest', behindNewest),
    ...marks.map(({ mark, finding }) => `${mark} by ${finding.release}`),
    ...beside.map(({ key }) => `beside ${key}`),
  ].join(', ');
}

/** Each component's line, with what is in its environments, in their order. */
function table({ rows, environments }: Deployments): Record<string, Record<string, string>> {
  return Object.fromEntries(
    rows.map(({ component, kind, cells }) => [
      `${kind} ${component.id}`,
      Object.fromEntries(environments.map(({ name }, place) => [name, cellText(cells[place] ?? null)])),
    ]),
  );
}

test.each<[name: string, items: Item[], expected: Record<string, Record<string, string>>, asked?: Asked]>([
  ['nothing names an environment', [item('v1.0.0', 'backend#a')], {}],
  [
    'what was observed last runs, not the highest release: it was rolled back',
    [workload('v1.1.0', 'prod', 10), workload('v1.0.0', 'prod', 12)],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 0d, newest v1.1.0 -1 0d' } },
  ],
  [
    'when it was published goes before its date',
    [
      workload('v1.1.0', 'prod', 12, { publishedAt: day(13) }),
      workload('v1.0.0', 'prod', 10, { publishedAt: day(14) }),
    ],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 2d, newest v1.1.0 -1 2d' } },
  ],
  [
    'a date is held against when another was published',
    [workload('v1.1.0', 'prod', 12), workload('v1.0.0', 'prod', null, { publishedAt: day(14) })],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 ?d, newest v1.1.0 -1 ?d' } },
  ],
  [
    'two keys of one place are one entry: the one that was observed last',
    [
      workload('v1.0.0', 'prod', null, { publishedAt: day(2) }),
      workload('v1.0.0', 'production', null, { publishedAt: day(1), imageRef: 'acme/api:0.9.0' }),
    ],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest' } },
  ],
  // Level is what runs the same thing, whatever release it came with.
  [
    'the same version came with an earlier release',
    [
      workload('v1.0.0', 'prod', 1, { imageRef: 'acme/api:2.0.0' }),
      workload('v1.1.0', 'staging', 2, { imageRef: 'acme/api:v2.0.0' }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.1.0 v2.0.0, ready 2/2, level stable, level newest',
        prod: 'v1.0.0 2.0.0, ready 2/2, level stable, level newest',
      },
    },
  ],
  [
    'the same digest, under another tag',
    [
      workload('v1.0.0', 'prod', 1, { digest: `sha256:${'a'.repeat(64)}` }),
      workload('v1.1.0', 'staging', 2, { digest: `sha256:${'A'.repeat(64)}` }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.1.0 1.1.0, ready 2/2, level stable, level newest',
        prod: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest',
      },
    },
  ],
  [
    'another digest under one tag',
    [
      workload('v1.0.0', 'prod', 1, { imageRef: 'acme/api:2.0.0', digest: `sha256:${'a'.repeat(64)}` }),
      workload('v1.1.0', 'staging', 2, { imageRef: 'acme/api:2.0.0', digest: `sha256:${'b'.repeat(64)}` }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.1.0 2.0.0, ready 2/2, level stable, level newest',
        prod: 'v1.0.0 2.0.0, ready 2/2, stable v1.1.0 -1 1d, newest v1.1.0 -1 1d',
      },
    },
  ],
  [
    'the candidate that became the stable release is level by its digest',
    [
      workload('v1.0.0-rc.1', 'staging', 1, { digest: `sha256:${'a'.repeat(64)}` }),
      workload('v1.0.0', 'prod', 2, { digest: `sha256:${'a'.repeat(64)}` }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.0.0-rc.1 1.0.0-rc.1, ready 2/2, level stable, level newest',
        prod: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest',
      },
    },
  ],
  [
    'ahead of every stable release is not level, and behind none',
    [workload('v1.1.0-rc.1', 'staging', 3), workload('v1.0.0', 'prod', 1)],
    {
      'running k8s#api': {
        staging: 'v1.1.0-rc.1 1.1.0-rc.1, ready 2/2, stable v1.0.0 -0 0d, level newest',
        prod: 'v1.0.0 1.0.0, ready 2/2, level stable, newest v1.1.0-rc.1 -1 2d',
      },
    },
  ],
  [
    'of equal dates the higher release runs',
    [workload('v1.0.0', 'prod', 10), workload('v1.1.0', 'prod', 10)],
    { 'running k8s#api': { prod: 'v1.1.0 1.1.0, ready 2/2, level stable, level newest' } },
  ],
  [
    'what is not dated runs only where nothing is dated; then the higher release',
    [
      workload('v1.1.0', 'prod', null),
      workload('v1.0.0', 'prod', 10),
      workload('v1.0.0', 'dev', null),
      workload('v1.1.0', 'dev', null),
    ],
    {
      'running k8s#api': {
        dev: 'v1.1.0 1.1.0, ready 2/2, level stable, level newest',
        prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 ?d, newest v1.1.0 -1 ?d',
      },
    },
  ],
  [
    'lag: pre-releases count for the newest, not for the stable; days run between the starts of the releases',
    [
      workload('v1.0.0', 'prod', 1),
      workload('v1.1.0', 'staging', 5),
      workload('v1.2.0', 'staging', 9),
      workload('v1.3.0-rc.1', 'staging', 14),
      item('v1.2.0', 'backend#api', { date: day(7) }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.3.0-rc.1 1.3.0-rc.1, ready 2/2, stable v1.2.0 -0 0d, level newest',
        prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.2.0 -2 6d, newest v1.3.0-rc.1 -3 13d',
      },
    },
  ],
  [
    'a stable release that was never deployed counts, as its workloads are missing from it',
    [workload('v1.0.0', 'prod', 1), item('v1.1.0', 'backend#api', { date: day(4) })],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 3d, level newest' } },
  ],
  [
    'a stable release that carries it over does not count',
    [workload('v1.0.0', 'prod', 1), item('v1.1.0', 'backend#api', { date: day(4) })],
    { 'running k8s#api': { prod: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest' } },
    { policy: { roster: [{ component: 'k8s#api', expectation: 'carried' }, { component: '*' }] } },
  ],
  [
    'a patch of an older line, younger than the release that it is behind',
    [workload('v1.1.0', 'staging', 3), workload('v1.0.1', 'prod', 8)],
    {
      'running k8s#api': {
        staging: 'v1.1.0 1.1.0, ready 2/2, level stable, level newest',
        prod: 'v1.0.1 1.0.1, ready 2/2, stable v1.1.0 -1 0d, newest v1.1.0 -1 0d',
      },
    },
  ],
  [
    'a release that is not SemVer runs, and nobody knows how far it is behind',
    [workload('v1.0.0', 'dev', 1), workload('main', 'dev', 2, { imageRef: 'acme/api:main' })],
    { 'running k8s#api': { dev: 'main main, ready 2/2, stable ?, newest ?' } },
  ],
  [
    'no stable release',
    [workload('v1.0.0-rc.1', 'dev', 1)],
    { 'running k8s#api': { dev: 'v1.0.0-rc.1 1.0.0-rc.1, ready 2/2, stable ?, level newest' } },
  ],
  [
    'what is declared is told apart from what runs; one fragment may name many environments',
    [
      item('v1.0.0', 'backend#api', { environments: ['production', 'qa'], componentVersion: '3.1.0', date: day(1) }),
      workload('v1.0.0', 'prod', 2, { replicas: 3 }),
    ],
    {
      'declared backend#api': {
        qa: 'v1.0.0 3.1.0, declared, level stable, level newest',
        prod: 'v1.0.0 3.1.0, declared, level stable, level newest',
      },
      'running k8s#api': { qa: '', prod: 'v1.0.0 1.0.0, not-ready 2/3, stable v1.0.0 -0 0d, newest v1.0.0 -0 0d' },
    },
  ],
  [
    'two entries of one release in one environment: the newest, and the one beside it',
    [
      workload('v1.0.0', 'prod', 2),
      item('v1.0.0', 'k8s#prod-job/api', { imageRef: 'acme/api:1.0.0', date: day(1), replicas: 1 }),
    ],
    {
      'running k8s#api': {
        prod: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest, beside k8s#prod-job/api',
      },
    },
  ],
  [
    'split, and scaled to zero',
    [
      workload('v1.0.0', 'staging', 2),
      workload('v1.0.0', 'prod', 3, { imageRef: 'acme/api:0.9.0', replicas: 0, readyReplicas: 0 }),
    ],
    {
      'running k8s#api': {
        staging: 'v1.0.0 1.0.0, ready 2/2, level stable, level newest, split by v1.0.0',
        prod: 'v1.0.0 0.9.0, scaled-to-zero 0/0, level stable, level newest, scaled-to-zero by v1.0.0, split by v1.0.0',
      },
    },
  ],
  [
    'ahead of an earlier environment',
    [workload('v1.0.0', 'staging', 2), workload('v1.1.0', 'prod', 3)],
    {
      'running k8s#api': {
        staging: 'v1.0.0 1.0.0, ready 2/2, stable v1.1.0 -1 1d, newest v1.1.0 -1 1d',
        prod: 'v1.1.0 1.1.0, ready 2/2, level stable, level newest, inversion by v1.1.0',
      },
    },
  ],
])('%s', (_, items, expected, asked) => {
  expect(table(deploymentsOf(reportOf(items, asked)))).toEqual(expected);
});

const worker = (release: string, deployedOn: number, environment = 'prod') =>
  item(release, `k8s#${environment}-deployment/worker`, {
    imageRef: `acme/worker:${release.slice(1)}`,
    date: day(deployedOn),
    replicas: 1,
    readyReplicas: 1,
  });

test.each<[name: string, items: Item[], expected: unknown]>([
  [
    'what is left behind is marked, and its environment',
    [workload('v1.0.0', 'prod', 1), worker('v1.0.0', 1), workload('v1.1.0', 'prod', 5), worker('v1.1.0', 4, 'staging')],
    [
      { newest: 'v1.1.0', partial: ['v1.1.0'] },
      { 'k8s#api': [], 'k8s#worker': ['partial'] },
    ],
  ],
  [
    'nothing is partial once it has caught up',
    [workload('v1.0.0', 'prod', 1), worker('v1.0.0', 1), workload('v1.1.0', 'prod', 5), worker('v1.1.0', 6)],
    [
      { newest: 'v1.1.0', partial: [] },
      { 'k8s#api': [], 'k8s#worker': [] },
    ],
  ],
  [
    'a gap in an older release does not matter where something newer runs',
    [
      workload('v1.0.0', 'prod', 1),
      worker('v1.0.0', 1),
      workload('v1.1.0', 'sandbox', 2),
      worker('v1.1.0', 3),
      workload('v1.2.0', 'prod', 5),
      worker('v1.2.0', 6),
    ],
    [
      { newest: 'v1.2.0', partial: [] },
      { 'k8s#api': [], 'k8s#worker': [] },
    ],
  ],
  [
    'what the release lacks altogether is missing from it, and no part of it is left behind',
    [workload('v1.0.0', 'prod', 1), worker('v1.0.0', 1), workload('v1.1.0', 'prod', 5)],
    [
      { newest: 'v1.1.0', partial: [] },
      { 'k8s#api': [], 'k8s#worker': [] },
    ],
  ],
])('partial: %s', (_, items, expected) => {
  const { environments, rows } = deploymentsOf(reportOf(items));
  const place = environments.findIndex(({ name }) => name === 'prod');
  expect([
    { newest: environments[place]?.newest, partial: environments[place]?.partial.map(({ release }) => release) },
    Object.fromEntries(rows.map(({ component, cells }) => [component.id, cells[place]?.marks.map(({ mark }) => mark)])),
  ]).toEqual(expected);
});

test('a workload that names no environment is said', () => {
  const { rows, withoutEnvironment } = deploymentsOf(
    reportOf([item('v1.0.0', 'k8s#deployment/api'), item('v1.0.0', 'backend#api')]),
  );
  expect([rows, withoutEnvironment]).toEqual([[], ['k8s#api']]);
});

test('an earlier environment that is missing in one component leaves the places of the others', () => {
  const { environments, rows } = deploymentsOf(reportOf([workload('v1.0.0', 'dev', 1), worker('v1.0.0', 1)]));
  expect(environments.map(({ name }) => name)).toEqual(['dev', 'prod']);
  expect(rows.map(({ cells }) => cells.map((cell) => cell?.environment ?? null))).toEqual([
    ['dev', null],
    [null, 'prod'],
  ]);
});

test('what runs does not depend on the order of the items', () => {
  const items = [
    workload('v1.0.0', 'prod', 1),
    workload('v1.1.0', 'prod', 1),
    workload('v1.2.0', 'prod', null),
    worker('v1.0.0', 3),
    worker('v1.1.0', 2),
  ];
  const expected = deploymentsOf(reportOf(items));
  fc.assert(
    fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
      expect(deploymentsOf(reportOf(shuffled))).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

const HOUR = 60 * 60_000;

/** What a cluster was seen to run, as `publish --from kube` writes it: no date, but when it was published. */
function seen(release: string, hour: number, tag = release.slice(1), attributes: Item = {}): Item {
  const publishedAt = new Date(Date.parse(day(1)) + hour * HOUR).toISOString();
  return workload(release, 'prod', null, { publishedAt, imageRef: `acme/api:${tag}`, ...attributes });
}

const built = (release: string, digest = release) =>
  item(release, 'backend#api', { artifact: `acme/api:${release.slice(1)}`, digest: sha256(digest), date: day(1) });
const sha256 = (of: string) => `sha256:${Buffer.from(of).toString('hex').padEnd(64, '0')}`;

test.each<[name: string, items: Item[], stable: string, newest: string]>([
  [
    'N1: rolled back, by when it was published',
    [seen('v1.4.0', 2), seen('v1.3.0', 3)],
    'behind v1.4.0 -1',
    'behind v1.4.0 -1',
  ],
  ['the newest, and no other', [seen('v1.3.0', 1), seen('v1.4.0', 2)], 'level v1.4.0 -0', 'level v1.4.0 -0'],
  [
    'a candidate, before its stable release is out',
    [seen('v1.3.0', 1), seen('v1.4.0-rc.1', 2)],
    'ahead v1.3.0 -0',
    'level v1.4.0-rc.1 -0',
  ],
  [
    'a candidate of the same digest as the stable release',
    [
      seen('v1.4.0', 1, '1.4.0', { digest: sha256('same') }),
      seen('v1.4.0-rc.1', 2, '1.4.0-rc.1', { digest: sha256('same') }),
    ],
    'level v1.4.0 -0',
    'level v1.4.0 -0',
  ],
  [
    'the candidate’s image under the stable release',
    [seen('v1.3.0', 1), seen('v1.4.0', 2, '1.4.0-rc.2')],
    'other v1.4.0 -0',
    'other v1.4.0 -0',
  ],
  [
    'the image of the release before under the newest',
    [built('v1.3.0'), seen('v1.3.0', 1), built('v1.4.0'), seen('v1.4.0', 2, '1.3.0')],
    'behind v1.4.0 -1',
    'behind v1.4.0 -1',
  ],
  [
    'an image of nobody’s under a pre-release is not ahead with it',
    [seen('v1.3.0', 1), built('v1.4.0-rc.1'), seen('v1.4.0-rc.1', 2, 'mine', { digest: sha256('mine') })],
    'other v1.3.0 -0',
    'other v1.4.0-rc.1 -0',
  ],
  [
    'a patch of others is no release that it is behind',
    [
      seen('v1.4.0', 2),
      ...['v1.3.0', 'v1.4.0'].flatMap((release) => ['a', 'b', 'c'].map((name) => item(release, `backend#${name}`))),
      item('v1.4.1', 'backend#a'),
    ],
    'level v1.4.0 -0',
    'level v1.4.0 -0',
  ],
])('what runs in prod: %s', (_, items, stable, newest) => {
  const { rows, environments } = deploymentsOf(reportOf(items));
  const cell = rows.find(({ component }) => component.id === 'k8s#api')?.cells[environments.length - 1];
  const said = (lag: Lag | null | undefined) =>
    cell && lag ? `${standingOf(cell.release, lag, cell.findings)} ${lag.to} -${lag.releases}` : null;
  expect([said(cell?.behindStable), said(cell?.behindNewest)]).toEqual([stable, newest]);
});
