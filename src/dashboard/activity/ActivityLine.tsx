import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ITEMS_TOLD } from '../../views/activity/activity.ts';
import type { ActivityLine as Line, LineItem } from '../../views/activity/activity-answer.ts';
import { typeDot } from '../elements/type-marks.ts';
import { CellLink } from '../elements/ViewLink.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';
import { timesText } from './moment-text.ts';

interface ActivityLineProps {
  readonly line: Line;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

/** The sign of each kind, and what it is called for those who cannot see it. */
const KINDS = {
  published: { glyph: '+', word: 'Published' },
  'rolled-out': { glyph: '▸', word: 'Rolled out' },
  replaced: { glyph: '≠', word: 'Changed' },
  ready: { glyph: '◐', word: 'Readiness' },
  checked: { glyph: '✓', word: 'Checked' },
  policy: { glyph: '§', word: 'Policy' },
  verdict: { glyph: '?', word: 'Verdict' },
  gone: { glyph: '−', word: 'Gone' },
} satisfies Record<Line['kind'], { readonly glyph: string; readonly word: string }>;

/** What happened together: when, to which release, what; where it is of several components they open beneath it. */
export const ActivityLine = memo(function ActivityLine({ line, open, onToggle }: ActivityLineProps) {
  const { id, kind, release, environment, from, to, what, deviation, place, isNew, inTable, count, items } = line;
  const { glyph: usual, word } = KINDS[kind];
  const failed = (kind === 'checked' || kind === 'verdict') && deviation !== '';
  const verdict = failed ? 'fail' : line.verdict;
  const { glyph, ink } = verdict ? VERDICT_LOOKS[verdict] : { glyph: usual, ink: 'text-dim' };
  // What differs leads to where it does; where nothing does, what happened.
  const target = inTable && release !== null && place !== undefined ? { release, ...place } : null;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className="border-b border-rule">
      <div className="flex min-h-7 items-center gap-x-3 px-4 text-base max-sm:flex-wrap max-sm:py-1">
        <span className="flex w-28 shrink-0 items-center gap-1.5 text-sm whitespace-nowrap text-dim tabular-nums">
          <span aria-hidden="true" className={clsx('size-1.5 shrink-0 rounded-full', isNew && NEW_DOT)} />
          {isNew && <span className="sr-only">New: </span>}
          <time dateTime={to}>{shownText(timesText(from, to))}</time>
        </span>
        <span className={clsx('w-4 shrink-0 text-center', ink)}>
          <span aria-hidden="true">{glyph}</span>
          <span className="sr-only">{word}</span>
        </span>
        <span className="flex w-52 shrink-0 items-baseline gap-1.5 font-mono text-sm max-sm:w-auto max-sm:grow">
          {release === null ? (
            <span className="font-sans text-dim">the table</span>
          ) : inTable ? (
            <CellLink release={release} component={null} className={LINK}>
              <VisibleLabel text={release} limit={60} />
            </CellLink>
          ) : (
            <VisibleLabel text={release} limit={60} className="truncate" />
          )}
          {environment !== null && kind !== 'checked' && (
            <span className="shrink-0 text-dim">
              → <VisibleLabel text={environment} limit={40} className="text-ink" />
            </span>
          )}
        </span>
        <span className="min-w-0 truncate max-sm:grow max-sm:basis-3/4 max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]">
          {what !== '' && (
            <span className="text-dim">
              <Words text={what} to={deviation === '' ? target : null} />
            </span>
          )}
          {what !== '' && deviation !== '' && ' · '}
          {deviation !== '' && (
            <span className={failed ? 'text-error' : 'text-warning'}>
              <Words text={deviation} to={target} />
            </span>
          )}
        </span>
        {count > 0 && (
          <button
            type="button"
            aria-expanded={open}
            aria-label={shownText(`${count} ${count === 1 ? 'component' : 'components'} of ${release}`)}
            onClick={() => onToggle(id)}
            className="flex h-6 shrink-0 items-center rounded px-2 text-dim hover:text-ink"
          >
            <Chevron size={13} aria-hidden="true" />
          </button>
        )}
      </div>
      {open && <Items line={line} items={items} />}
    </li>
  );
});

interface WordsProps {
  readonly text: string;
  /** Null: nowhere. */
  readonly to: { readonly release: string; readonly component: string; readonly environment: string | null } | null;
}

function Words({ text, to }: WordsProps) {
  const label = <VisibleLabel text={text} limit={300} />;
  if (to === null) return label;
  return (
    <CellLink {...to} className="rounded hover:underline">
      {label}
    </CellLink>
  );
}

const NEW_DOT = 'bg-accent forced-colors:bg-[CanvasText]';
const LINK = 'min-w-0 truncate rounded hover:text-accent hover:underline';

interface ItemsProps extends Pick<ActivityLineProps, 'line'> {
  readonly items: readonly LineItem[];
}

function Items({ line: { release, environment, count, inTable }, items }: ItemsProps) {
  return (
    <ul aria-label={shownText(`Components of ${release}`)} className="m-0 list-none bg-panel px-4 py-1">
      {items.map(({ component, owner, what, isNew }, at) => {
        const hash = component.indexOf('#');
        const name = component.slice(hash + 1);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries of a workload have the same id, and none moves
            key={`${component} ${at}`}
            className="flex min-h-7 items-center gap-x-3 pl-9 text-sm max-sm:flex-wrap"
          >
            <span className="flex w-52 min-w-0 shrink-0 items-center gap-1.5 max-sm:w-auto max-sm:max-w-full">
              <span
                aria-hidden="true"
                className={clsx('size-1.5 shrink-0 rounded-xs', typeDot(component.slice(0, hash)))}
              />
              <span className="sr-only">{shownText(component.slice(0, hash))} </span>
              {inTable && release !== null ? (
                <CellLink release={release} component={component} environment={environment} className={LINK}>
                  <VisibleLabel text={name} limit={80} />
                </CellLink>
              ) : (
                <VisibleLabel text={name} limit={80} className="truncate" />
              )}
              {isNew && (
                <>
                  <span aria-hidden="true" className={clsx('size-1.5 shrink-0 rounded-full', NEW_DOT)} />
                  <span className="sr-only">, new</span>
                </>
              )}
            </span>
            <span className="w-28 shrink-0 truncate text-dim max-sm:w-auto">
              {owner !== null && <VisibleLabel text={owner} limit={40} />}
            </span>
            <span className="min-w-0 flex-1">
              <VisibleText text={what} limit={200} />
            </span>
          </li>
        );
      })}
      {count > items.length && items.length >= ITEMS_TOLD && (
        <li className="pl-9 text-sm text-dim">{`and ${(count - items.length).toLocaleString('en')} more`}</li>
      )}
    </ul>
  );
}
