import { useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';

/** Shows the rest of a list, which takes away the button that was pressed for it: the focus goes on to the first of it. */
export function showRest(button: HTMLElement, show: () => void): void {
  const place = stops().indexOf(button);
  flushSync(show);
  // Nothing before the button has changed, so what has its place now is the first of what is new.
  stops()[place]?.focus();
}

/**
 * The same for a rest that has to be asked for first.
 *
 * @param isShown whether it is there by now
 * @returns is called with the button that was pressed for it
 */
export function useRest(isShown: boolean): (button: HTMLElement) => void {
  const place = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (!isShown || place.current === null) return;
    // Who has gone elsewhere meanwhile stays there.
    if (document.activeElement === document.body) stops()[place.current]?.focus();
    place.current = null;
  }, [isShown]);
  return (button) => {
    place.current = stops().indexOf(button);
  };
}

/** Everything that can have the focus, in the page's order. */
function stops(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('a[href], button, input, summary, [tabindex]')];
}
