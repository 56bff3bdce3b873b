import { WEIGHT_WORDS } from '../../release/finding/weights.ts';
import type { Component } from '../../release/item/component.ts';
import { describeCell, readinessText } from '../../release/report/cell-words.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { verdictWords, whyUnknown } from '../../release/report/verdict-words.ts';
import { exportNote } from '../export/export-note.ts';
import type { Exportable } from '../export/exportable.ts';
import type { Visible } from '../filters/visible.ts';
import { describeVisible } from '../filters/visible-words.ts';
import { faceOf } from './cell-face.ts';

/** The matrix: as a table what its cells show; as JSON with environments, readiness and findings. */
export function exportMatrix(report: Report, visible: Visible): Exportable {
  const components = visible.columns.flatMap((column): [number, Component][] => {
    const component = report.components[column];
    return component === undefined ? [] : [[column, component]];
  });
  const shown = visible.rows.flatMap((index) => report.rows[index] ?? []);
  const { environments, hiddenRows, hiddenColumns } = visible;
  const table = shown.map((row) => [
    row.release.tag,
    row.release.stage,
    verdictWords(row),
    // Two numbers: a spreadsheet takes "3/4" for a day in April. Where nobody knows what belongs to it, none.
    ...(row.completeness.roster === 'none'
      ? ['', '']
      : [row.completeness.present, row.completeness.expected].map(String)),
    ...components.map(([column, component]) => {
      const { look, problem, text } = faceOf(component.type, row.release.tag, row.cells[column] ?? null, environments);
      if (look === 'absent' || look === 'elsewhere') return '';
      if (problem === null) return text;
      return `${text} (${WEIGHT_WORDS[problem.kind === 'waived' ? 'waived' : problem.severity][0]})`;
    }),
  ]);
  const note = exportNote(report.readAt, describeVisible(report, visible), [
    [hiddenRows, 'release'],
    [hiddenColumns, 'component'],
  ]);
  return {
    name: 'release-matrix',
    markdown: { heading: 'Release matrix' },
    rows: [['release', 'stage', 'verdict', 'present', 'expected', ...components.map(([, { id }]) => id)], ...table],
    json: {
      schema: 1,
      readAt: report.readAt,
      note,
      hidden: { releases: hiddenRows, components: hiddenColumns },
      environments,
      components: components.map(([, { id }]) => id),
      releases: shown.map((row) => ({
        release: row.release.tag,
        stage: row.release.stage,
        verdict: row.verdict.result,
        unknown: row.verdict.unknown,
        why: whyUnknown(row),
        completeness: row.completeness,
        cells: components.flatMap(([column, component]) => cellOf(row, column, component, environments)),
      })),
    },
    note,
  };
}

function cellOf(row: ReportRow, column: number, component: Component, environments: readonly string[] | null) {
  const cell = row.cells[column];
  if (!cell) return [];
  const isLeft = (names: readonly string[]) =>
    environments === null || names.some((name) => environments.includes(name));
  const entries = cell.entries.filter((entry) => isLeft(entry.environments));
  // What is missing runs in no environment and is missing in each.
  if (entries.length === 0 && cell.entries.length > 0) return [];
  const findings = cell.findings.filter(({ environment }) => environment === null || isLeft([environment]));
  return [
    {
      component: component.id,
      state: cell.state,
      says: describeCell(component, row.release, { ...cell, entries, findings }),
      carriedFrom: cell.carriedFrom,
      entries: entries.map((entry) => ({
        key: entry.key,
        version: entry.ownVersion,
        environments: entry.environments,
        ready: readinessText(entry),
        commit: entry.fields.commit ?? null,
        date: entry.fields.date ?? null,
      })),
      findings: findings.map(({ code, severity, environment, waived }) => ({
        code,
        severity,
        environment,
        waived: waived !== null,
      })),
    },
  ];
}
