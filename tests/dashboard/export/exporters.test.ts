import { expect, test } from 'vitest';
import type { ViewState } from '../../../src/dashboard/state/view-state.ts';
import { compareTexts } from '../../../src/release/compare/compare.ts';
import { DEFAULT_POLICY } from '../../../src/release/policy/policy.ts';
import type { Activity } from '../../../src/views/activity/activity.ts';
import { exportActivity } from '../../../src/views/activity/activity-export.ts';
import { exportComparison } from '../../../src/views/compare/comparison-export.ts';
import { shownComparison } from '../../../src/views/compare/shown-comparison.ts';
import { exportEnvironments } from '../../../src/views/environments/environments-export.ts';
import type { Exportable } from '../../../src/views/export/exportable.ts';
import { WRITERS } from '../../../src/views/export/file-text.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { exportFindings } from '../../../src/views/findings/findings-export.ts';
import { exportMatrix } from '../../../src/views/matrix/matrix-export.ts';
import { exportRelease } from '../../../src/views/release/release-export.ts';
import { item, madeReportOf, READ_AT, reportOf } from '../../release/report-of.ts';
import { smallEstate } from '../../views/environments/estate.ts';
import { knownOf } from '../../views/known-of.ts';
import { WHOLE_VIEW } from '../whole-view.ts';

const { report: REPORT, survey: SURVEY } = madeReportOf([
  item('v1.0.0', 'backend#a', { date: '2026-10-01T12:00:00Z' }),
  item('v1.0.0', 'backend#b', { date: '2026-10-01T12:00:00Z' }),
  item('v1.1.0', 'backend#a', { componentVersion: '1.1.0+x', date: '2026-11-01T12:00:00Z' }),
  item('v1.1.0', 'k8s#prod-deployment/w', { replicas: 2, readyReplicas: 1, imageRef: 'w:1.1.0' }),
  item('v1.1.0', 'k8s#qa-deployment/w', { replicas: 2, readyReplicas: 2, imageRef: 'w:1.0.9' }),
]);

const matrixOf = (filters: Partial<ViewState>): Exportable => {
  const view = { ...WHOLE_VIEW, ...filters };
  return exportMatrix(REPORT, applyFilters(REPORT, view));
};

test.each<[string, Partial<ViewState>, readonly (readonly string[])[], string]>([
  [
    'all of it',
    {},
    [
      ['release', 'stage', 'verdict', 'present', 'expected', 'backend#a', 'backend#b', 'k8s#w'],
      ['v1.1.0', 'stable', 'fail', '1', '2', '1.1.0+x', 'missing (error)', '1.0.9 / 1.1.0 (error)'],
      ['v1.0.0', 'stable', 'unknown: nothing says what belongs to it', '', '', '1.0.0', '1.0.0', ''],
    ],
    `Read ${READ_AT}: 2 releases, 3 components. The filters hide nothing of it.`,
  ],
  [
    'one release, one type',
    { q: '1.1', type: ['backend'] },
    [
      ['release', 'stage', 'verdict', 'present', 'expected', 'backend#a', 'backend#b'],
      ['v1.1.0', 'stable', 'fail', '1', '2', '1.1.0+x', 'missing (error)'],
    ],
    `Read ${READ_AT}: 1 of 2 releases, 2 of 3 components. The filters hide 1 release and 1 component.`,
  ],
  [
    'one environment',
    { env: ['qa'] },
    [
      ['release', 'stage', 'verdict', 'present', 'expected', 'k8s#w'],
      ['v1.1.0', 'stable', 'fail', '1', '2', '1.0.9 (error)'],
    ],
    `Read ${READ_AT}: 1 of 2 releases, 1 of 3 components, entries of qa only. The filters hide 1 release and 2 components.`,
  ],
])('the matrix as a table: %s', (_, filters, rows, note) => {
  const exported = matrixOf(filters);
  expect(exported.rows).toEqual(rows);
  expect(exported.note).toBe(note);
});

test('an info is a note in a table that people read', () => {
  const report = reportOf([
    item('v1.0.0', 'backend#a', { date: '2026-10-01T12:00:00Z' }),
    item('v1.0.0', 'backend#b', { date: '2026-10-01T12:00:00Z' }),
    item('v1.1.0-alpha.1', 'backend#a', { date: '2026-11-01T12:00:00Z' }),
  ]);
  const [row] = report.rows;
  if (row === undefined) throw new Error('there are fragments of v1.1.0-alpha.1');
  expect(exportMatrix(report, applyFilters(report, WHOLE_VIEW)).rows[1]?.at(-1)).toBe('missing (note)');
  expect(exportRelease(report, row).rows.at(-1)?.at(-1)).toBe('missing-component (note)');
});

