import { expect, test } from 'vitest';
import type { Exportable } from '../../../src/dashboard/export/exportable.ts';
import { WRITERS } from '../../../src/dashboard/export/file-text.ts';
import { exportFindings } from '../../../src/dashboard/export/findings-export.ts';
import { exportMatrix } from '../../../src/dashboard/export/matrix-export.ts';
import { applyFilters } from '../../../src/dashboard/filters/apply-filters.ts';
import type { ViewState } from '../../../src/dashboard/view-state.ts';
import { item, READ_AT, reportOf } from '../report-of.ts';

const VIEW: ViewState = {
  view: 'matrix',
  version: '',
  stage: [],
  type: [],
  env: [],
  q: '',
  problems: false,
  flip: false,
  release: null,
  component: null,
  folded: [],
  a: '',
  b: '',
  same: false,
  older: null,
  as: 'stable',
  manifest: 'json',
  group: 'code',
  severity: [],
  code: [],
  waived: 'show',
  shut: [],
};

const REPORT = reportOf([
  item('v1.0.0', 'backend#a', { date: '2026-10-01T12:00:00Z' }),
  item('v1.0.0', 'backend#b', { date: '2026-10-01T12:00:00Z' }),
  item('v1.1.0', 'backend#a', { componentVersion: '1.1.0+x', date: '2026-11-01T12:00:00Z' }),
  item('v1.1.0', 'k8s#prod-deployment/w', { replicas: 2, readyReplicas: 1, imageRef: 'w:1.1.0' }),
  item('v1.1.0', 'k8s#qa-deployment/w', { replicas: 2, readyReplicas: 2, imageRef: 'w:1.0.9' }),
]);

const matrixOf = (filters: Partial<ViewState>): Exportable => {
  const view = { ...VIEW, ...filters };
  return exportMatrix(REPORT, applyFilters(REPORT, view), view);
};

test.each<[string, Partial<ViewState>, readonly (readonly string[])[], string]>([
  [
    'all of it',
    {},
    [
      ['release', 'stage', 'verdict', 'complete', 'backend#a', 'backend#b', 'k8s#w'],
      ['v1.1.0', 'stable', 'fail', '1/2', '1.1.0+x', 'missing (error)', '1.0.9 / 1.1.0 (error)'],
      ['v1.0.0', 'stable', 'unknown', 'no roster', '1.0.0', '1.0.0', ''],
    ],
    `Read ${READ_AT}: 2 releases, 3 components. The filters hide nothing of it.`,
  ],
  [
    'one release, one type',
    { version: '1.1', type: ['backend'] },
    [
      ['release', 'stage', 'verdict', 'complete', 'backend#a', 'backend#b'],
      ['v1.1.0', 'stable', 'fail', '1/2', '1.1.0+x', 'missing (error)'],
    ],
    `Read ${READ_AT}: 1 of 2 releases, 2 of 3 components. The filters hide 1 release and 1 component.`,
  ],
  [
    'one environment',
    { env: ['qa'] },
    [
      ['release', 'stage', 'verdict', 'complete', 'k8s#w'],
      ['v1.1.0', 'stable', 'fail', '1/2', '1.0.9 (error)'],
    ],
    `Read ${READ_AT}: 1 of 2 releases, 1 of 3 components, entries of qa only. The filters hide 1 release and 2 components.`,
  ],
])('the matrix as a table: %s', (_, filters, rows, note) => {
  const exported = matrixOf(filters);
  expect(exported.rows).toEqual(rows);
  expect(exported.note).toBe(note);
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
  const view: ViewState = { ...VIEW, view: 'findings', code: ['missing-component'] };
  const { rows, json, note } = exportFindings(REPORT, applyFilters(REPORT, view), view);
  expect(rows.map((row) => row.slice(0, 6))).toEqual([
    ['code', 'severity', 'release', 'component', 'environment', 'finding'],
    ['missing-component', 'error', 'v1.1.0', 'backend#b', '', 'b is missing from v1.1.0'],
  ]);
  const all = REPORT.rows.reduce((sum, { findings }) => sum + findings.length, 0);
  expect(note).toBe(`Read ${READ_AT}: 2 releases, 3 components. The filters hide ${all - 1} findings.`);
  expect(json).toMatchObject({ hidden: { findings: all - 1 }, findings: [{ code: 'missing-component' }] });
});

test('a file says what is hidden in each format, and renders nothing that somebody published', () => {
  const exported: Exportable = {
    name: 'x',
    title: 'Things',
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
    '| ``![](https://evil.example/p.png) \\| `x`\\u{a}\\| y`` |',
    '',
  ]);
  expect(WRITERS.Markdown({ ...exported, rows: [['release']] }).text).toBe(
    '# Things\n\nThe filters hide 1 release.\n\nNothing.\n',
  );
});
