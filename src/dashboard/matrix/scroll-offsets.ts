import type { Virtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import { flushSync } from 'react-dom';

type Told = (offset: number, isScrolling: boolean) => void;
type Observe = (instance: Virtualizer<HTMLDivElement, Element>, tell: Told) => (() => void) | undefined;

/**
 * Tells the virtualizers of rows and of columns of each scroll, both at once. Each by itself would ask where the element is
 * scrolled to when the other has just had the page drawn: the browser would lay that out to answer, and the page be drawn
 * twice.
 *
 * Neither is told that a scroll goes on, on which nothing here depends: it would ask how high the element is, with the same
 * effect, and be drawn once more at its end.
 *
 * @returns what both take as `observeElementOffset`; it stays the same
 */
export function useScrollOffsets(): Observe {
  const [observe] = useState(observer);
  return observe;
}

/**
 * Tells a virtualizer how large the element is, as `observeElementRect`: when the browser has laid it out. To ask for it when
 * it has just been drawn, as the virtualizer would by itself, makes one long task of drawing and layout.
 */
export function observeSize(
  { scrollElement }: Virtualizer<HTMLDivElement, Element>,
  tell: (rect: { readonly width: number; readonly height: number }) => void,
): (() => void) | undefined {
  if (scrollElement === null) return;
  const observer = new ResizeObserver(([entry]) => {
    const box = entry?.borderBoxSize[0];
    if (box !== undefined) tell({ width: box.inlineSize, height: box.blockSize });
  });
  observer.observe(scrollElement, { box: 'border-box' });
  return () => observer.disconnect();
}

/** For a virtualizer, whose element is scrolled by others: to where it is already, when it has just been drawn, too. */
export function scrollsNothing(): void {}

function observer(): Observe {
  const told = new Map<Virtualizer<HTMLDivElement, Element>, Told>();
  let ignore = (): void => {};
  const listen = (element: HTMLElement): void => {
    const onScroll = () => {
      const { scrollTop, scrollLeft } = element;
      // Within the frame of the scroll: what comes into view is there when it does.
      flushSync(() => {
        for (const [{ options }, tell] of told) tell(options.horizontal ? scrollLeft : scrollTop, false);
      });
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    ignore = () => element.removeEventListener('scroll', onScroll);
  };
  return (instance, tell) => {
    if (instance.scrollElement === null) return;
    if (told.size === 0) listen(instance.scrollElement);
    told.set(instance, tell);
    return () => {
      told.delete(instance);
      if (told.size === 0) ignore();
    };
  };
}
