import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Entry } from '../../views/search/entries.ts';
import type { WhereAnswer } from '../../views/search/search-answer.ts';
import { PAGE_KEYS } from '../elements/keys.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { useAsk } from '../state/answers.ts';
import { useGo } from '../state/page-context.ts';
import { InFullLines } from './InFullLines.tsx';
import { useRestingDraft } from './resting-draft.ts';

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Id of the element that says what is wrong with the range in it; null: nothing is. */
  readonly faultId: string | null;
}

/** What the box says that it understands, on the screen and to a screen reader. */
const UNDERSTANDS = 'Release, ~1.4, component, owner, commit, digest, image, ticket, component@version, address of one';

/**
 * Filters as one types: by release, range, component and owner. What was pasted (a commit, a digest, an image, a ticket,
 * `component@version`, the address of one) is found as well: below the box stands where it is, what runs now first, and Enter leads there.
 * Escape shuts the list, then empties the box; Enter and leaving it apply at once what was typed.
 */
export function SearchBox({ value, onChange, inputRef, faultId }: SearchBoxProps) {
  const go = useGo();
  const { shown, type, applyNow } = useRestingDraft(value, onChange);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const found = useFound(open && shown.trim() !== '' ? shown : null);
  const isLate = found?.text !== shown;
  const answer = open && !isLate ? found : null;
  const entries = answer?.groups.flatMap(({ items }) => items) ?? [];
  const choose = (entry: Entry | undefined) => {
    if (entry?.leads.to !== 'place') return;
    setOpen(false);
    go(entry.leads.release, entry.leads.component);
  };
  const chooseFirst = useLateChoice(shown, answer, choose);
  const clear = () => {
    type('');
    applyNow('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    if (event.key === 'Enter') {
      applyNow(shown);
      if (entries.length > 0) choose(entries[Math.min(active, last)]);
      else if (open && isLate) chooseFirst();
    } else if (last >= 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((Math.min(active, last) + step + entries.length) % entries.length);
    } else if (event.key === 'Escape' && (entries.length > 0 || shown !== '')) {
      // Otherwise the same key would close the details panel as well.
      event.preventDefault();
      event.stopPropagation();
      if (entries.length > 0) setOpen(false);
      else clear();
    }
  };
  const listed = entries.length > 0;
  const says = answer !== null && (listed || answer.nothing !== null);
  return (
    <search
      className="relative w-80 min-w-44 shrink max-sm:hidden max-sm:w-full max-sm:group-data-open/filters:block"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <div
        className={clsx(
          'flex h-7 items-center gap-1.5 rounded-md border bg-page pr-1 pl-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
          faultId === null ? 'border-edge' : 'border-error',
        )}
      >
        <Search size={13} aria-hidden="true" className="shrink-0 text-dim" />
        <input
          ref={inputRef}
          type="text"
          role="combobox"
          aria-label="Filter and find"
          aria-autocomplete="list"
          aria-expanded={listed}
          aria-controls={listed ? `${id}-list` : undefined}
          aria-activedescendant={listed ? `${id}-${Math.min(active, entries.length - 1)}` : undefined}
          aria-invalid={faultId !== null}
          aria-describedby={faultId ?? undefined}
          aria-keyshortcuts={PAGE_KEYS.filter.key}
          autoComplete="off"
          spellCheck={false}
          title={UNDERSTANDS}
          placeholder={UNDERSTANDS}
          value={shown}
          onChange={(event) => {
            type(event.target.value);
            setOpen(true);
            setActive(0);
          }}
          onBlur={() => applyNow(shown)}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 truncate bg-transparent text-base text-ink outline-none placeholder:text-dim"
        />
        {shown === '' ? (
          <span aria-hidden="true" className="mr-0.5 rounded border border-rule px-1 font-mono text-xs text-dim">
            {PAGE_KEYS.filter.key}
          </span>
        ) : (
          <button
            type="button"
            aria-label="Empty the search box"
            className="flex h-5 w-5 shrink-0 items-center justify-center rounded text-dim hover:bg-panel hover:text-ink"
            onClick={() => {
              clear();
              inputRef.current?.focus();
            }}
          >
            <X size={13} aria-hidden="true" />
          </button>
        )}
      </div>
      {says && <Found id={id} answer={answer} active={Math.min(active, entries.length - 1)} onChoose={choose} />}
    </search>
  );
}

