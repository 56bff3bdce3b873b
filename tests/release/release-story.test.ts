import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/release/finding/finding.ts';
import { completenessByType, rehearse } from '../../src/release/history/release-story.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import type { Stage } from '../../src/release/item/release.ts';
import { describeCell } from '../../src/release/report/cell-words.ts';
import { judgeRow } from '../../src/release/report/judge-row.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report, ReportRow } from '../../src/release/report/report.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { finish } from '../../src/release/text/steps.ts';
import { type Asked, NOW, reportOf } from './checks/said.ts';
import { item, policyOf } from './items.ts';

function rowOf(report: Report, tag: string): ReportRow {
  const row = report.rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error(`there is no ${tag}`);
  return row;
}

test('completeness by type, in order, with names; its sums are the release’s own', () => {
  const asked = {
    policy: {
      roster: [
        { component: 'kafka#*', expectation: 'carried' },
        { component: 'infra#x', expectation: 'optional' },
        { component: '*' },
      ],
    },
  };
  const report = reportOf(
    [
      item('v1.0.0', 'backend#a'),
      item('v1.0.0', 'backend#b'),
      item('v1.0.0', 'kafka#user'),
      item('v1.0.0', 'tooling#t'),
      item('v1.1.0', 'backend#a'),
      item('v1.1.0', 'infra#x'),
      item('v1.1.0', 'frontend#shell'),
    ],
    asked,
  );
  const row = rowOf(report, 'v1.1.0');
  const byType = completenessByType(report, row);
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  expect(
    byType.map(({ type, expected, present, missing, carried, beyond }) => [
      `${type} ${present}/${expected}`,
      ids(missing),
      ids(carried),
      ids(beyond),
    ]),
  ).toEqual([
    ['frontend 1/1', [], [], []],
    ['backend 1/2', ['backend#b'], [], []],
    ['kafka 1/1', [], ['kafka#user'], []],
    ['infra 0/0', [], [], ['infra#x']],
    ['tooling 0/1', ['tooling#t'], [], []],
  ]);
  expect(byType.reduce((sum, { expected }) => sum + expected, 0)).toBe(row.completeness.expected);
  expect(byType.reduce((sum, { present }) => sum + present, 0)).toBe(row.completeness.present);
  expect(byType.flatMap(({ missing }) => ids(missing))).toEqual(row.completeness.missing);
});

test('what a patch of a part left out is missing, and what came under another name is present', () => {
  const report = reportOf([
    ...['auth-api', 'b', 'c', 'd'].map((name) => item('v1.0.0', `backend#${name}`)),
    item('v1.0.1', 'backend#auth_api'),
  ]);
  const row = rowOf(report, 'v1.0.1');
  expect(
    completenessByType(report, row).map(({ type, expected, present, missing, beyond }) => [
      `${type} ${present}/${expected}`,
      missing.map(({ id }) => id),
      beyond,
    ]),
  ).toEqual([['backend 1/4', ['backend#b', 'backend#c', 'backend#d'], []]]);
  expect(row.completeness).toMatchObject({ present: 1, expected: 4 });
});

test('without a roster nothing is expected, and everything is beyond it', () => {
  const report = reportOf([item('v1.0.0', 'backend#a')]);
  expect(completenessByType(report, rowOf(report, 'v1.0.0'))).toEqual([
    {
      type: 'backend',
      expected: 0,
      present: 0,
      missing: [],
      carried: [],
      beyond: [{ id: 'backend#a', type: 'backend', name: 'a' }],
    },
  ]);
});

function inputOf(items: readonly Item[], document: unknown) {
  const policy = policyOf(document);
  return { input: { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW }, policy };
}

const short = ({ severity, code, component }: Finding) => `${severity} ${code} ${component}`;

