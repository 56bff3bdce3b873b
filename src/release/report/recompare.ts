import type { Fragment } from '../item/fragment.ts';
import type { ChangedMatrix } from '../matrix/change-matrix.ts';
import type { Estate } from '../matrix/estate.ts';
import { rowBelow, rowMap } from './affected-rows.ts';
import { type Change, compareRow } from './report-cells.ts';
import type { Survey } from './survey.ts';

/**
 * What `comparisonSteps` would make, out of what it made before: a row is compared anew where it was touched, or where
 * what it is compared with says something else.
 *
 * @returns besides, the rows that say something else than before; untouched rows are the same arrays
 */
export function recompare(
  { touched, sameRows, matrix }: ChangedMatrix,
  before: Survey,
  now: Estate,
): { changes: Survey['changes']; otherRows: readonly number[] } {
  const rowNow = rowMap(before.estate, now, sameRows);
  const changes: (readonly (Change | null)[])[] = sameRows ? [...before.changes] : [];
  const pending = new Set<number>();
  const lookFrom = (start: number, column: number) => {
    for (let row = start - 1; row >= 0; row--) {
      if (matrix.entries[row]?.[column] == null) continue;
      pending.add(row);
      return;
    }
  };
  if (!sameRows) {
    before.changes.forEach((compared, row) => {
      const at = rowNow(row);
      if (at !== null) changes[at] = compared;
    });
    // The oldest release is compared with nothing.
    pending.add(matrix.releases.length - 1);
    const oldest = rowNow(before.changes.length - 1);
    if (oldest !== null) pending.add(oldest);
  }
  for (const { was, is, columns } of touched) {
    if (is !== null) pending.add(is);
    else if (was !== null) {
      const start = rowBelow(was, before.estate, now, rowNow);
      for (const column of columns) lookFrom(start, column);
    }
  }
  const otherRows: number[] = [];
  for (let row = matrix.releases.length - 1; row >= 0; row--) {
    if (!pending.has(row)) continue;
    const old = changes[row];
    const compared = compareRow(now, row, (column) => entriesBelow(changes, row, column)).map((change, column) => {
      const earlier = old?.[column] ?? null;
      if (!sameEntries(earlier, change)) lookFrom(row, column);
      return sameChange(earlier, change) ? earlier : change;
    });
    if (old !== undefined && compared.every((change, column) => change === old[column])) continue;
    changes[row] = compared;
    otherRows.push(row);
  }
  return { changes, otherRows };
}

function entriesBelow(
  changes: readonly (readonly (Change | null)[])[],
  from: number,
  column: number,
): readonly Fragment[] | undefined {
  for (let row = from + 1; row < changes.length; row++) {
    const change = changes[row]?.[column];
    if (change) return change.entries;
  }
  return undefined;
}

function sameChange(a: Change | null, b: Change | null): boolean {
  return sameEntries(a, b) && a?.state === b?.state;
}

function sameEntries(a: Change | null, b: Change | null): boolean {
  if (a === null || b === null) return a === b;
  return a.entries.length === b.entries.length && a.entries.every((entry, at) => entry === b.entries[at]);
}
