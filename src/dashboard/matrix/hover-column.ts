import { type PointerEvent, type RefObject, useCallback } from 'react';
import { COLUMN_PX, HEAD_COLUMN_PX } from './geometry.ts';

/**
 * Moves the strip that marks the column under the pointer. Past React on purpose: the pointer crosses cells far more
 * often than anything is drawn.
 */
export function useHoverColumn(strip: RefObject<HTMLElement | null>) {
  const point = useCallback(
    (event: PointerEvent) => {
      const element = strip.current;
      if (!element) return;
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
      const column = Number(cell?.dataset.column ?? -1);
      element.hidden = column < 0;
      if (column >= 0) element.style.transform = `translateX(${HEAD_COLUMN_PX + column * COLUMN_PX}px)`;
    },
    [strip],
  );
  const leave = useCallback(() => {
    if (strip.current) strip.current.hidden = true;
  }, [strip]);
  return { onPointerOver: point, onPointerLeave: leave };
}
