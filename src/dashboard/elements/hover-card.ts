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

type Box = Pick<DOMRect, 'left' | 'top' | 'bottom'>;

/** A place of which more is told, and where it is on the screen. */
export interface CardAt<P> {
  readonly place: P;
  readonly box: Box;
}

/** Takes the place that is pointed at; null: none. */
export type Look<P> = (place: P | null, box: () => Box) => void;

/** The place that an element is of, and the element that stands for it; null: nothing is told of it. */
export type PlaceOf<P> = (target: Element) => { readonly place: P; readonly element: Element } | null;

/** How long one rests on a place before more is told of it, milliseconds; where nothing else names it, and from one to the next, less. */
const RESTS_MS = 600;
const UNNAMED_MS = 200;
const MOVES_MS = 150;
/** Longer than keys are apart while one holds an arrow. */
const FOCUSED_MS = 250;

/** The name of no place: from the card to nothing is a way to go, and ends it. */
const ON_CARD = 'card';

const HEADS_AND_CELLS = ':is([role="gridcell"], [role="rowheader"], [role="columnheader"]):focus-visible';

/**
 * The place of a grid of which more is told: after a while under the pointer, soon where the keyboard leads to it. Escape
 * ends it, and so does whatever moves the place away.
 *
 * @param placeOf stays the same while the places do
 * @param isDrawn nothing but the card names what is pointed at
 */
export function useHoverCard<P extends object>(placeOf: PlaceOf<P>, isDrawn = false) {
  const [at, setAt] = useState<CardAt<P> | null>(null);
  const timer = useRef(0);
  const wanted = useRef('');
  const soon = useCallback((ms: number, place: P | null, box: () => Box) => {
    const name = place === null ? '' : JSON.stringify(place);
    if (name === wanted.current) return;
    wanted.current = name;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setAt(place === null ? null : { place, box: box() }), ms);
  }, []);
  const close = useCallback(() => {
    wanted.current = '';
    window.clearTimeout(timer.current);
    setAt(null);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const isOpen = at !== null;
  useEffect(() => {
    if (!isOpen) return;
    // Of the whole page, as the focus may be anywhere. It is the nearest thing that Escape ends: what else is open stays.
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isOpen, close]);
  const look = useCallback<Look<P>>(
    (place, box) => soon(place === null || isOpen ? MOVES_MS : isDrawn ? UNNAMED_MS : RESTS_MS, place, box),
    [soon, isOpen, isDrawn],
  );
  const handlers = useMemo(
    () => ({
      onPointerOver({ target, pointerType }: PointerEvent) {
        if (pointerType === 'touch' || !(target instanceof Element)) return;
        // On the card itself it stays, to be read and copied from.
        if (target.closest('[data-card]') !== null) {
          window.clearTimeout(timer.current);
          wanted.current = ON_CARD;
          return;
        }
        if (target instanceof HTMLCanvasElement) return; // it says itself what is where
        const found = placeOf(target);
        look(found?.place ?? null, () => boxOf(found?.element ?? null));
      },
      onPointerLeave: () => look(null, () => boxOf(null)),
      onPointerDown: close,
      onFocus({ target }: FocusEvent) {
        const found = target.matches(HEADS_AND_CELLS) ? placeOf(target) : null;
        if (found !== null) soon(FOCUSED_MS, found.place, () => boxOf(target));
      },
      onBlur: close,
      onKeyDownCapture(event: KeyboardEvent) {
        // What it leads to says all of it.
        if (event.key === 'Enter' || event.key === ' ') close();
      },
      // What is still to be told is where it will be then.
      onScrollCapture: () => setAt(null),
    }),
    [placeOf, look, soon, close],
  );
  return { at, look, handlers };
}

const NOWHERE: Box = { left: 0, top: 0, bottom: 0 };

function boxOf(element: Element | null): Box {
  return element?.getBoundingClientRect() ?? NOWHERE;
}
