import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import {
  answerEnvironments,
  type EnvironmentsAnswer,
  type EnvironmentsAsks,
} from '../../../src/views/environments/environments-answer.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';
import { smallEstate, workload } from './estate.ts';

const ASKS: EnvironmentsAsks = {
  filters: { stage: [], type: [], owner: [], env: [], q: '', problems: false },
  off: null,
  unfolded: [],
  at: null,
  first: null,
};

const DAY_5 = '2026-11-05T12:00:00.000Z';

/** As it arrives at the page. */
const answer = (report = smallEstate(), asks: Partial<EnvironmentsAsks> = {}): EnvironmentsAnswer =>
  structuredClone(answerEnvironments(knownOf(report), { ...ASKS, ...asks }));

const ready = { state: 'ready', ready: 3, desired: 3, waitsFor: null };
const level = { level: true, said: 'the newest', days: null };
const behind = (to: string, releases: number, days: string) => ({
  level: false,
  said: `${releases} release${releases === 1 ? '' : 's'} behind ${to}`,
  days,
});

test('holds what is drawn of each component in each environment, and no more', () => {
  expect(answer()).toStrictEqual({
    environments: [
      { name: 'dev', group: null, members: [], release: 'v1.6.0', count: 1, off: 0, worst: null },
      { name: 'staging', group: null, members: [], release: 'v1.5.0', count: 2, off: 1, worst: 'error' },
      { name: 'prod', group: null, members: [], release: 'v1.6.0', count: 4, off: 3, worst: 'error' },
    ],
    sections: [
      {
        kind: 'running',
        type: 'k8s',
        count: 3,
        rows: [
          {
            component: { id: 'k8s#api', name: 'api' },
            owner: 'platform',
            cells: [
              {
                release: 'v1.6.0',
                version: '1.6.0',
                readiness: ready,
                off: false,
                worst: null,
                label: '1.6.0',
                says: [],
                beside: 0,
                card: { observed: '2026-11-05T12:00:00.000Z', image: 'acme/api:1.6.0', lags: [level], says: [] },
              },
              {
                release: 'v1.5.0',
                version: '1.5.0',
                readiness: { state: 'not-ready', ready: 1, desired: 3, waitsFor: 'readiness' },
                off: true,
                worst: 'error',
                label: '1.5.0',
                says: [{ weight: 'error', text: '1/3 ready' }],
                beside: 0,
                card: {
                  observed: '2026-11-03T12:00:00.000Z',
                  image: 'acme/api:1.5.0',
                  lags: [behind('v1.6.0', 1, '2 d')],
                  says: [{ weight: 'error', text: '1 of 3 ready' }],
                },
              },
              {
                release: 'v1.4.0',
                version: '1.4.0',
                readiness: ready,
                off: true,
                worst: 'error',
                label: 'still v1.4.0',
                says: [],
                beside: 0,
                card: {
                  observed: '2026-11-01T12:00:00.000Z',
                  image: 'acme/api:1.4.0',
                  lags: [behind('v1.6.0', 2, '4 d')],
                  says: [
                    { weight: 'error', text: 'v1.6.0 is only partly deployed in prod' },
                    { weight: null, text: 'still v1.4.0' },
                  ],
                },
              },
            ],
          },
          {
            component: { id: 'k8s#cron', name: 'cron' },
            owner: null,
            cells: [
              null,
              null,
              expect.objectContaining({
                off: true,
                worst: 'warning',
                says: [{ weight: 'warning', text: 'scaled to zero' }],
              }),
            ],
          },
          {
            component: { id: 'k8s#worker', name: 'worker' },
            owner: null,
            cells: [
              null,
              expect.objectContaining({ release: 'v1.5.0', off: false, label: '1.5.0', says: [] }),
              expect.objectContaining({
                release: 'v1.6.0',
                off: true,
                worst: 'warning',
                says: [{ weight: 'warning', text: 'ahead of staging' }],
              }),
            ],
          },
        ],
      },
      {
        kind: 'declared',
        type: 'docs',
        count: 1,
        rows: [
          {
            component: { id: 'docs#guide', name: 'guide' },
            owner: null,
            cells: [null, null, expect.objectContaining({ readiness: null, off: false, label: '1.6.0' })],
          },
        ],
      },
    ],
    shown: 4,
    all: 4,
    off: null,
    offAnywhere: 3,
    time: {
      moments: [
        { at: '2026-11-01T12:00:00.000Z', words: 'v1.4.0 in prod, 1 component' },
        { at: '2026-11-03T12:00:00.000Z', words: 'v1.5.0 in staging, 2 components' },
        { at: '2026-11-05T12:00:00.000Z', words: 'v1.6.0 in dev, 1 component' },
        { at: '2026-11-05T12:00:00.000Z', words: 'v1.6.0 in prod, 3 components' },
      ],
      pinned: null,
    },
    withoutEnvironment: [],
  });
});

