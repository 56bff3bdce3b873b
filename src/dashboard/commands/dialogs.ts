import { useCallback, useEffect, useState } from 'react';
import { isPageKey } from '../elements/keys.ts';

/** The dialogs that lie over the whole page; one at a time. */
export type OpenDialog = 'search' | 'help';

/** Which dialog is open, and the keys that open one from anywhere. */
export function useDialogs(): { readonly open: OpenDialog | null; readonly show: (dialog: OpenDialog | null) => void } {
  const [open, show] = useState<OpenDialog | null>(null);
  const onKeyDown = useCallback((event: KeyboardEvent) => {
    const wanted = isPageKey(event, 'search') ? 'search' : isPageKey(event, 'help') ? 'help' : null;
    if (wanted === null) return;
    event.preventDefault();
    show((now) => (now === wanted ? null : wanted));
  }, []);
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onKeyDown]);
  return { open, show };
}