test('the matrix as JSON leaves only the entries and findings of the environment', () => {
  expect(matrixOf({ env: ['qa'] }).json).toMatchObject({
    schema: 1,
    readAt: READ_AT,
    hidden: { releases: 1, components: 2 },
    environments: ['qa'],
    components: ['k8s#w'],
    releases: [
      {
        release: 'v1.1.0',
        cells: [{ component: 'k8s#w', entries: [{ key: 'k8s#qa-deployment/w', environments: ['qa'], ready: '2/2' }] }],
      },
    ],
  });
});

test('findings hold what all filters leave, with their words', () => {
  const view: ViewState = { ...WHOLE_VIEW, view: 'findings', code: ['missing-component'] };
  const { rows, json, note } = exportFindings(knownOf(REPORT), applyFilters(REPORT, view), view);
  expect(rows.map((row) => row.slice(0, 7))).toEqual([
    ['code', 'severity', 'release', 'component', 'owner', 'environment', 'finding'],
    ['missing-component', 'error', 'v1.1.0', 'backend#b', '', '', 'b is missing from v1.1.0'],
    ['', 'unknown', 'v1.0.0', '', '', '', 'cannot be told'],
  ]);
  const all = REPORT.rows.reduce((sum, { findings }) => sum + findings.length, 0);
  expect(note).toBe(`Read ${READ_AT}: 2 releases, 3 components. The filters hide ${all - 1} findings.`);
  expect(json).toMatchObject({
    hidden: { findings: all - 1, unknown: 0 },
    unknown: [{ release: 'v1.0.0', why: 'nothing says what belongs to it' }],
    findings: [{ code: 'missing-component' }],
  });
});

test('environments hold a line for each component in each environment that the filters leave', () => {
  const view: ViewState = { ...WHOLE_VIEW, view: 'environments', env: ['prod'], type: ['k8s'], off: 'prod', at: null };
  const { name, rows, json, note } = exportEnvironments(knownOf(smallEstate()), view);
  expect(name).toBe('release-matrix-environments');
  expect(rows).toEqual([
    [
      ...['component', 'environment', 'kind', 'version', 'release', 'deployed', 'readiness'],
      ...['ready', 'desired', 'as released'],
      ...['newest stable', 'releases behind stable', 'days behind stable'],
      ...['newest', 'releases behind newest', 'days behind newest'],
      ...['marks', 'findings'],
    ],
    [
      ...['k8s#api', 'prod', 'running', '1.4.0', 'v1.4.0', '2026-11-01T12:00:00.000Z', 'ready', '3', '3', 'no'],
      ...['v1.6.0', '2', '4', 'v1.6.0', '2', '4', 'partial', 'v1.6.0 is only partly deployed in prod'],
    ],
    [
      ...[
        'k8s#cron',
        'prod',
        'running',
        '1.6.0',
        'v1.6.0',
        '2026-11-05T12:00:00.000Z',
        'scaled to zero',
        '0',
        '0',
        'no',
      ],
      ...['v1.6.0', '0', '0', 'v1.6.0', '0', '0', 'scaled to zero', 'is scaled to zero'],
    ],
    [
      ...['k8s#worker', 'prod', 'running', '1.6.0', 'v1.6.0', '2026-11-05T12:00:00.000Z', 'ready', '3', '3', 'no'],
      ...['v1.6.0', '0', '0', 'v1.6.0', '0', '0', 'inversion', 'is at v1.6.0 in prod, ahead of staging'],
    ],
  ]);
  expect(note).toBe(
    `Read ${READ_AT}: 3 of 4 components in 1 of 3 environments. The filters hide 1 component and 2 environments.`,
  );
  expect(json).toMatchObject({
    hidden: { components: 1, environments: 2 },
    notAsReleased: 'prod',
    environments: [{ name: 'prod' }],
    components: [
      {
        component: 'k8s#api',
        environments: {
          prod: {
            asReleased: false,
            differs: 'older',
            behindStable: { to: 'v1.6.0', releases: 2, days: 4, standing: 'behind' },
            findings: [{ code: 'partial-environment', title: 'v1.6.0 is only partly deployed in prod' }],
          },
        },
      },
      {},
      {},
    ],
  });
});

