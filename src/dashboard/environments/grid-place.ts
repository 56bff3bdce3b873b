import { type KeyboardEvent, type RefObject, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { EnvironmentRow } from '../../views/environments/environments-answer.ts';
import { positionAfter } from '../grid/keyboard.ts';
import { clamp, type Position } from '../grid/place.ts';

/** The cell that is the table's one stop of the Tab key, by component and environment: it stays the same through polls. */
interface Chosen {
  readonly component: string;
  readonly environment: string;
}

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
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const wanted = useRef(false);
  const columns = environments.length;
  const position = {
    row: Math.max(0, chosen === null ? 0 : rows.findIndex(({ component }) => component.id === chosen.component)),
    column: Math.max(0, chosen === null ? 0 : environments.indexOf(chosen.environment)),
  };

  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const cell = table.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
    cell?.focus({ preventScroll: true });
    // With the scroll margins of the cell, so that it does not come to lie under the heads.
    cell?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });

  const choose = ({ row, column }: Position) => {
    const target = rows[row];
    const environment = environments[column];
    if (target !== undefined && environment !== undefined) setChosen({ component: target.component.id, environment });
  };

  return {
    position,
    onFocus({ target }: SyntheticEvent) {
      const at = placeIn(target)?.position ?? null;
      if (at !== null && (at.row !== position.row || at.column !== position.column)) choose(at);
    },
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
      wanted.current = true;
      // The heads are read with each cell and hold nothing to follow; the arrows stay among the cells.
      choose({ row: clamp(to.row, 0, rows.length - 1), column: clamp(to.column, 0, columns - 1) });
    },
  };
}

/** What a Page key goes by, rows: about what fits a screen. */
const PAGE_ROWS = 8;

/** The cell that something is in, and its place. */
export function placeIn(target: EventTarget): { readonly cell: Element; readonly position: Position } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row][data-column]') : null;
  if (cell === null) return null;
  return { cell, position: { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } };
}
