import { type RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * Makes everything beside an element inert while it covers the page: neither the Tab key nor a screen reader reaches
 * what nobody sees. What opens later, above it, is not touched.
 *
 * @returns lifts it at once: what is inert takes no focus, so that it must be lifted before the focus goes back there
 */
export function useInertBehind(covering: RefObject<HTMLElement | null>, covers: boolean): () => void {
  const behind = useRef<HTMLElement[]>([]);
  const lift = useCallback(() => {
    for (const each of behind.current) each.inert = false;
    behind.current = [];
  }, []);
  useEffect(() => {
    if (!covers) return;
    // Not beside the page itself: there menus and dialogs are put.
    for (let at = covering.current; at?.parentElement && at.parentElement !== document.body; at = at.parentElement) {
      for (const other of at.parentElement.children) {
        if (other !== at && other instanceof HTMLElement && !other.inert) behind.current.push(other);
      }
    }
    for (const each of behind.current) each.inert = true;
    return lift;
  }, [covering, covers, lift]);
  return lift;
}