test('the activity holds what happened, as far as the filters leave it, newest first', () => {
  const activity: Activity = {
    events: [],
    letGo: 4,
    seen: 4,
    readAt: READ_AT,
    watchedFrom: 4,
    lastVisitAt: null,
    trouble: null,
  };
  const view: ViewState = { ...WHOLE_VIEW, view: 'activity', type: ['backend'] };
  const { rows, json, note } = exportActivity(knownOf(REPORT), applyFilters(REPORT, view), activity);
  expect(rows).toEqual([
    ['from', 'to', 'kind', 'release', 'environment', 'what', 'not as expected', 'components', 'new'],
    [
      ...['2026-11-01T12:00:00.000Z', '2026-11-01T12:00:00.000Z', 'published', 'v1.1.0', ''],
      ...['a 1.1.0+x published', '', '1', 'no'],
    ],
    [
      ...['2026-10-01T12:00:00.000Z', '2026-10-01T12:00:00.000Z', 'published', 'v1.0.0', ''],
      ...['a 1.0.0, b 1.0.0 published', '', '2', 'no'],
    ],
  ]);
  expect(note).toBe(`Read ${READ_AT}: 2 events. The filters hide nothing of it.`);
  expect(json).toMatchObject({ schema: 2, undated: 0, events: [{ release: 'v1.1.0', isNew: false }, {}] });
});

test('a release holds all of it, with what is missing', () => {
  const row = REPORT.rows.find(({ release }) => release.tag === 'v1.1.0');
  if (row === undefined) throw new Error('there are fragments of v1.1.0');
  const { name, rows, json, note } = exportRelease(REPORT, row);
  expect(name).toBe('release-v1.1.0');
  expect(rows).toEqual([
    [
      ...['component', 'state', 'version', 'environments', 'ready', 'desired', 'commit', 'date', 'carried from'],
      'findings',
    ],
    ['', 'fail, 1 of 2 components, 3 errors', 'v1.1.0', '', '', '', '', '', '', ''],
    ['backend#a', 'changed', '1.1.0+x', '', '', '', '', '2026-11-01T12:00:00.000Z', '', ''],
    ['backend#b', 'missing', '', '', '', '', '', '', '', 'missing-component (error)'],
    ['k8s#w', 'new', '1.0.9', 'qa', '2', '2', '', '', '', 'environment-split (error)'],
    ['k8s#w', 'new', '1.1.0', 'prod', '1', '2', '', '', '', 'not-ready (error), environment-split (error)'],
  ]);
  expect(note).toBeNull();
  expect(json).toMatchObject({
    release: 'v1.1.0',
    note: `Read ${READ_AT}: all of v1.1.0, fail, 1 of 2 components, 3 errors. No filter applies to it.`,
    completenessByType: [{ type: 'backend', expected: 2, present: 1, missing: ['backend#b'] }, { type: 'k8s' }],
    manifest: { schema: 1, release: 'v1.1.0' },
  });
});

test.each<[string, Partial<ViewState>, string | undefined]>([
  ['whole: the documented form and nothing else', {}, undefined],
  [
    'in part: it says what is hidden',
    { type: ['k8s'] },
    `Read ${READ_AT}: v1.0.0 to v1.1.0, 1 of 3 components. The filters hide 2 components.`,
  ],
])('a comparison %s', (_, filters, note) => {
  const reading = compareTexts(REPORT, DEFAULT_POLICY, 'v1.0.0', 'v1.1.0', SURVEY.estate);
  if (!('comparison' in reading)) throw new Error('both sides are there');
  const shown = shownComparison(REPORT, reading.comparison, { ...WHOLE_VIEW, ...filters });
  const { name, rows, json } = exportComparison(reading.comparison, shown);
  expect(name).toBe('compare-v1.0.0-v1.1.0');
  expect(rows.slice(1).map(([component]) => component)).toEqual(
    shown.comparison.components.map(({ component }) => component),
  );
  expect(json).toEqual(
    note === undefined ? reading.comparison : { ...shown.comparison, note, hidden: { components: 2 } },
  );
});

test('a file says what is hidden in each format, and renders nothing that somebody published', () => {
  const exported: Exportable = {
    name: 'x',
    markdown: { heading: 'Things' },
    rows: [['release'], ['![](https://evil.example/p.png) | `x`\n| y']],
    json: { note: 'The filters hide 1 release.' },
    note: 'The filters hide 1 release.',
  };
  expect(WRITERS.CSV(exported).text.trimEnd().split('\r\n').at(-1)).toBe('"# The filters hide 1 release."');
  expect(WRITERS.JSON(exported).text).toBe('{\n  "note": "The filters hide 1 release."\n}\n');
  expect(WRITERS.Markdown(exported).text.split('\n')).toEqual([
    '# Things',
    '',
    'The filters hide 1 release.',
    '',
    '| `release` |',
    '| --- |',
    '| ``![](https://evil.example/p.png) ⟨U+007C⟩ `x`⟨U+000A⟩⟨U+007C⟩ y`` |',
    '',
  ]);
  expect(WRITERS.Markdown({ ...exported, rows: [['release']] }).text).toBe(
    '# Things\n\nThe filters hide 1 release.\n\nNothing.\n',
  );
});