describe('the rehearsal', () => {
  const candidate = [
    item('v1.1.0-rc.1', 'backend#a', { componentVersion: '2.0.0-beta.1' }),
    item('v1.1.0-rc.1', 'kafka#user', { schemaVersion: '1.0.0' }),
    item('v1.1.0-rc.1', 'backend#same', { artifact: 'acme/same:0.1.0', componentVersion: '1.0.0' }),
    item('v1.0.0', 'backend#a', { componentVersion: '1.0.0' }),
    item('v1.0.0', 'backend#gone'),
    item('v1.0.0', 'kafka#user', { schemaVersion: '1.0.0' }),
  ];

  test.each<[name: string, items: Item[], tag: string, as: Stage, expected: unknown, policy?: unknown]>([
    [
      'a candidate as stable: what blocks it as it is, and what comes on top',
      candidate,
      'v1.1.0-rc.1',
      'stable',
      {
        stage: 'rc',
        verdict: 'fail',
        blocking: [
          'error missing-component backend#gone',
          'error immature-version backend#a',
          'error version-mismatch backend#same',
          'error schema-policy-missing kafka#user',
        ],
        newlyBlocking: ['error immature-version backend#a', 'error schema-policy-missing kafka#user'],
        relieved: [],
      },
    ],
    [
      'by a policy that waives and weighs otherwise',
      candidate,
      'v1.1.0-rc.1',
      'stable',
      {
        stage: 'rc',
        verdict: 'fail',
        blocking: ['error missing-component backend#gone', 'error schema-policy-missing kafka#user'],
        newlyBlocking: ['error schema-policy-missing kafka#user'],
        relieved: ['error version-mismatch backend#same'],
      },
      {
        waivers: [
          { code: 'immature-version', release: 'v1.1.0-rc.1', reason: 'known', by: 'rm', expires: '2026-12-31' },
        ],
        severities: { 'version-mismatch': { stable: 'info' } },
      },
    ],
    [
      'as its own stage nothing is new',
      candidate,
      'v1.1.0-rc.1',
      'rc',
      {
        stage: 'rc',
        verdict: 'fail',
        blocking: ['error missing-component backend#gone', 'error version-mismatch backend#same'],
        newlyBlocking: [],
        relieved: [],
      },
    ],
    [
      'a release nobody knows',
      candidate,
      'v7.0.0',
      'stable',
      { stage: 'stable', verdict: 'unknown', blocking: [], newlyBlocking: [], relieved: [] },
    ],
  ])('%s', (_, items, tag, as, expected, document) => {
    const { input, policy } = inputOf(items, document);
    const survey = finish(surveySteps(input, policy, [tag]));
    const { release, stage, as: asked, verdict, blocking, newlyBlocking, relieved } = rehearse(survey, tag, as);
    expect([release, asked]).toEqual([tag, as]);
    expect({
      stage,
      verdict: verdict.result,
      blocking: blocking.map(short),
      newlyBlocking: newlyBlocking.map(short),
      relieved: relieved.map(short),
    }).toEqual(expected);
  });

  test('one release judged alone is judged as in the whole report', () => {
    const { input, policy } = inputOf(candidate, undefined);
    const survey = finish(surveySteps(input, policy, []));
    for (const as of [undefined, 'stable', 'alpha'] as const) {
      const { rows } = makeReport(null, input, policy, { stage: as }).report;
      expect(rows.map((_, row) => judgeRow(survey, row, { stage: as }).row)).toEqual(rows);
    }
  });

  test('a release that is not in the survey cannot be rehearsed', () => {
    const { input, policy } = inputOf(candidate, undefined);
    expect(() => rehearse(finish(surveySteps(input, policy, [])), 'v7.0.0', 'stable')).toThrow(RangeError);
  });
});

test('a cell says whether the roster expects it', () => {
  const asked: Asked = {
    policy: { roster: [{ component: 'backend#a' }, { component: '*', expectation: 'optional' }] },
  };
  const report = reportOf([item('v1.0.0', 'backend#b'), item('v1.0.0', 'backend#c')], asked);
  const row = rowOf(report, 'v1.0.0');
  expect(
    report.components.map((component, column) => {
      const cell = row.cells[column] ?? null;
      return [describeCell(component, row.release, cell), cell?.expected];
    }),
  ).toEqual([
    ['a in v1.0.0: missing', true],
    ['b in v1.0.0: 1.0.0', false],
    ['c in v1.0.0: 1.0.0', false],
  ]);
});
