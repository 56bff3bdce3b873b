import { Suspense, useState } from 'react';
import { laterPart } from '../../live/later-part.ts';
import type { Entry } from '../../views/search/entries.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { ALL_FINDINGS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { LiveReading } from '../state/live-reading.ts';
import { useChangeView, useGo } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { useActions } from './actions.ts';
import { useFocusReturn } from './focus-return.ts';
import { useLateChoice } from './late-choice.ts';

const Palette = drawnLater(laterPart(() => import('./Palette.tsx')));

interface CommandPaletteProps {
  /** The table is still being read: what is typed is looked for once it is. */
  readonly isPart: boolean;
  /** Of the table, for links; null: they need none. */
  readonly mark: string | null;
  readonly live: LiveReading;
  readonly view: ViewState;
  readonly onHelp: () => void;
  readonly onClose: () => void;
}

/** The search while it is open, and what its entries bring about. */
export function CommandPalette(props: CommandPaletteProps) {
  const { isPart, mark, live, view, onHelp, onClose } = props;
  const change = useChangeView();
  const go = useGo();
  const [typed, setTyped] = useState('');
  const [ready, setReady] = useState(false);
  useFocusReturn();
  const actions = useActions(live, view, onHelp, mark);
  const named = actions.map(({ id, label, detail }) => ({ id, label, detail }));
  const found = useAnswer('search', isPart ? null : { text: typed, actions: named });
  const onChoose = ({ id, leads }: Entry) => {
    onClose();
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
  const chooseBest = useLateChoice(typed, found, onChoose);
  return (
    <>
      {!ready && <EarlyBox value={typed} onChange={setTyped} onEnter={chooseBest} onClose={onClose} />}
      <Suspense fallback={null}>
        <Palette
          typed={typed}
          onType={setTyped}
          onReady={() => setReady(true)}
          isPart={isPart}
          found={found}
          onChoose={onChoose}
          onChooseBest={chooseBest}
          onClose={onClose}
        />
      </Suspense>
    </>
  );
}

interface EarlyBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly onClose: () => void;
}

/** Takes what is typed until the search is there: it must be neither lost nor taken for the page's own keys. */
function EarlyBox({ value, onChange, onEnter, onClose }: EarlyBoxProps) {
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: one has just asked for it
      autoFocus
      aria-label="Search"
      className="sr-only"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnter();
        if (event.key === 'Escape') onClose();
      }}
    />
  );
}
