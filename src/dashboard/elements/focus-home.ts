import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus a home where drawing takes away what has it, which would leave it to the top of the page. It stays there
 * where somebody has put it: by a click into nothing.
 *
 * @param isOurs whether an element that gets the focus is one whose loss is to be made good; steady
 */
export function useFocusHome(home: RefObject<HTMLElement | null>, isOurs: (element: Element) => boolean): void {
  const had = useRef<Element | null>(null);
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      had.current = target instanceof Element && isOurs(target) ? target : null;
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) return;
      // So says what is taken out, too, in some browsers, and what has it when another window gets it: what it was is
      // known once drawing is done.
      queueMicrotask(() => {
        const left = had.current === target && had.current !== document.activeElement;
        if (left && had.current?.isConnected) had.current = null;
      });
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, [isOurs]);
  useEffect(() => {
    const goHome = () => {
      const lost = had.current?.isConnected === false && document.activeElement === document.body;
      if (lost) home.current?.focus({ preventScroll: true });
    };
    goHome();
    // What is in it is drawn anew by itself when an answer has come.
    const drawing = new MutationObserver(goHome);
    if (home.current !== null) drawing.observe(home.current, { childList: true, subtree: true });
    return () => drawing.disconnect();
  });
}
