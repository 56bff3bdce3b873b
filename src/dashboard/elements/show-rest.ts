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
 * The same for a list whose rest has to be asked for first: the focus goes on once it is there, unless it has been put
 * elsewhere meanwhile.
 *
 * @param drawn how much of the list is drawn
 * @returns to be called with the button when it is pressed
 */
export function useRestShown(drawn: number): (button: HTMLElement) => void {
  const pressed = useRef<{ readonly place: number; readonly drawn: number } | null>(null);
  useLayoutEffect(() => {
    const before = pressed.current;
    if (before === null || drawn <= before.drawn) return;
    pressed.current = null;
    if (document.activeElement === document.body) stops()[before.place]?.focus();
  }, [drawn]);
  return (button) => {
    pressed.current = { place: stops().indexOf(button), drawn };
  };
}

/** Everything that can have the focus, in the page's order. */
function stops(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('a[href], button, input, summary, [tabindex]')];
}
