import { flushSync } from 'react-dom';

/** Shows the rest of a list, which takes away the button that was pressed for it: the focus goes on to the first of it. */
export function showRest(button: HTMLElement, show: () => void): void {
  const place = stops().indexOf(button);
  flushSync(show);
  // Nothing before the button has changed, so what has its place now is the first of what is new.
  stops()[place]?.focus();
}

/** Everything that can have the focus, in the page's order. */
function stops(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('a[href], button, input, summary, [tabindex]')];
}
