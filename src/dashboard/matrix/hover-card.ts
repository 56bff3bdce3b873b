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
import { type Axes, type Place, placeAt } from '../grid/place.ts';
import { positionOfEvent } from './grid-events.ts';

type Box = Pick<DOMRect, 'left' | 'top' | 'bottom'>;

/** A place of which more is told, and where it is on the screen. */
export interface CardAt {
  readonly place: Place;
  readonly box: Box;
}

/** Takes the place that is pointed at; null: none. */
export type Look = (place: Place | null, box: () => Box) => void;

/** How long one rests on a place before more is told of it, milliseconds; where nothing else names it, and from one to the next, less. */
const RESTS_MS = 600;
const UNNAMED_MS = 200;
const MOVES_MS = 150;
/** Longer than keys are apart while one holds an arrow. */
const FOCUSED_MS = 250;

const HEADS_AND_CELLS = ':is([role="gridcell"], [role="rowheader"], [role="columnheader"]):focus-visible';

/**
 * The place of which more is told: after a while under the pointer, soon where the keyboard leads to it. Escape ends it, and
 * so does whatever moves the place away.
 *
 * @param isDrawn nothing but the card names what is pointed at
 */
export function useHoverCard(axes: Axes, isDrawn: boolean) {
  const [at, setAt] = useState<CardAt | null>(null);
  const timer = useRef(0);
  const wanted = useRef('');
  const soon = useCallback((ms: number, place: Place | null, box: () => Box) => {
    const name = place === null ? '' : `${place.release}\n${place.component}`;
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
  const look = useCallback<Look>(
    (place, box) => soon(place === null || isOpen ? MOVES_MS : isDrawn ? UNNAMED_MS : RESTS_MS, place, box),
    [soon, isOpen, isDrawn],
  );
  const handlers = useMemo(
    () => ({
      onPointerOver(event: PointerEvent) {
        const { target, pointerType } = event;
        if (pointerType === 'touch' || !(target instanceof Element)) return;
        // On the card itself it stays, to be read and copied from.
        if (target.closest('[data-card]') !== null) {
          window.clearTimeout(timer.current);
          wanted.current = '';
          return;
        }
        if (target instanceof HTMLCanvasElement) return; // it says itself what is where
        const position = positionOfEvent(event);
        const element = target.closest('[data-column]');
        // What has a title of its own says that.
        const isTold = position === null || element === null || target.closest('[title]') !== null;
        look(isTold ? null : placeAt(axes, position), () => boxOf(element));
      },
      onPointerLeave: () => look(null, () => boxOf(null)),
      onPointerDown: close,
      onFocus(event: FocusEvent) {
        const { target } = event;
        const position = target.matches(HEADS_AND_CELLS) ? positionOfEvent(event) : null;
        if (position !== null) soon(FOCUSED_MS, placeAt(axes, position), () => boxOf(target));
      },
      onBlur: close,
      onKeyDownCapture(event: KeyboardEvent) {
        // What it leads to says all of it.
        if (event.key === 'Enter' || event.key === ' ') close();
      },
      // What is still to be told is where it will be then.
      onScrollCapture: () => setAt(null),
    }),
    [axes, look, soon, close],
  );
  return { at, look, handlers };
}

const NOWHERE: Box = { left: 0, top: 0, bottom: 0 };

function boxOf(element: Element | null): Box {
  return element?.getBoundingClientRect() ?? NOWHERE;
}
