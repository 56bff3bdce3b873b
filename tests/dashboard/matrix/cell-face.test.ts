import { describe, expect, it } from 'vitest';
import { looksOf } from '../../../src/dashboard/matrix/CellFace.tsx';
import type { Item } from '../../../src/release/item/item.ts';
import { cellColumns } from '../../../src/views/matrix/cell-columns.ts';
import { cellName, faceOf } from '../../../src/views/matrix/cell-face.ts';
import { policyOf } from '../../release/items.ts';
import { item, READ_AT, reportOf } from '../../release/report-of.ts';

const RUNS = { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3 };
const WAIVER = { release: '>=1', reason: 'known', by: 'ops', expires: '2026-12-31' };

/** A cell of v1.4.0, on top of two stable releases that have an api, a web workload and a shell. */
function cellOf(id: string, items: readonly Item[], document: unknown = undefined) {
  const below = ['v1.2.0', 'v1.3.0'].flatMap((release) => [
    item(release, 'backend#api', { componentVersion: '1.3.0' }),
    item(release, 'k8s#prod-deployment/web', { ...RUNS, imageRef: 'r.example/web:1.3.0' }),
    item(release, 'frontend#shell'),
  ]);
  const report = reportOf([...below, ...items], policyOf(document));
  const row = report.rows.find(({ release }) => release.tag.startsWith('v1.4.0'));
  const column = report.components.findIndex((component) => component.id === id);
  const component = report.components[column];
  if (row === undefined || component === undefined) throw new Error(`no such cell: ${id}`);
  return { component, release: row.release, cell: row.cells[column] ?? null };
}

function shownAs(
  id: string,
  items: readonly Item[],
  document: unknown = undefined,
  environments: string[] | null = null,
) {
  const { component, release, cell } = cellOf(id, items, document);
  const content = faceOf(component.type, release.tag, cell, environments);
  const { 'data-look': look, 'data-kind': kind, 'data-severity': severity, 'data-noted': noted } = looksOf(content);
  return [
    look,
    content.glyph,
    content.shown,
    severity ?? null,
    kind ?? null,
    noted ?? false,
    cellName(component, release, content),
  ];
}

const web = (attributes: Item, release = 'v1.4.0') =>
  item(release, 'k8s#prod-deployment/web', { ...RUNS, imageRef: 'r.example/web:1.4.0', ...attributes });
const other = item('v1.4.0', 'frontend#shell');
const alpha = item('v1.4.0-alpha.1', 'frontend#shell', { date: '2026-11-01T00:00:00Z' });
const young = item('v1.4.0-alpha.1', 'frontend#shell', { date: READ_AT });

