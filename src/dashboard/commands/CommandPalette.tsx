import { lazy, Suspense, useState } from 'react';
import { laterPart } from '../../live/server-secret.ts';
import type { ProblemPlace } from '../../views/filters/next-problem.ts';
import type { Entry } from '../../views/search/entries.ts';
import { ALL_FINDINGS } from '../filters/filter-words.ts';
import type { LiveReading } from '../state/live-reading.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { useActions } from './actions.ts';
import { useFocusReturn } from './focus-return.ts';
import type { PaletteProps } from './Palette.tsx';

const Palette = lazy(laterPart(() => import('./Palette.tsx')));

interface CommandPaletteProps extends Pick<PaletteProps, 'report' | 'fragments' | 'onClose'> {
  readonly live: LiveReading;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly onGo: (to: ProblemPlace) => void;
  readonly onHelp: () => void;
}

/** The search while it is open, and what its entries bring about. */
export function CommandPalette(props: CommandPaletteProps) {
  const { report, fragments, live, view, change, onGo, onHelp, onClose } = props;
  const [typed, setTyped] = useState('');
  const [ready, setReady] = useState(false);
  useFocusReturn();
  const actions = useActions(live, view, change, onHelp);
  const onChoose = ({ leads }: Entry) => {
    onClose();
    switch (leads.to) {
      case 'place':
        onGo(leads);
        break;
      case 'code':
        // All that the entry has counted.
        change({ ...ALL_FINDINGS, view: 'findings', code: [leads.code] });
        break;
      case 'view':
        change({ view: leads.view });
        break;
      case 'action':
        leads.run();
    }
  };
  return (
    <>
      {!ready && <EarlyBox value={typed} onChange={setTyped} onClose={onClose} />}
      <Suspense fallback={null}>
        <Palette
          typed={typed}
          onType={setTyped}
          onReady={() => setReady(true)}
          report={report}
          fragments={fragments}
          actions={actions}
          onChoose={onChoose}
          onClose={onClose}
        />
      </Suspense>
    </>
  );
}

interface EarlyBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onClose: () => void;
}

/** Takes what is typed until the search is there: it must be neither lost nor taken for the page's own keys. */
function EarlyBox({ value, onChange, onClose }: EarlyBoxProps) {
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: one has just asked for it
      autoFocus
      aria-label="Search"
      className="sr-only"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    />
  );
}
