import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';

/** How long typing rests before the filter is applied, milliseconds: below it the matrix would redraw at each key. */
const REST_MS = 150;

interface TextFilterProps {
  /** The accessible name. */
  readonly name: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** The key that leads here, shown while the box is empty. */
  readonly shortcut?: string;
  /** Id of the element that says what is wrong with the value; undefined where nothing is. */
  readonly faultId?: string | undefined;
  /** Its width, as a literal class name. */
  readonly className: string;
}

/** A box that filters as one types. Escape empties it; Enter and leaving it apply at once what was typed. */
export function TextFilter(props: TextFilterProps) {
  const { name, placeholder, value, inputRef, shortcut, faultId, className } = props;
  const { shown, type, applyNow } = useRestingDraft(value, props.onChange);
  const ownRef = useRef<HTMLInputElement>(null);
  const clear = () => {
    type('');
    applyNow('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') applyNow(shown);
    if (event.key !== 'Escape' || shown === '') return;
    // Otherwise the same key would close the details panel as well.
    event.preventDefault();
    event.stopPropagation();
    clear();
  };
  return (
    <div
      className={clsx(
        'flex h-7 items-center gap-1.5 rounded-md border bg-page pr-1 pl-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent',
        faultId === undefined ? 'border-edge' : 'border-error',
        className,
      )}
    >
      <Search size={13} aria-hidden="true" className="shrink-0 text-dim" />
      <input
        ref={(element) => {
          ownRef.current = element;
          if (typeof inputRef === 'function') inputRef(element);
          else if (inputRef) inputRef.current = element;
        }}
        type="text"
        aria-label={shownText(name)}
        aria-invalid={faultId !== undefined}
        aria-describedby={faultId}
        aria-keyshortcuts={shortcut}
        autoComplete="off"
        spellCheck={false}
        placeholder={shownText(placeholder)}
        value={shown}
        onChange={(event) => type(event.target.value)}
        onBlur={() => applyNow(shown)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent text-[13px] text-ink outline-none placeholder:text-dim"
      />
      {shown !== '' && (
        <button
          type="button"
          aria-label={shownText(`Clear ${name.toLowerCase()}`)}
          className="flex h-5 w-5 shrink-0 items-center justify-center rounded text-dim hover:bg-panel hover:text-ink"
          onClick={() => {
            clear();
            ownRef.current?.focus();
          }}
        >
          <X size={13} aria-hidden="true" />
        </button>
      )}
      {shown === '' && shortcut !== undefined && (
        <span
          aria-hidden="true"
          className="mr-0.5 rounded border max-xl:hidden border-rule px-1 font-mono text-[11px] leading-4 text-dim"
        >
          {shortcut}
        </span>
      )}
    </div>
  );
}

/**
 * Holds what is being typed until the typing rests. This is no copy of the view state: a draft exists only between a
 * key and its hand-over (then the URL alone says what the box holds), and is dropped when the URL changes meanwhile.
 */
function useRestingDraft(value: string, onChange: (value: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const [drawnValue, setDrawnValue] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });
  if (value !== drawnValue) {
    setDrawnValue(value);
    setDraft(null);
  }
  // The timer of a draft that was dropped must not bring it back: Back, then the old text again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the value changes, whatever it is
  useEffect(() => () => clearTimeout(timer.current), [value]);

  const applyNow = (text: string) => {
    clearTimeout(timer.current);
    setDraft(null);
    if (text !== latest.current.value) latest.current.onChange(text);
  };
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => applyNow(text), REST_MS);
  };
  return { shown: draft ?? value, type, applyNow };
}