describe('a cell of the grid', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['changed', shownAs('k8s#web', [web({})]), ['changed', '●', '', null, null, false, 'web in v1.4.0: 1.4.0']],
    [
      'unchanged',
      shownAs('backend#api', [item('v1.4.0', 'backend#api', { componentVersion: '1.3.0' })]),
      ['unchanged', '', '1.3.0', null, null, false, 'api in v1.4.0: 1.3.0'],
    ],
    [
      'new',
      shownAs('backend#added', [item('v1.4.0', 'backend#added')]),
      ['new', '+', '', null, null, false, 'added in v1.4.0: 1.4.0'],
    ],
    [
      'carried',
      shownAs('backend#api', [other], {
        roster: [{ component: 'backend#*', expectation: 'carried' }, { component: '*' }],
      }),
      ['carried', '⇡', '1.3.0', null, null, false, 'api in v1.4.0: 1.3.0, carried over from v1.3.0'],
    ],
    [
      'carried, with something wrong in what is inherited',
      shownAs('kafka#placed', [item('v1.3.0', 'kafka#placed', { schemaVersion: '2.0.0' }), other], {
        roster: [{ component: 'kafka#*', expectation: 'carried' }, { component: '*' }],
      }),
      [
        ...['carried', '?', '2.0.0', 'error', 'unknown', false],
        'placed in v1.4.0: 2.0.0, carried over from v1.3.0, 1 finding: schema-policy-missing',
      ],
    ],
    [
      'left out of a patch of a part',
      shownAs('backend#api', [
        other,
        item('v1.4.0', 'backend#api'),
        web({}),
        item('v1.4.0.1', 'frontend#shell', { npmVersion: '2.0.0' }),
      ]),
      ['left-out', '◌', '', null, null, false, 'api in v1.4.0.1: left out'],
    ],
    [
      'renamed: it came under another spelling, where the finding stands',
      shownAs('backend#api', [item('v1.4.0', 'backend#API', { componentVersion: '1.4.0' })]),
      ['renamed', '⇢', '', null, null, false, 'api in v1.4.0: renamed'],
    ],
    [
      'renamed: the finding stands on the first by code point, here the old name',
      shownAs('backend#a-p', [
        item('v1.2.0', 'backend#a-p'),
        item('v1.3.0', 'backend#a-p'),
        item('v1.4.0', 'backend#a_p'),
      ]),
      [...['renamed', '⇢', '', 'warning', 'remark', false], 'a-p in v1.4.0: renamed, 1 finding: near-duplicate-name'],
    ],
    [
      'missing',
      shownAs('backend#api', [other]),
      ['missing', '✕', '', 'error', 'missing', false, 'api in v1.4.0: missing'],
    ],
    [
      'missing where it need not be there yet',
      shownAs('backend#api', [alpha]),
      ['missing', '◌', '', null, 'missing', false, 'api in v1.4.0-alpha.1: missing'],
    ],
    [
      'missing and waived',
      shownAs('backend#api', [other], {
        waivers: [{ ...WAIVER, code: 'missing-component', component: 'backend#api' }],
      }),
      ['missing', '◇', '', null, 'waived', false, 'api in v1.4.0: missing'],
    ],
    [
      'arriving',
      shownAs('backend#api', [young]),
      ['arriving', '◌', '', null, 'missing', false, 'api in v1.4.0-alpha.1: arriving'],
    ],
    [
      'mismatched, an error',
      shownAs('backend#api', [item('v1.4.0', 'backend#api', { componentVersion: '1.2.0' })]),
      ['changed', '■', '1.2.0', 'error', 'mismatched', false, 'api in v1.4.0: 1.2.0, 1 finding: version-regressed'],
    ],
    [
      'mismatched, a warning',
      shownAs('backend#api', [item('v1.4.0-alpha.1', 'backend#api', { componentVersion: '1.2.0' })]),
      [
        'changed',
        '▲',
        '1.2.0',
        'warning',
        'mismatched',
        false,
        'api in v1.4.0-alpha.1: 1.2.0, 1 finding: version-regressed',
      ],
    ],
    [
      'not ready',
      shownAs('k8s#web', [web({ readyReplicas: 2 })]),
      ['changed', '◔', '2/3', 'error', 'not-ready', false, 'web in v1.4.0: 1.4.0, 1 finding: not-ready'],
    ],
    [
      'not ready though as many are ready as should be',
      shownAs('k8s#web', [web({ updatedReplicas: 1 })]),
      ['changed', '◔', '3/3', 'error', 'not-ready', false, 'web in v1.4.0: 1.4.0, 1 finding: not-ready'],
    ],
    [
      'unknown',
      shownAs('k8s#web', [item('v1.4.0', 'k8s#prod-deployment/web', { imageRef: 'r.example/web:1.4.0' })]),
      ['changed', '?', '', 'warning', 'unknown', false, 'web in v1.4.0: 1.4.0, 1 finding: readiness-unknown'],
    ],
    [
      'waived',
      shownAs('k8s#web', [web({ readyReplicas: 2 })], { waivers: [{ ...WAIVER, code: 'not-ready' }] }),
      ['changed', '◇', '2/3', null, 'waived', false, 'web in v1.4.0: 1.4.0, 1 finding: not-ready (waived)'],
    ],
    [
      'with a remark',
      shownAs('backend#api', [item('v1.4.0', 'backend#api', { date: '2030-01-01T00:00:00Z' })]),
      ['changed', '!', '', 'warning', 'remark', false, 'api in v1.4.0: 1.4.0, 1 finding: future-date'],
    ],
    [
      'with a note only',
      shownAs('k8s#web', [web({ replicas: 0, readyReplicas: 0 }, 'v1.4.0-alpha.1')]),
      ['changed', '', '1.4.0', null, 'not-ready', true, 'web in v1.4.0-alpha.1: 1.4.0, 1 finding: scaled-to-zero'],
    ],
    [
      'not part',
      shownAs('backend#gone', [item('v1.1.0', 'backend#gone'), other]),
      ['absent', '', '·', null, null, false, 'gone in v1.4.0: not part of this release'],
    ],
    [
      'not in the environments asked for',
      shownAs('k8s#web', [web({ readyReplicas: 2 })], undefined, ['qa']),
      ['elsewhere', '', '·', null, null, false, 'web in v1.4.0: not in qa'],
    ],
  ])('%s', (_, face, expected) => {
    expect(face).toEqual(expected);
  });
});

describe('the number of a cell', () => {
  const items = [web({ readyReplicas: 2 })];
  const { cell } = cellOf('k8s#web', items);
  const [finding] = cell?.findings ?? [];
  const [entry] = cell?.entries ?? [];
  if (cell === null || finding === undefined || entry === undefined) throw new Error('a cell with a finding');
  const [row] = reportOf(items).rows;
  if (row === undefined) throw new Error('a row');
  const numbersOf = (types: readonly string[], ...cells: (typeof cell | null)[]) => [
    ...cellColumns(null).rowOf({ ...row, cells }, types),
  ];

  it('is the same for a cell that a poll made anew, and 0 where there is none', () => {
    const again = { ...cell, entries: [{ ...entry }], findings: cell.findings.map((each) => ({ ...each })) };
    expect(numbersOf(['k8s', 'k8s', 'k8s'], cell, again, null)).toEqual([1, 1, 0]);
  });

  it.each([
    ['state', { ...cell, state: 'unchanged' as const }],
    ['text', { ...cell, text: '9.9.9' }],
    ['where it is carried from', { ...cell, carriedFrom: 'v1.3.0' }],
    ['environment', { ...cell, entries: [{ ...entry, environments: ['qa'] }] }],
    ['readiness', { ...cell, entries: [{ ...entry, fields: { ...entry.fields, readyReplicas: 1 } }] }],
    ['number of findings', { ...cell, findings: [] }],
    ['severity', { ...cell, findings: [{ ...finding, severity: 'info' as const }] }],
    ['environment of a finding', { ...cell, findings: [{ ...finding, environment: 'qa' }] }],
    ['waiver', { ...cell, findings: [{ ...finding, waived: { ...WAIVER, soon: false } }] }],
  ])('is another for another %s', (_, changed) => {
    expect(numbersOf(['k8s', 'k8s'], cell, changed)).toEqual([1, 2]);
  });

  it('stands for what the cell shows, whatever shared it', () => {
    const columns = cellColumns(null);
    const report = reportOf([...items, other, item('v1.3.0', 'backend#api'), item('v1.4.0', 'backend#api')]);
    const types = report.components.map(({ type }) => type);
    for (const each of report.rows) {
      const numbers = columns.rowOf(each, types);
      each.cells.forEach((held, column) => {
        expect(columns.faces[numbers[column] ?? -1]).toEqual(faceOf(types[column] ?? '', each.release.tag, held, null));
      });
    }
  });
});
