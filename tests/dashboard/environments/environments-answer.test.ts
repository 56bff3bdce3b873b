import { expect, test } from 'vitest';
import {
  answerEnvironments,
  type EnvironmentsAnswer,
  type EnvironmentsAsks,
} from '../../../src/views/environments/environments-answer.ts';
import { knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';
import { smallEstate, workload } from './estate.ts';

const ASKS: EnvironmentsAsks = {
  filters: { version: '', stage: [], type: [], env: [], q: '', problems: false },
  older: null,
  first: null,
};

/** As it arrives at the page. */
const answer = (report = smallEstate(), asks: Partial<EnvironmentsAsks> = {}): EnvironmentsAnswer =>
  structuredClone(answerEnvironments(knownOf(report), { ...ASKS, ...asks }));

const face = {
  readiness: { state: 'ready', ready: 3, desired: 3, waitsFor: null },
  older: false,
  beside: 0,
  worst: null,
  rest: [],
};
const level = { level: true, said: 'the newest', short: 'the newest', days: null };
const behind = (to: string, releases: number, days: string) => ({
  level: false,
  said: `${releases} release${releases === 1 ? '' : 's'} behind ${to}`,
  short: `${releases} behind ${to}`,
  days,
});

test('holds what is drawn of each component in each environment, and no more', () => {
  expect(answer()).toStrictEqual({
    environments: [
      { name: 'dev', newest: 'v1.6.0', partial: null },
      { name: 'staging', newest: 'v1.5.0', partial: null },
      { name: 'prod', newest: 'v1.6.0', partial: { release: 'v1.6.0', absent: 'k8s#api' } },
    ],
    sections: [
      {
        kind: 'running',
        type: 'k8s',
        count: 3,
        rows: [
          {
            component: { id: 'k8s#api', name: 'api' },
            cells: [
              { ...face, release: 'v1.6.0', version: '1.6.0', lags: [level] },
              {
                ...face,
                release: 'v1.5.0',
                version: '1.5.0',
                readiness: { state: 'not-ready', ready: 1, desired: 3, waitsFor: 'readiness' },
                lags: [behind('v1.6.0', 1, '2 d')],
                worst: { code: 'not-ready', weight: 'error', title: '1 of 3 ready', release: 'v1.5.0' },
              },
              {
                ...face,
                release: 'v1.4.0',
                version: '1.4.0',
                lags: [behind('v1.6.0', 2, '4 d')],
                worst: {
                  code: 'partial-environment',
                  weight: 'error',
                  title: 'v1.6.0 is only partly deployed in prod',
                  release: 'v1.6.0',
                },
              },
            ],
          },
          {
            component: { id: 'k8s#cron', name: 'cron' },
            cells: [
              null,
              null,
              {
                ...face,
                release: 'v1.6.0',
                version: '1.6.0',
                readiness: { state: 'scaled-to-zero', ready: 0, desired: 0, waitsFor: null },
                lags: [level],
                worst: { code: 'scaled-to-zero', weight: 'warning', title: 'is scaled to zero', release: 'v1.6.0' },
              },
            ],
          },
          {
            component: { id: 'k8s#worker', name: 'worker' },
            cells: [
              null,
              { ...face, release: 'v1.5.0', version: '1.5.0', lags: [behind('v1.6.0', 1, '2 d')] },
              {
                ...face,
                release: 'v1.6.0',
                version: '1.6.0',
                lags: [level],
                worst: {
                  code: 'environment-inversion',
                  weight: 'warning',
                  title: 'is at v1.6.0 in prod, ahead of staging',
                  release: 'v1.6.0',
                },
              },
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
            cells: [null, null, { ...face, release: 'v1.6.0', version: '1.6.0', readiness: null, lags: [level] }],
          },
        ],
      },
    ],
    shown: 4,
    all: 4,
    older: null,
    withoutEnvironment: [],
  });
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
  // What is older comes first among its type.
  [
    { older: 'dev', first: 1 },
    [
      [3, ['k8s#api']],
      [1, []],
    ],
  ],
])('%j lists %j', (asks, listed) => {
  expect(ids(answer(smallEstate(), asks))).toEqual(listed);
});

test.each([
  ['staging', { than: 'staging', words: 'older than staging: 1 in prod' }],
  ['prod', { than: 'prod', words: 'older than prod: 1 in staging' }],
  ['dev', { than: 'dev', words: 'older than dev: 1 in staging, 1 in prod' }],
  ['nowhere', null],
])('older than %s: %j', (older, told) => {
  expect(answer(smallEstate(), { older }).older).toEqual(told);
});

test('counts what is beside an entry, tells the worst and lists the rest; knows where nobody says where it runs', () => {
  const report = reportOf([
    item('v1.4.0', 'backend#api', { artifact: 'acme/api:1.4.0' }),
    workload('v1.4.0', 'prod', 'api', 3, { imageRef: 'acme/api:1.4.0-rc.2', readyReplicas: 1 }),
    workload('v1.4.0', 'prod', 'worker', 3),
    item('v1.4.0', 'k8s#prod-job/worker', { imageRef: 'acme/worker:1.4.0' }),
    item('v1.4.0', 'k8s#deployment/lost', { imageRef: 'acme/lost:1.4.0' }),
  ]);
  const { sections, withoutEnvironment } = answer(report);
  expect(sections[0]?.rows[0]?.cells[0]).toMatchObject({
    worst: { code: 'immature-version', title: 'is 1.4.0-rc.2 in a stable release' },
    rest: ['runs 1.4.0-rc.2, not 1.4.0', '1 of 3 ready'],
  });
  expect(sections[0]?.rows[1]).toMatchObject({ component: { id: 'k8s#worker' }, cells: [{ beside: 1 }] });
  expect(withoutEnvironment).toEqual(['k8s#lost']);
});
