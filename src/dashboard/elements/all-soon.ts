import { useDeferredValue } from 'react';

/**
 * A long list of which the first are drawn with the page that they are on, and the others right after it, in pieces
 * between which the page answers.
 *
 * @param list the same object as long as it holds the same
 * @param atOnce how many the page shows before anybody has scrolled
 */
export function useAllSoon<Item>(list: readonly Item[], atOnce: number): readonly Item[] {
  return useDeferredValue(list, list.slice(0, atOnce));
}
