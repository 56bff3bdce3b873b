import { type PointerEvent, type RefObject, useCallback } from 'react';
import { positionOfEvent } from './grid-events.ts';

/**
 * Moves the two strips that mark the row and the column under the pointer. Past React and without `:hover` on purpose:
 * while the wheel turns, the pointer crosses a row per frame, and each would be styled and painted anew. The strips hide
 * from a scroll on until the pointer itself moves.
 *
 * @param tops where each row begins, and after the last where it ends; `lefts` the same of the columns
 * @param rowPx height of a row
 */
export function useHoverStrips(
  row: RefObject<HTMLElement | null>,
  column: RefObject<HTMLElement | null>,
  tops: readonly number[],
  lefts: readonly number[],
  rowPx: number,
) {
  const hide = useCallback(() => {
    // Called at each step of a scroll: to set again what is set would still make the browser look at the styles.
    for (const { current } of [row, column]) if (current?.hidden === false) current.hidden = true;
  }, [row, column]);
  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      const at = positionOfEvent(event);
      // The last is where the row ends: what stands above it, its group's name, is no part of it.
      place(row.current, at === null || at.row < 0 ? null : `translateY(${(tops[at.row + 1] ?? 0) - rowPx}px)`);
      const left = at === null || at.column < 0 ? undefined : lefts[at.column];
      if (left !== undefined && column.current)
        column.current.style.width = `${(lefts[(at?.column ?? 0) + 1] ?? left) - left}px`;
      place(column.current, left === undefined ? null : `translateX(${left}px)`);
    },
    [row, column, tops, lefts, rowPx],
  );
  return { onPointerMove, hide };
}

function place(strip: HTMLElement | null, transform: string | null): void {
  if (!strip) return;
  if (strip.hidden !== (transform === null)) strip.hidden = transform === null;
  if (transform !== null) strip.style.transform = transform;
}
