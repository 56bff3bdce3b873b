import { clsx } from 'clsx';
import { useId, useState } from 'react';
import type { CellState } from '../../release/report/report.ts';
import type { CellDetails, HistoryLine } from '../../views/details/details-answer.ts';
import { Age } from '../elements/Age.tsx';
import { showRest } from '../elements/show-rest.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { SECTION_HEADING } from './EntrySection.tsx';
import { HistoryPlot } from './HistoryPlot.tsx';

interface HistoryProps extends Pick<CellDetails, 'history' | 'plot'> {
  /** Tag of the release that is shown. */
  readonly current: string;
  readonly onSelect: (tag: string) => void;
  /** Leads to the component over all releases; absent: that is shown. */
  readonly onAll?: () => void;
}

/** Shown at first; further where the release that is shown is an old one. */
const SHOWN = 12;
/** How many below the current one are shown at the least. */
const BELOW_CURRENT = 3;

/** The component's versions over the releases; each leads to its cell. */
export function History({ history, plot, current, onSelect, onAll }: HistoryProps) {
  const [all, setAll] = useState(false);
  const headingId = useId();
  const at = history.findIndex(({ release }) => release === current);
  const shown = all ? history : history.slice(0, Math.max(SHOWN, at + 1 + BELOW_CURRENT));
  return (
    <section aria-labelledby={headingId}>
      <div className="flex items-baseline">
        <h3 id={headingId} className={SECTION_HEADING}>
          History
        </h3>
        {onAll !== undefined && (
          <button
            type="button"
            onClick={onAll}
            className="ml-auto shrink-0 rounded text-sm text-accent hover:underline"
          >
            Open component
          </button>
        )}
      </div>
      {history.length === 0 && <p className="text-sm text-dim">No release has it.</p>}
      <HistoryPlot points={plot} current={current} />
      <ol className="m-0 mt-1 list-none p-0">
        {shown.map((line) => (
          <li key={line.release}>
            <HistoryButton line={line} current={line.release === current} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      {shown.length < history.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => showRest(currentTarget, () => setAll(true))}
          className="mt-1 text-xs text-accent hover:underline"
        >
          {`Show all ${history.length} releases`}
        </button>
      )}
    </section>
  );
}

/** Present, changed or expected but absent: told apart by shape and word, too. */
const GLYPHS = {
  new: { glyph: '●', ink: 'text-good' },
  changed: { glyph: '●', ink: 'text-good' },
  unchanged: { glyph: '○', ink: 'text-dim' },
  carried: { glyph: '○', ink: 'text-dim' },
  missing: { glyph: '◌', ink: 'text-error' },
  arriving: { glyph: '◌', ink: 'text-dim' },
  'left-out': { glyph: '◌', ink: 'text-dim' },
  renamed: { glyph: '◌', ink: 'text-dim' },
} satisfies Record<CellState, { readonly glyph: string; readonly ink: string }>;

interface HistoryButtonProps {
  readonly line: HistoryLine;
  readonly current: boolean;
  readonly onSelect: (tag: string) => void;
}

function HistoryButton({ line, current, onSelect }: HistoryButtonProps) {
  const { release, state, text, date, entries } = line;
  const { glyph, ink } = GLYPHS[state];
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={() => onSelect(release)}
      className={clsx(
        'grid w-full grid-cols-[0.8rem_minmax(0,1fr)_minmax(0,1fr)_5rem] items-baseline gap-x-1.5 rounded px-1.5 py-1 text-left text-sm',
        current ? 'bg-accent-soft' : 'hover:bg-raised',
      )}
    >
      <span aria-hidden="true" className={ink}>
        {glyph}
      </span>
      <span className={clsx('truncate font-mono text-sm', current ? 'font-semibold text-ink' : 'text-ink')}>
        <VisibleLabel text={release} />
      </span>
      <span className={clsx('truncate font-mono text-sm', entries === 0 ? ink : 'text-dim')}>
        <VisibleLabel text={text} />
        {state === 'unchanged' && <span className="sr-only"> unchanged</span>}
      </span>
      <span className="text-right text-sm whitespace-nowrap text-dim">
        {date !== null && <Age since={Date.parse(date)} />}
      </span>
    </button>
  );
}
