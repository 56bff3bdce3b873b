import { Search } from 'lucide-react';
import type { Dialogs } from './dialogs.ts';
import { useFocusReturn } from './focus-return.ts';
import { SEARCH_BOX, SEARCH_LINE, SEARCH_POPUP } from './search-looks.ts';

interface EarlySearchProps {
  readonly dialogs: Dialogs;
  /** There is nothing yet to look in, and this may take its time. */
  readonly nothingRead: boolean;
}

/**
 * The search from the key that opens it until its own box has the focus, be it that the table is not read yet, or that what
 * was read is still being drawn: what is typed must be neither lost nor taken for the page's own keys. To be mounted for
 * as long as the search is open.
 */
export function EarlySearch({ dialogs: { search, setSearch, show }, nothingRead }: EarlySearchProps) {
  useFocusReturn();
  if (search.ready) return null;
  return (
    <div className={SEARCH_POPUP}>
      <div className={SEARCH_LINE}>
        <Search size={15} aria-hidden="true" className="shrink-0 text-dim" />
        <input
          // biome-ignore lint/a11y/noAutofocus: one has just asked for it
          autoFocus
          aria-label="Search"
          className={SEARCH_BOX}
          value={search.typed}
          onChange={(event) => setSearch({ typed: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setSearch({ wanted: search.typed });
            if (event.key === 'Escape') show(null);
          }}
        />
      </div>
      {nothingRead && (
        <p className="px-3.5 py-3 text-base text-dim">Nothing has been read yet: what matches is listed when it has.</p>
      )}
    </div>
  );
}