test('as of a moment: what had been observed by then, and what is not known of it', () => {
  const then = answer(smallEstate(), { at: '2026-11-04' });
  expect(then.environments).toMatchObject([
    { name: 'staging', release: 'v1.5.0', count: 2, off: 1 },
    { name: 'prod', release: 'v1.4.0', count: 1, off: 0 },
  ]);
  expect(then.sections.map(({ rows }) => rows)).toMatchObject([
    [
      { component: { name: 'api' }, cells: [{ label: '1.5.0' }, { label: '1.4.0' }] },
      { component: { name: 'worker' }, cells: [{ label: '1.5.0' }, null], notKnown: { prod: DAY_5 } },
    ],
  ]);
  expect(then.time.pinned).toEqual({ at: '2026-11-04T23:59:59.999Z', notKnown: 4, undated: 0 });
  expect(
    answer(smallEstate(), { at: '2026-11-04', filters: { ...ASKS.filters, env: ['dev'] } }).time.pinned,
  ).toMatchObject({
    notKnown: 1,
  });
});

test.each(['soon', '2030-01-01'])('%s is no moment of the past: what is now', (at) => {
  expect(answer(smallEstate(), { at })).toEqual(answer());
});

const ids = ({ sections }: EnvironmentsAnswer) =>
  sections.map(({ count, rows }) => [count, rows.map(({ component }) => component.id)]);

test.each<[Partial<EnvironmentsAsks>, ReturnType<typeof ids>]>([
  [
    { first: 2 },
    [
      [3, ['k8s#api', 'k8s#cron']],
      [1, []],
    ],
  ],
  [
    { first: 4 },
    [
      [3, ['k8s#api', 'k8s#cron', 'k8s#worker']],
      [1, ['docs#guide']],
    ],
  ],
  [{ filters: { ...ASKS.filters, env: ['staging'] } }, [[2, ['k8s#api', 'k8s#worker']]]],
  [{ filters: { ...ASKS.filters, q: 'nothing-is-called-so' } }, []],
  // What is not as released, in one of them or in any.
  [{ off: 'staging' }, [[1, ['k8s#api']]]],
  [{ off: 'prod' }, [[3, ['k8s#api', 'k8s#cron', 'k8s#worker']]]],
  [{ off: '*' }, [[3, ['k8s#api', 'k8s#cron', 'k8s#worker']]]],
  [{ off: '*', filters: { ...ASKS.filters, env: ['staging'] } }, [[1, ['k8s#api']]]],
  [{ off: 'dev' }, []],
  [
    { off: 'nowhere', first: 1 },
    [
      [3, ['k8s#api']],
      [1, []],
    ],
  ],
])('%j lists %j', (asks, listed) => {
  expect(ids(answer(smallEstate(), asks))).toEqual(listed);
});

test('counts what is beside an entry; knows where nobody says where it runs', () => {
  const report = reportOf([
    workload('v1.4.0', 'prod', 'worker', 3),
    item('v1.4.0', 'k8s#prod-job/worker', { imageRef: 'acme/worker:1.4.0' }),
    item('v1.4.0', 'k8s#deployment/lost', { imageRef: 'acme/lost:1.4.0' }),
  ]);
  const { sections, withoutEnvironment } = answer(report);
  expect(sections[0]?.rows).toMatchObject([{ component: { id: 'k8s#worker' }, cells: [{ beside: 1 }] }]);
  expect(withoutEnvironment).toEqual(['k8s#lost']);
});

