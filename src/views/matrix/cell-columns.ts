import type { Fragment } from '../../release/item/fragment.ts';
import type { ReportCell, ReportRow } from '../../release/report/report.ts';
import { ABSENT, type CellFace, faceOf, isOwn } from './cell-face.ts';

/**
 * The cells of the matrix as numbers. Most cells of a table show the same few thousand things; each of those is kept once,
 * and a cell is its number. So a hundred thousand cells are a hundred thousand numbers, of which the page is handed a copy
 * and draws by index.
 */
export interface CellColumns {
  /** What the numbers stand for. It only grows. Number 0 is `ABSENT`. */
  readonly faces: readonly CellFace[];
  /**
   * The cells of a row, one number per component of its report. The same array for the same row.
   *
   * @param types of the report's components
   */
  rowOf(row: ReportRow, types: readonly string[]): Uint32Array<ArrayBuffer>;
}

/** @param environments folded names chosen in the filter: only their entries are shown; null for all */
export function cellColumns(environments: readonly string[] | null): CellColumns {
  const faces: CellFace[] = [ABSENT];
  const numbers = new Map<string, number>();
  const rows = new WeakMap<ReportRow, Uint32Array<ArrayBuffer>>();
  const numberOf = (type: string, tag: string, cell: ReportCell): number => {
    const key = keyOf(type, tag, cell);
    let number = numbers.get(key);
    if (number === undefined) {
      number = faces.push(faceOf(type, tag, cell, environments)) - 1;
      numbers.set(key, number);
    }
    return number;
  };
  return {
    faces,
    rowOf(row, types) {
      let cells = rows.get(row);
      if (cells === undefined) {
        cells = new Uint32Array(row.cells.length);
        for (const [column, cell] of row.cells.entries()) {
          if (cell !== null) cells[column] = numberOf(types[column] ?? '', row.release.tag, cell);
        }
        rows.set(row, cells);
      }
      return cells;
    },
  };
}

/** Two cells with the same key have the same face. Far less work than the face itself. */
function keyOf(type: string, tag: string, { state, text, carriedFrom, entries, findings }: ReportCell): string {
  let key = `${type === 'k8s' ? 'k' : ''}${state}\n${text}\n${carriedFrom ?? ''}`;
  for (const entry of entries) key += `${isOwn(entry.ownVersion, tag) ? 'o' : ''}${entryKey(entry)}`;
  for (const { code, severity, environment, waived } of findings) {
    key += `\n!${code}${severity}${waived === null ? '' : 'w'}${environment ?? ''}`;
  }
  return key;
}

function entryKey({ type, environments, ownVersion, fields: { replicas, readyReplicas } }: Fragment): string {
  // Of the text of a cell with one entry its version is all.
  return `\n#${type === 'k8s' ? 'k' : ''}${environments.join('+')}\n${ownVersion}\n${replicas ?? ''}/${readyReplicas ?? ''}`;
}
