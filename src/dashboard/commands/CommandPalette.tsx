import { Suspense } from 'react';
import { laterPart } from '../../live/later-part.ts';
import type { Entry } from '../../views/search/entries.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { ALL_FINDINGS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { LiveReading } from '../state/live-reading.ts';
import { useChangeView, useGo } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { useActions } from './actions.ts';
import type { Dialogs } from './dialogs.ts';
import { useLateChoice } from './late-choice.ts';

const Palette = drawnLater(laterPart(() => import('./Palette.tsx')));

interface CommandPaletteProps {
  /** The table is still being read: what is typed is looked for once it is. */
  readonly isPart: boolean;
  /** Of the table, for links; null: they need none. */
  readonly mark: string | null;
  readonly live: LiveReading;
  readonly view: ViewState;
  readonly dialogs: Dialogs;
}

/** The search while it is open and there is something to look in, and what its entries bring about. */
export function CommandPalette(props: CommandPaletteProps) {
  const { isPart, mark, live, view, dialogs } = props;
  const { search, setSearch, show } = dialogs;
  const change = useChangeView();
  const go = useGo();
  const actions = useActions(live, view, () => show('help'), mark);
  const named = actions.map(({ id, label, detail }) => ({ id, label, detail }));
  const found = useAnswer('search', isPart ? null : { text: search.typed, actions: named });
  const onChoose = ({ id, leads }: Entry) => {
    show(null);
    switch (leads.to) {
      case 'place':
        go(leads.release, leads.component);
        break;
      case 'code':
        // All that the entry has counted.
        change({ ...ALL_FINDINGS, view: 'findings', code: [leads.code] });
        break;
      case 'view':
        change({ view: leads.view });
        break;
      case 'action':
        actions.find((action) => action.id === id)?.run();
    }
  };
  const chooseBest = useLateChoice(dialogs, found, onChoose);
  return (
    <Suspense fallback={null}>
      <Palette
        typed={search.typed}
        onType={(typed) => setSearch({ typed })}
        onReady={() => setSearch({ ready: true })}
        isPart={isPart}
        found={found}
        onChoose={onChoose}
        onChooseBest={chooseBest}
        onClose={() => show(null)}
      />
    </Suspense>
  );
}
