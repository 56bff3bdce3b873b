import { type KeyboardEvent, type RefObject, useMemo } from 'react';
import type { EnvironmentRow } from '../../views/environments/environments-answer.ts';
import { positionAfter } from '../grid/keyboard.ts';
import { clamp, type Position } from '../grid/place.ts';
import { elementAt, useRovingFocus, useRovingPlace } from '../grid/roving-focus.ts';

/**
 * The table's keyboard: arrows, Home, End and Page keys lead from cell to cell, as in the matrix.
 *
 * @param rows as drawn; at least one
 * @param environments the names at the heads of the columns; at least one
 * @param onFollow called with the cell on which Enter or Space was pressed
 */
export function useGridPlace(
  table: RefObject<HTMLElement | null>,
  rows: readonly EnvironmentRow[],
  environments: readonly string[],
  onFollow: (position: Position) => void,
) {
  const columns = environments.length;
  const ids = useMemo(() => rows.map(({ component }) => component.id), [rows]);
  const active = useRovingPlace({
    placeAt: ({ row, column }) => ({ component: ids[row] ?? '', environment: environments[column] ?? '' }),
    positionOf: ({ component, environment }, last) => ({
      row: indexIn(ids, component, last.row),
      column: indexIn(environments, environment, last.column),
    }),
  });
  const { position, activate } = active;
  const handlers = useRovingFocus(table, active, (at) => {
    const cell = table.current && elementAt(table.current, at);
    // With the scroll margins of the cell, so that it does not come to lie under the heads.
    cell?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });

  return {
    position,
    ...handlers,
    onKeyDown(event: KeyboardEvent) {
      // A mark within a cell is a link of its own.
      const onCell = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'gridcell';
      if (onCell && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault();
        onFollow(position);
        return;
      }
      const shape = { rows: rows.length, columns, pageRows: PAGE_ROWS, pageColumns: columns };
      const to = positionAfter(event, position, shape);
      if (to === null) return;
      event.preventDefault();
      // The heads are read with each cell and hold nothing to follow; the arrows stay among the cells.
      const cell = { row: clamp(to.row, 0, rows.length - 1), column: clamp(to.column, 0, columns - 1) };
      activate(cell, { show: 'least', focus: true });
    },
  };
}

/** Where a name is now; where it is gone, what has moved to where it was. */
function indexIn(names: readonly string[], name: string, last: number): number {
  const index = names.indexOf(name);
  return index === -1 ? Math.min(last, names.length - 1) : index;
}

/** What a Page key goes by, rows: about what fits a screen. */
const PAGE_ROWS = 8;
