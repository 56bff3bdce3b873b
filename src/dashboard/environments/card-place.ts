import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { placeIn } from './grid-place.ts';

/** A cell that is looked at, and where it is on the screen. */
export interface CardPlace {
  readonly row: number;
  readonly column: number;
  readonly cell: Pick<DOMRect, 'left' | 'top' | 'bottom'>;
}

/** How long a pointer rests on a cell before more is told of it, milliseconds; from one cell to the next, or to the card, less. */
const RESTS_MS = 600;
const MOVES_MS = 150;

/**
 * The cell of which more is told: after a while under the pointer, at once where the keyboard leads to it. Escape ends it,
 * and so does whatever moves the cell away.
 */
export function useCardPlace() {
  const [at, setAt] = useState<CardPlace | null>(null);
  const timer = useRef(0);
  const soon = useCallback((ms: number, next: CardPlace | null) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setAt(next), ms);
  }, []);
  const close = useCallback(() => {
    window.clearTimeout(timer.current);
    setAt(null);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const isOpen = at !== null;
  const handlers = useMemo(
    () => ({
      onPointerOver: ({ target, pointerType }: PointerEvent) => {
        // On the card itself it stays, to be read and copied from.
        if (pointerType === 'touch') return;
        if (target instanceof Element && target.closest('[data-card]') !== null) window.clearTimeout(timer.current);
        else {
          const next = cardPlaceOf(target);
          soon(next !== null && !isOpen ? RESTS_MS : MOVES_MS, next);
        }
      },
      onPointerLeave: () => soon(MOVES_MS, null),
      onFocus: ({ target }: FocusEvent) => {
        if (target.matches('[role="gridcell"]:focus-visible')) soon(0, cardPlaceOf(target));
      },
      onBlur: close,
      onClick: close,
      onKeyDown: (event: KeyboardEvent) => {
        // What it leads to says all of it.
        if (event.key === 'Enter' || event.key === ' ') close();
        if (event.key !== 'Escape' || !isOpen) return;
        // The nearest thing that Escape ends: what else is open stays.
        event.preventDefault();
        close();
      },
      onScroll: close,
    }),
    [soon, close, isOpen],
  );
  return { at, handlers };
}

function cardPlaceOf(target: EventTarget): CardPlace | null {
  const found = placeIn(target);
  if (found === null) return null;
  const { left, top, bottom } = found.cell.getBoundingClientRect();
  return { ...found.position, cell: { left, top, bottom } };
}
