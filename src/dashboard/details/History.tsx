import { clsx } from 'clsx';
import { useId, useState } from 'react';
import type { CellState } from '../../release/report/report.ts';
import type { HistoryEntry } from '../../views/details/find-cell.ts';
import { Age } from '../elements/Age.tsx';
import { showRest } from '../elements/show-rest.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { SECTION_HEADING } from './EntrySection.tsx';
import { HistoryPlot } from './HistoryPlot.tsx';

interface HistoryProps {
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** Tag of the release that is shown. */
  readonly current: string;
  readonly onSelect: (tag: string) => void;
}

/** Shown at first; further where the release that is shown is an old one. */
const SHOWN = 12;
/** How many below the current one are shown at the least. */
const BELOW_CURRENT = 3;

/** The component's versions over the releases; each leads to its cell. */
export function History({ history, current, onSelect }: HistoryProps) {
  const [all, setAll] = useState(false);
  const headingId = useId();
  const at = history.findIndex(({ release }) => release.tag === current);
  const shown = all ? history : history.slice(0, Math.max(SHOWN, at + 1 + BELOW_CURRENT));
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className={SECTION_HEADING}>
        History
      </h3>
      {history.length === 0 && <p className="text-[12.5px] text-dim">No release has it.</p>}
      <HistoryPlot history={history} current={current} />
      <ol className="m-0 mt-1 list-none p-0">
        {shown.map((entry) => (
          <li key={entry.release.tag}>
            <HistoryButton entry={entry} current={entry.release.tag === current} onSelect={onSelect} />
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
  arriving: { glyph: '◌', ink: 'text-info' },
  'left-out': { glyph: '◌', ink: 'text-dim' },
  renamed: { glyph: '◌', ink: 'text-dim' },
} satisfies Record<CellState, { readonly glyph: string; readonly ink: string }>;

interface HistoryButtonProps {
  readonly entry: HistoryEntry;
  readonly current: boolean;
  readonly onSelect: (tag: string) => void;
}

function HistoryButton({ entry: { release, cell }, current, onSelect }: HistoryButtonProps) {
  const { glyph, ink } = GLYPHS[cell.state];
  const date = cell.entries.reduce<string | undefined>((latest, { fields }) => {
    return latest === undefined || (fields.date !== undefined && fields.date > latest) ? fields.date : latest;
  }, undefined);
  const absent = cell.entries.length === 0;
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={() => onSelect(release.tag)}
      className={clsx(
        'grid w-full grid-cols-[0.8rem_minmax(0,1fr)_minmax(0,1fr)_5rem] items-baseline gap-x-1.5 rounded px-1.5 py-1 text-left text-[12.5px]',
        current ? 'bg-accent-soft' : 'hover:bg-raised',
      )}
    >
      <span aria-hidden="true" className={ink}>
        {glyph}
      </span>
      <span className={clsx('truncate font-mono text-[12px]', current ? 'font-semibold text-ink' : 'text-ink')}>
        <VisibleLabel text={release.tag} />
      </span>
      <span className={clsx('truncate font-mono text-[12px]', absent ? ink : 'text-dim')}>
        <VisibleLabel text={cell.text} />
        {cell.state === 'unchanged' && <span className="sr-only"> unchanged</span>}
      </span>
      <span className="text-right text-[11.5px] whitespace-nowrap text-dim">
        {date !== undefined && <Age since={Date.parse(date)} />}
      </span>
    </button>
  );
}
