import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Head } from '../grid/heads.ts';
import type { Position } from '../grid/place.ts';

/**
 * Keeps what one looks at where it is when rows come or go above it: a release that is published must not push the
 * others from under the eye. At the very top nothing is kept, so that there the newest is seen.
 *
 * @param tops where each row begins
 * @param offset the scroll offset as last heard of. Asking the element instead would make the browser lay out the page
 *   on each step of a scroll
 * @param covered height of the column heads, CSS pixels
 */
export function useKeptInPlace(
  scroller: RefObject<HTMLElement | null>,
  down: readonly Head[],
  tops: readonly number[],
  offset: number,
  covered: number,
): void {
  const shown = useRef({ down, tops });
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { down, tops };
    if (before.down === down || offset === 0 || !scroller.current) return;
    const first = firstFrom(before.tops, offset + covered);
    const id = before.down[first]?.id;
    const index = down.findIndex((head) => head.id === id);
    const moved = index === -1 ? 0 : (tops[index] ?? 0) - (before.tops[first] ?? 0);
    if (moved !== 0) scroller.current.scrollTop += moved;
  });
}

/**
 * Keeps the chosen cell where it is when columns become wider or narrower before it: what they hold comes after a cell has
 * been gone to from another view.
 *
 * @param lefts where each column begins
 */
export function useColumnKeptInPlace(
  scroller: RefObject<HTMLElement | null>,
  chosen: Position | null,
  lefts: readonly number[],
): void {
  const shown = useRef(lefts);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = lefts;
    if (before === lefts || chosen === null || !scroller.current) return;
    const moved = (lefts[chosen.column] ?? 0) - (before[chosen.column] ?? 0);
    if (moved !== 0) scroller.current.scrollLeft += moved;
  });
}

/** Index of the first row that begins at an offset or after it. */
function firstFrom(tops: readonly number[], offset: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? Number.POSITIVE_INFINITY) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Shows the chosen cell again when the grid gets narrower, as it does when the details of that cell open beside it. */
export function useShownBesidePanel(
  scroller: RefObject<HTMLElement | null>,
  chosen: Position | null,
  show: (position: Position, how: 'amid') => void,
): void {
  const latest = useRef({ chosen, show });
  useLayoutEffect(() => {
    latest.current = { chosen, show };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      const narrower = element.clientWidth < width;
      width = element.clientWidth;
      if (narrower && latest.current.chosen !== null) latest.current.show(latest.current.chosen, 'amid');
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}
