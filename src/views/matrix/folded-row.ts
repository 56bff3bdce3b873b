import type { Fragment } from '../../release/item/fragment.ts';
import { isChanged } from '../../release/matrix/pairs.ts';
import type { Report, ReportCell, ReportRow } from '../../release/report/report.ts';

/** By column what the nearest stable release below has there; nothing where none has the component. */
type Held = readonly (readonly Fragment[] | undefined)[];

const NONE: ReadonlyMap<number, ReportRow> = new Map();

/** Rows with what they were compared with: a poll leaves nearly all of both as they are. */
const MADE = new WeakMap<ReportRow, { readonly held: Held; readonly folded: ReportRow }>();

/**
 * Pre-releases as they stand for their whole lines while these are folded: compared with the stable releases before them,
 * as a stable release is, and not with the rows that are folded away.
 *
 * @param asked places of rows
 * @returns by place; the same object as for an earlier report where the row and what it is compared with are the same
 */
export function foldedRows({ rows }: Pick<Report, 'rows'>, asked: readonly number[]): ReadonlyMap<number, ReportRow> {
  if (asked.length === 0) return NONE;
  const isAsked = new Set(asked);
  const folded = new Map<number, ReportRow>();
  const held: (readonly Fragment[] | undefined)[] = [];
  let isStableBelow = false;
  // From the oldest up, so that all that is held below is known without being looked for.
  for (let place = rows.length - 1; place >= 0; place--) {
    const row = rows[place];
    if (row === undefined) continue;
    // Where nothing is stable yet, it is compared as it is; and nothing is while not all has been read.
    if (isAsked.has(place)) folded.set(place, !isStableBelow || isUnjudged(row) ? row : foldRow(row, held));
    const { release, withdrawn } = row;
    if (release.stage !== 'stable' || release.line === null || withdrawn !== undefined) continue;
    isStableBelow = true;
    for (const [column, cell] of row.cells.entries()) if (hasEntries(cell)) held[column] = cell.entries;
  }
  return folded;
}

function foldRow(row: ReportRow, held: Held): ReportRow {
  const known = MADE.get(row);
  const isSame = known && row.cells.every((cell, column) => !hasEntries(cell) || known.held[column] === held[column]);
  if (isSame) return known.folded;
  const cells = row.cells.map((cell, column) => {
    if (!hasEntries(cell)) return cell;
    const state = stateAfter(held[column], cell);
    return cell.state === state ? cell : { ...cell, state };
  });
  const folded = { ...row, cells };
  MADE.set(row, { held: held.slice(), folded });
  return folded;
}

function stateAfter(held: readonly Fragment[] | undefined, { entries }: ReportCell): ReportCell['state'] {
  if (held === undefined) return 'new';
  return isChanged(held, entries) ? 'changed' : 'unchanged';
}

function hasEntries(cell: ReportCell | null): cell is ReportCell {
  return cell !== null && cell.entries.length > 0;
}

function isUnjudged({ verdict }: ReportRow): boolean {
  return verdict.result === 'unknown' && verdict.unknown.length === 0;
}
