import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Popover } from './Popover.tsx';
import { VisibleLabel } from './VisibleText.tsx';

/** One value that can be chosen. */
export interface Choice<T extends string> {
  readonly value: T;
  /** What the button says; it is in the accessible name. */
  readonly label: string;
  /** The accessible name, where it says more than the label. */
  readonly name?: string;
  /** A small sign before the label. */
  readonly mark?: ReactNode;
  /** Shown in place of the label, which it must say. */
  readonly badge?: ReactNode;
  /** How much there is of it, told in a list. */
  readonly count?: number;
}

interface ChoiceGroupProps<T extends string> {
  /** The accessible name: "Environment". */
  readonly name: string;
  /** The many of it, for the button that opens the rest: "environments". */
  readonly plural: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
  /** How many stand in the bar; the others are behind a button. */
  readonly inBar: number;
}

/**
 * Values of which any number can be chosen, none meaning all. The first few stand in the bar; where there are more, a
 * button opens the whole list. Everything is inside the one group, so that it is found by the group's name.
 */
export function ChoiceGroup<T extends string>(props: ChoiceGroupProps<T>) {
  const { name, choices, chosen, onChange, inBar } = props;
  const group = useRef<HTMLFieldSetElement>(null);
  // One button is no bar's worth of saving: it stands where the button to open it would.
  const folds = choices.length > inBar + 1;
  return (
    <fieldset
      ref={group}
      aria-label={shownText(name)}
      className="relative m-0 flex min-w-0 flex-wrap items-center gap-1 border-0 p-0 max-xl:gap-0.5"
    >
      {(folds ? choices.slice(0, inBar) : choices).map((choice) => (
        <ToggleChip
          key={choice.value}
          choice={choice}
          pressed={chosen.includes(choice.value)}
          onClick={() => onChange(toggled(chosen, choice.value))}
        />
      ))}
      {folds && <AllChoices {...props} container={group} />}
    </fieldset>
  );
}

export const CHIP =
  'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-1.5 text-sm whitespace-nowrap transition-colors max-xl:gap-1';
export const CHIP_OFF = 'border-edge bg-raised text-ink hover:bg-panel';
export const CHIP_ON = 'border-accent bg-accent-soft text-ink ring-1 ring-accent ring-inset';

interface ToggleChipProps<T extends string> {
  readonly choice: Choice<T>;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

function ToggleChip<T extends string>({ choice, pressed, onClick }: ToggleChipProps<T>) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={choice.name && shownText(choice.name)}
      title={choice.label.length > LONG ? shownText(choice.label) : undefined}
      onClick={onClick}
      className={clsx(CHIP, choice.badge !== undefined && 'px-1', pressed ? CHIP_ON : CHIP_OFF)}
    >
      {choice.mark}
      {choice.badge ?? (
        <span className="max-w-32 truncate">
          <VisibleLabel text={choice.label} />
        </span>
      )}
    </button>
  );
}

/** A label longer than this, in characters, may be cut; its button then says it whole on pointing. */
const LONG = 18;
/** A list longer than this can be searched. */
const SEARCHED_FROM = 12;

interface AllChoicesProps<T extends string> extends ChoiceGroupProps<T> {
  readonly container: React.RefObject<HTMLElement | null>;
}

function AllChoices<T extends string>(props: AllChoicesProps<T>) {
  const { plural, choices, chosen, onChange, inBar, container } = props;
  // What stands in the bar shows its own state; the button tells only of what cannot be seen.
  const inside = choices.slice(inBar).filter(({ value }) => chosen.includes(value));
  return (
    <Popover.Root>
      <Popover.Trigger className={clsx(CHIP, inside.length > 0 ? CHIP_ON : CHIP_OFF)}>
        {shownText(insideWords(inside, props))}
        <ChevronDown size={13} aria-hidden="true" />
      </Popover.Trigger>
      <ChoicePopup container={container} plural={plural} choices={choices} chosen={chosen} onChange={onChange} />
    </Popover.Root>
  );
}

type ChoiceListProps<T extends string> = Pick<ChoiceGroupProps<T>, 'plural' | 'choices' | 'chosen' | 'onChange'>;

interface ChoicePopupProps<T extends string> extends ChoiceListProps<T> {
  /** The group of it, by whose name it is found. */
  readonly container: React.RefObject<HTMLElement | null>;
}

/** What a button of a group opens: all of its values. */
export function ChoicePopup<T extends string>({ container, ...list }: ChoicePopupProps<T>) {
  return (
    <Popover.Portal container={container}>
      <Popover.Positioner align="start" sideOffset={4} className="z-40">
        <Popover.Popup
          aria-label={shownText(`All ${list.plural}`)}
          className="flex max-h-80 w-64 flex-col rounded-md border border-edge bg-raised shadow-lg"
        >
          <ChoiceList {...list} />
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  );
}

/** All of the values, each with a box to tick; a long list can be searched. */
function ChoiceList<T extends string>({ plural, choices, chosen, onChange }: ChoiceListProps<T>) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = choices.filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <>
      {choices.length > SEARCHED_FROM && (
        <input
          type="text"
          aria-label={shownText(`Find among ${plural}`)}
          placeholder={shownText(`Find among ${choices.length} ${plural}`)}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="m-1.5 h-7 shrink-0 rounded border border-edge bg-page px-2 text-base text-ink placeholder:text-dim"
        />
      )}
      <div className="min-h-0 flex-1 overflow-y-auto p-1">
        {found.map((choice) => (
          <MenuToggle
            key={choice.value}
            choice={choice}
            pressed={chosen.includes(choice.value)}
            onClick={() => onChange(toggled(chosen, choice.value))}
          />
        ))}
        {found.length === 0 && <p className="px-2 py-1 text-dim">No matches.</p>}
      </div>
      {chosen.length > 0 && (
        <button
          type="button"
          className="border-t border-rule p-2 text-left text-xs text-dim hover:text-ink"
          onClick={() => onChange([])}
        >
          {shownText(`Choose none of the ${plural} (shows all)`)}
        </button>
      )}
    </>
  );
}

function toggled<T>(chosen: readonly T[], value: T): T[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}

/** What the button says; where nothing stands in the bar, it says all there is to say. */
function insideWords<T extends string>(
  inside: readonly Choice<T>[],
  { plural, choices, inBar }: ChoiceGroupProps<T>,
): string {
  const [one] = inside;
  if (one === undefined) return `All ${plural}`;
  if (inBar > 0) return `${inside.length} more of all ${plural}`;
  return inside.length === 1 ? one.label : `${inside.length} of ${choices.length} ${plural}`;
}

/** A checkbox, not a second pressed button: the one in the bar has the same name. */
function MenuToggle<T extends string>({ choice, pressed, onClick }: ToggleChipProps<T>) {
  return (
    <label
      title={choice.label.length > LONG ? shownText(choice.label) : undefined}
      className="flex cursor-pointer items-center gap-2 rounded px-2 py-1 text-base text-ink hover:bg-panel"
    >
      <input
        type="checkbox"
        aria-label={choice.name && shownText(choice.name)}
        checked={pressed}
        onChange={onClick}
        className="h-3.5 w-3.5 shrink-0 accent-accent"
      />
      {choice.mark}
      {choice.badge ?? (
        <span className="truncate">
          <VisibleLabel text={choice.label} />
        </span>
      )}
      {choice.count !== undefined && (
        <span aria-hidden="true" className="ml-auto text-xs text-dim tabular-nums">
          {choice.count.toLocaleString('en')}
        </span>
      )}
    </label>
  );
}
