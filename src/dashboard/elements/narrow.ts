import { useSyncExternalStore } from 'react';

/**
 * A small screen, as a phone has one, and as any screen is at 400 % zoom: panels become dialogs, and nothing stays in
 * place while the rest scrolls. matrix-adapted.css and Tailwind's `sm` say the same in CSS.
 */
const NARROW = '(max-width: 639.98px)';
const LOW = '(max-height: 480px)';

export function isNarrow(): boolean {
  return matches(NARROW);
}

/** So little height that fixed column heads would take most of it. */
export function isLow(): boolean {
  return matches(NARROW) || matches(LOW);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}

/** jsdom has no media queries. */
function matches(query: string): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches;
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => {};
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
