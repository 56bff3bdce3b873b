import { useEffect } from 'react';
import type { Entry } from '../../views/search/entries.ts';
import type { SearchAnswer } from '../../views/search/search-answer.ts';
import type { Dialogs } from './dialogs.ts';

/**
 * Enter, where nothing is shown yet or what is shown was found by less than what has been typed: it means the best of what
 * will be found, not of what happens to stand there.
 *
 * @param found what has been found last, be it by what was typed before; null: nothing yet
 * @returns has the best of what is found by what is typed chosen as soon as it is there, unless more is typed
 */
export function useLateChoice(
  { search, setSearch }: Pick<Dialogs, 'search' | 'setSearch'>,
  found: SearchAnswer | null,
  onChoose: (entry: Entry) => void,
): () => void {
  const { typed, wanted } = search;
  useEffect(() => {
    if (wanted === null || found?.text !== typed) return;
    setSearch({ wanted: null });
    const best = found.groups[0]?.items[0];
    if (wanted === typed && best !== undefined) onChoose(best);
  }, [wanted, typed, found, setSearch, onChoose]);
  return () => setSearch({ wanted: typed });
}
