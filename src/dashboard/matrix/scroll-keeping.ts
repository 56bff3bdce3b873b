import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Head } from './heads.ts';
import type { Position } from './place.ts';

/**
 * Keeps what one looks at where it is when rows come or go above it: a release that is published must not push the
 * others from under the eye. At the very top nothing is kept, so that there the newest is seen.
 *
 * @param tops where each row begins
 * @param covered height of the column heads, CSS pixels
 */
export function useKeptInPlace(
  scroller: RefObject<HTMLElement | null>,
  down: readonly Head[],
  tops: readonly number[],
  covered: number,
): void {
  const kept = useRef<{ down: readonly Head[]; id: string; top: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = kept.current;
    if (before !== null && before.down !== down && element.scrollTop > 0) {
      const index = down.findIndex(({ id }) => id === before.id);
      const moved = index === -1 ? 0 : (tops[index] ?? before.top) - before.top;
      if (moved !== 0) element.scrollTop += moved;
    }
    const first = firstFrom(tops, element.scrollTop + covered);
    const head = down[first];
    kept.current = head ? { down, id: head.id, top: tops[first] ?? 0 } : null;
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
  show: (position: Position) => void,
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
      if (narrower && latest.current.chosen !== null) latest.current.show(latest.current.chosen);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}