const HEADS: Readonly<Record<string, string>> = {
  Places: 'Releases that have it',
  Changes: 'In short',
  Releases: 'Releases',
};

interface FoundProps {
  readonly id: string;
  readonly answer: WhereAnswer;
  readonly active: number;
  readonly onChoose: (entry: Entry) => void;
}

/** What was found, below the box; the focus stays in the box. */
function Found({ id, answer, active, onChoose }: FoundProps) {
  const shownActive = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element is another one when the place is
  useEffect(() => {
    shownActive.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  let place = -1;
  return (
    <div className="absolute top-full left-0 z-40 mt-1 w-[36rem] max-w-[calc(100vw-2rem)] overflow-hidden rounded-md border border-edge bg-raised text-base text-ink shadow-lg">
      {answer.nothing !== null && (
        <p className="px-3 py-2 text-dim" aria-live="polite">
          <VisibleLabel text={answer.nothing} />
        </p>
      )}
      {answer.groups.length > 0 && (
        <div role="listbox" id={`${id}-list`} aria-label="Where it is" className="max-h-[28rem] overflow-y-auto py-1">
          {answer.groups.map(({ group, items, more }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list of options
            <div key={group} role="group" aria-label={shownText(HEADS[group] ?? group)}>
              <div aria-hidden="true" className="px-3 pt-1.5 pb-0.5 text-xs text-dim">
                {HEADS[group]}
                {more > 0 && ` · ${more} more`}
              </div>
              {items.map((entry) => {
                place++;
                const isActive = place === active;
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive: the focus is in the box, which names the active one
                  // biome-ignore lint/a11y/useKeyWithClickEvents: likewise the keys
                  <div
                    key={entry.id}
                    ref={isActive ? shownActive : null}
                    id={`${id}-${place}`}
                    role="option"
                    aria-selected={isActive}
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => onChoose(entry)}
                    className={clsx(
                      'cursor-pointer border-l-2 px-3 py-1 hover:bg-panel',
                      isActive ? 'border-accent bg-accent-soft' : 'border-transparent',
                      group !== 'Changes' && 'flex items-baseline justify-between gap-4',
                    )}
                  >
                    <VisibleLabel text={entry.label} className="block min-w-0 truncate" />
                    <span className={clsx('text-xs text-dim', group === 'Changes' && '[overflow-wrap:anywhere]')}>
                      <VisibleLabel text={entry.detail} limit={600} />
                    </span>
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      )}
      <InFullLines of={answer.inFull} />
    </div>
  );
}

/** Where what is written is; null: nothing is asked, or it is on its way. A failure finds nothing: the box still filters. */
function useFound(text: string | null): WhereAnswer | null {
  const [found, setFound] = useState<WhereAnswer | null>(null);
  const ask = useAsk();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (text === null) return;
    let wanted = true;
    latest.current('where', { text }).then(
      (answer) => wanted && setFound(answer),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  return found;
}

/**
 * Enter, right after something was pasted: it means the first of what will be found.
 *
 * @param answer what was found by what stands in the box; null: it is on its way, or the list is shut
 * @returns has the first of it chosen as soon as it is there, unless more is typed
 */
function useLateChoice(text: string, answer: WhereAnswer | null, choose: (entry: Entry | undefined) => void) {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null || answer === null) return;
    setWanted(null);
    if (wanted === answer.text) choose(answer.groups[0]?.items[0]);
  }, [wanted, answer, choose]);
  return () => setWanted(text);
}
