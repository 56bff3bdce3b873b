import { useCallback, useEffect, useMemo, useState } from 'react';
import { isPageKey } from '../elements/keys.ts';

/** The dialogs that lie over the whole page; one at a time. */
export type OpenDialog = 'search' | 'help';

/** What has been typed into the search since it was opened, be it before there is anything to look in. */
export interface SearchText {
  readonly typed: string;
  /** What was typed when Enter was pressed, the best of which is still to be chosen; null: nothing. */
  readonly wanted: string | null;
  /** Whether the search has its own box, with the focus. */
  readonly ready: boolean;
}

const NOTHING_TYPED: SearchText = { typed: '', wanted: null, ready: false };

export interface Dialogs {
  readonly open: OpenDialog | null;
  readonly show: (dialog: OpenDialog | null) => void;
  readonly search: SearchText;
  readonly setSearch: (part: Partial<SearchText>) => void;
}

/** Which dialog is open, and the keys that open one from anywhere. */
export function useDialogs(): Dialogs {
  const [state, setState] = useState<Pick<Dialogs, 'open' | 'search'>>({ open: null, search: NOTHING_TYPED });
  const setSearch = useCallback(
    (part: Partial<SearchText>) => setState((now) => ({ ...now, search: { ...now.search, ...part } })),
    [],
  );
  const show = useCallback((open: OpenDialog | null) => setState({ open, search: NOTHING_TYPED }), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = isPageKey(event, 'search') ? 'search' : isPageKey(event, 'help') ? 'help' : null;
      if (wanted === null) return;
      event.preventDefault();
      setState((now) => ({ open: now.open === wanted ? null : wanted, search: NOTHING_TYPED }));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return useMemo(() => ({ ...state, show, setSearch }), [state, show, setSearch]);
}
