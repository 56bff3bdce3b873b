import { Autocomplete } from '@base-ui/react/autocomplete';
import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { SideChoice } from '../../views/compare/side-choices.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';

interface SidePickerProps {
  /** The accessible name, also written before the box. */
  readonly name: string;
  readonly value: string;
  readonly choices: readonly SideChoice[];
  readonly onChange: (value: string) => void;
  /** Id of the element that says what is wrong with the value; undefined where nothing is. */
  readonly faultId: string | undefined;
}

/** More than these are found by typing: a list of a thousand is no help. */
const LISTED = 200;

/**
 * A box for one side of a comparison: typed, or chosen from the list. Enter takes the best of what matches, which is
 * highlighted, and what was typed where nothing does; leaving the box takes what was typed, unless that is nothing.
 */
export function SidePicker({ name, value, choices, onChange, faultId }: SidePickerProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [drawnValue, setDrawnValue] = useState(value);
  const highlighted = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  if (value !== drawnValue) {
    // Swapped, or Back: what the URL says now wins over what is half typed.
    setDrawnValue(value);
    setDraft(null);
  }
  const latest = useRef(value);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    latest.current = value;
    // Whoever has chosen and types on means another one, not a longer name.
    if (document.activeElement === box.current) box.current?.select();
  }, [value]);
  // What is chosen and what stands in the box is shown; it means the name.
  const shownValue = shownText(value);
  const take = (text: string) => {
    setDraft(null);
    const typed = text.trim();
    const meant = choices.find((choice) => shownText(choice.value) === typed)?.value ?? typed;
    if (meant !== latest.current && typed !== shownText(latest.current)) onChange(meant);
  };
  const wanted = draft?.trim().toLowerCase();
  const items = useMemo(() => {
    const exact = choices.find((choice) => shownText(choice.value).toLowerCase() === wanted);
    return exact === undefined ? choices : [exact, ...choices.filter((choice) => choice !== exact)];
  }, [choices, wanted]);
  return (
    <Autocomplete.Root<SideChoice>
      items={items}
      autoHighlight
      limit={LISTED}
      value={draft ?? shownValue}
      itemToStringValue={(choice) => shownText(choice.value)}
      // A box that still holds its value has not been typed in: then everything can be chosen.
      filter={(choice, typed) =>
        typed === shownValue || shownText(choice.value).toLowerCase().includes(typed.trim().toLowerCase())
      }
      onItemHighlighted={(choice) => {
        highlighted.current = choice !== undefined;
      }}
      onValueChange={(text, { reason }) => {
        if (reason === 'item-press') take(text);
        else setDraft(text);
      }}
      openOnInputClick
    >
      <Autocomplete.InputGroup
        className={clsx(
          'flex h-8 w-56 items-center rounded-md border bg-page pl-2.5 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent max-xl:w-48',
          faultId === undefined ? 'border-edge' : 'border-error',
        )}
      >
        <span aria-hidden="true" className="mr-2 text-sm text-dim">
          {shownText(name)}
        </span>
        <Autocomplete.Input
          aria-label={shownText(name)}
          aria-invalid={faultId !== undefined}
          aria-describedby={faultId}
          autoComplete="off"
          spellCheck={false}
          placeholder="v1.4.0, @prod, prev"
          ref={box}
          // What one types takes the place of what is there.
          onFocus={({ currentTarget }) => currentTarget.select()}
          onBlur={(event) => {
            if (draft === null || list.current?.contains(event.relatedTarget)) return;
            // Escape empties the box, too: who only leaves it then has chosen nothing.
            if (draft.trim() === '') setDraft(null);
            else take(draft);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !highlighted.current && draft !== null) take(draft);
          }}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-sm text-ink outline-none placeholder:font-sans placeholder:text-dim"
        />
        <Autocomplete.Trigger
          aria-label={shownText(`List for ${name}`)}
          className="grid h-full w-7 shrink-0 place-items-center text-dim hover:text-ink"
        >
          <ChevronDown size={14} aria-hidden="true" />
        </Autocomplete.Trigger>
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-50">
          <Autocomplete.Popup
            ref={list}
            className="w-80 rounded-md border border-edge bg-raised text-base text-ink shadow-lg"
          >
            <Autocomplete.Empty className="px-3 py-2 text-dim empty:hidden">No matches.</Autocomplete.Empty>
            <Autocomplete.List aria-label={shownText(name)} className="max-h-80 overflow-y-auto p-1 empty:p-0">
              {(choice: SideChoice) => (
                <Autocomplete.Item
                  key={choice.value}
                  value={choice}
                  className="flex cursor-pointer items-center justify-between gap-3 rounded px-2 py-1 data-[highlighted]:bg-accent-soft"
                >
                  <span className="truncate font-mono text-sm">
                    <VisibleLabel text={choice.value} />
                  </span>
                  {choice.stage === null ? (
                    <span className="truncate text-sm text-dim">
                      <VisibleLabel text={choice.note} />
                    </span>
                  ) : (
                    <StageBadge stage={choice.stage} />
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
