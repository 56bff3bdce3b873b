import { isChanged } from '../../release/matrix/pairs.ts';
import type { Report, ReportCell, ReportRow } from '../../release/report/report.ts';

const MADE = new WeakMap<Report, Map<number, ReportRow>>();

/**
 * A pre-release as it stands for its whole line while that is folded: compared with the stable releases before it, as a
 * stable release is, and not with the rows that are folded away. The same object for the same report.
 */
export function foldedRow(report: Report, at: number): ReportRow | undefined {
  const made = MADE.get(report) ?? new Map<number, ReportRow>();
  MADE.set(report, made);
  const row = made.get(at) ?? foldRow(report, at);
  if (row !== undefined) made.set(at, row);
  return row;
}

function foldRow({ rows }: Report, at: number): ReportRow | undefined {
  const row = rows[at];
  const before = rows
    .slice(at + 1)
    .filter(({ release, withdrawn }) => release.stage === 'stable' && release.line !== null && withdrawn === undefined);
  // Where nothing is stable yet, it is compared as it is; and nothing is while not all has been read.
  if (row === undefined || before.length === 0 || isUnjudged(row)) return row;
  const state = (column: number, { entries }: ReportCell): ReportCell['state'] => {
    const held = before.find(({ cells }) => (cells[column]?.entries.length ?? 0) > 0)?.cells[column]?.entries;
    if (held === undefined) return 'new';
    return isChanged(held, entries) ? 'changed' : 'unchanged';
  };
  const cells = row.cells.map((cell, column) =>
    cell === null || cell.entries.length === 0 ? cell : { ...cell, state: state(column, cell) },
  );
  return { ...row, cells };
}

function isUnjudged({ verdict }: ReportRow): boolean {
  return verdict.result === 'unknown' && verdict.unknown.length === 0;
}