/** What is written in the cell of the api in prod, beside two others that run v1.4.0. */
test.each<[name: string, items: Item[], label: string, says: string[], policy?: object]>([
  ['as released', [workload('v1.4.0', 'prod', 'api', 3)], '1.4.0', []],
  [
    'the candidate’s image under the stable release, not ready: the difference is told by its findings',
    [
      item('v1.4.0', 'backend#api', { artifact: 'acme/api:1.4.0' }),
      workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:1.4.0-rc.2', readyReplicas: 1 }),
    ],
    '1.4.0-rc.2',
    ['error pre-release', 'error other image', 'error 1/3 ready'],
  ],
  [
    'where the policy lets no finding say it, it is said all the same',
    [workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:1.4.0-rc.2', readyReplicas: 1 })],
    '1.4.0-rc.2',
    ['not v1.4.0', '1/3 ready'],
    { severities: { 'immature-version': 'off', 'not-ready': 'off' } },
  ],
  ['another release, whose version it only repeats', [workload('v1.3.0', 'prod', 'api', 3)], 'still v1.3.0', []],
  [
    'another release, of a version of its own',
    [workload('v1.3.0', 'prod', 'api', 3, { imageRef: 'acme/api:7.1' })],
    '7.1',
    ['still v1.3.0'],
  ],
  ['the next release', [workload('v1.5.0', 'prod', 'api', 3)], 'already v1.5.0', []],
  [
    'every replica is ready, and the newest specification is not seen yet',
    [workload('v1.4.0', 'prod', 'api', 3, { generation: 4, observedGeneration: 3 })],
    '1.4.0',
    ['error 3/3 rolling out'],
  ],
  [
    'a tag that moves',
    [workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:latest' })],
    'latest',
    ['error moving tag'],
  ],
  [
    'another image than elsewhere',
    [
      workload('v1.4.0', 'qa', 'api', 3, { imageRef: 'acme/api:1.4.0-7' }),
      workload('v1.4.0', 'staging', 'api', 3),
      workload('v1.4.0', 'prod', 'api', 3),
    ],
    '1.4.0',
    ['error other image than qa'],
  ],
  [
    'waived',
    [workload('v1.4.0', 'prod', 'api', 3, { replicas: 0, readyReplicas: 0 })],
    '1.4.0',
    ['waived scaled to zero (waived)'],
    {
      waivers: [{ code: 'scaled-to-zero', release: 'v1.4.0', reason: 'not yet', by: 'jane', expires: '2027-01-01' }],
    },
  ],
])('writes %s', (_, items, label, says, policy) => {
  const others = ['b', 'c'].map((name) => workload('v1.4.0', 'prod', name, 3));
  const { environments, sections } = answer(reportOf([...items, ...others], policyOf(policy)));
  const place = environments.findIndex(({ name }) => name === 'prod');
  const cell = sections[0]?.rows.find(({ component }) => component.name === 'api')?.cells[place];
  expect([cell?.label, cell?.says.map(({ weight, text }) => (weight === null ? text : `${weight} ${text}`))]).toEqual([
    label,
    says,
  ]);
});

/** Two regions of prod: the api is behind in one, the worker is not ready there, the cron runs in the other alone. */
const regions = () =>
  reportOf(
    [
      workload('v1.5.0', 'staging', 'api', 1),
      ...['api', 'worker', 'web'].map((name) => workload('v1.5.0', 'prod-eu', name, 3)),
      ...['cron'].map((name) => workload('v1.5.0', 'prod-us', name, 3)),
      workload('v1.4.0', 'prod-us', 'api', 1),
      workload('v1.5.0', 'prod-us', 'worker', 3, { readyReplicas: 1 }),
      workload('v1.5.0', 'prod-us', 'web', 3),
    ],
    policyOf({ groups: { prod: ['prod-eu', 'prod-us'] } }),
  );

const faces = ({ sections }: EnvironmentsAnswer) =>
  sections.flatMap(({ rows }) =>
    rows.map(({ component, cells }) => [
      component.name,
      ...cells.map((cell) =>
        cell === null
          ? null
          : [cell.label, ...cell.says.map(({ text }) => text), ...(cell.off ? ['!'] : [])].join(' | '),
      ),
    ]),
  );

test('a group is one column, and what differs in it is a deviation', () => {
  const folded = answer(regions());
  expect(folded.environments).toEqual([
    { name: 'staging', group: null, members: [], release: 'v1.5.0', count: 1, off: 0, worst: null },
    {
      name: 'prod',
      group: 'prod',
      members: ['prod-eu', 'prod-us'],
      release: 'v1.5.0',
      count: 4,
      off: 2,
      worst: 'error',
    },
  ]);
  expect(faces(folded)).toEqual([
    ['worker', null, '1.5.0 | prod-us: 1/3 ready | !'],
    ['api', '1.5.0', '1.5.0 in 1 of 2 | prod-us: still v1.4.0 | !'],
    ['cron', null, '1.5.0 in 1 of 2'],
    ['web', null, '1.5.0'],
  ]);
  const [worker] = folded.sections[0]?.rows ?? [];
  expect(worker?.cells[1]).toMatchObject({
    release: 'v1.5.0',
    worst: 'error',
    readiness: { state: 'not-ready', ready: 4, desired: 6, waitsFor: 'readiness' },
    card: { says: [{ weight: 'error', text: 'prod-us: 1 of 3 ready' }] },
  });
});

test.each<[Partial<EnvironmentsAsks>, heads: string[], names: string[]]>([
  [{ unfolded: ['prod'] }, ['staging', 'prod-eu', 'prod-us'], ['worker', 'api', 'cron', 'web']],
  [{ off: 'prod' }, ['staging', 'prod'], ['worker', 'api']],
  [{ off: 'prod-us', unfolded: ['prod'] }, ['staging', 'prod-eu', 'prod-us'], ['worker', 'api']],
  [{ off: 'prod-eu' }, ['staging', 'prod'], []],
  // Of a group of which one environment is left there is nothing to fold.
  [{ filters: { ...ASKS.filters, env: ['prod-us'] } }, ['prod-us'], ['worker', 'api', 'cron', 'web']],
])('a group, by %j', (asks, heads, names) => {
  const { environments, sections } = answer(regions(), asks);
  expect(environments.map(({ name }) => name)).toEqual(heads);
  expect(sections.flatMap(({ rows }) => rows.map(({ component }) => component.name)).sort()).toEqual(names.toSorted());
});

test('unfolded, an environment is held against the release of its group', () => {
  expect(faces(answer(regions(), { unfolded: ['prod'] }))).toEqual([
    ['worker', null, '1.5.0', '1.5.0 | 1/3 ready | !'],
    ['api', '1.5.0', '1.5.0', 'still v1.4.0 | !'],
    ['cron', null, null, '1.5.0'],
    ['web', null, '1.5.0', '1.5.0'],
  ]);
});

test('the distance goes by what runs: two releases hold one image, whichever of their keys it came under', () => {
  const image = { imageRef: 'acme/api:build-7', digest: `sha256:${'7'.repeat(64)}` };
  const other = { imageRef: 'acme/api:build-6', digest: `sha256:${'6'.repeat(64)}` };
  const report = reportOf([
    workload('v1.4.0', 'prod', 'api', 1, other),
    workload('v1.5.0', 'prod', 'api', 2, image),
    workload('v1.5.0', 'qa', 'api', 2, image),
    workload('v1.6.0', 'staging', 'api', 3, image),
    item('v1.6.0', 'backend#api', { artifact: image.imageRef, digest: image.digest }),
    // The key of the newest, the image of the oldest.
    workload('v1.6.0', 'dev', 'api', 4, other),
  ]);
  const { environments, sections } = answer(report);
  const cells = sections[0]?.rows[0]?.cells ?? [];
  expect(
    environments.map(({ name }, place) => [
      name,
      cells[place]?.release,
      cells[place]?.card.lags.map(({ said }) => said),
    ]),
  ).toEqual([
    ['dev', 'v1.6.0', ['2 releases behind v1.6.0']],
    ['qa', 'v1.5.0', ['the newest']],
    ['staging', 'v1.6.0', ['the newest']],
    ['prod', 'v1.5.0', ['the newest']],
  ]);
});
