import { useMemo } from 'react';
import { ZOOMS } from '../../views/params.ts';
import type { Action } from '../../views/search/entries.ts';
import { isFiltered, NO_FILTERS } from '../filters/filter-words.ts';
import type { LiveReading } from '../state/live-reading.ts';
import { useChangeView } from '../state/page-context.ts';
import { sharedAddress } from '../state/table-mark.ts';
import { chooseTheme, THEMES } from '../state/theme.ts';
import { type ViewState, viewOf } from '../state/view-state.ts';

export interface RunAction extends Action {
  readonly run: () => void;
}

/** What can be done from the search, in the state the page is in. */
export function useActions(
  live: LiveReading,
  view: ViewState,
  showHelp: () => void,
  mark: string | null,
): readonly RunAction[] {
  const change = useChangeView();
  return useMemo(() => {
    const actions: RunAction[] = [];
    const add = (label: string, detail: string, run: () => void) => {
      actions.push({ id: `action:${label}`, label, detail, run });
    };
    add('Copy link to this view', 'address', () => {
      void navigator.clipboard.writeText(sharedAddress(location.href, mark)).catch(() => {});
    });
    if (isFiltered(view)) add('Clear filters', 'filters', () => change(NO_FILTERS));
    for (const { name, address } of live.reading?.table?.policy.views ?? []) {
      add(name, 'saved view', () => change(viewOf(address)));
    }
    add(view.problems ? 'Show what has no problems, too' : 'Show only problems', 'filters', () =>
      change({ problems: !view.problems }),
    );
    add(view.flip ? 'Show releases as rows' : 'Show components as rows', 'flip', () => change({ flip: !view.flip }));
    if (live.goesOn) {
      add(live.paused ? 'Resume reading' : 'Pause reading', 'live', () => live.setPaused(!live.paused));
      add('Read now', 'live', live.readNow);
    }
    if (live.news.size > 0) add('Mark all changes as seen', 'news', live.allSeen);
    for (const zoom of ZOOMS) add(`Zoom: ${zoom}`, 'zoom', () => change({ view: 'matrix', zoom }));
    for (const theme of THEMES) add(`Theme: ${theme}`, 'theme', () => chooseTheme(theme));
    add('List the keys', 'help', showHelp);
    return actions;
  }, [live, view, change, showHelp, mark]);
}
