import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useRef } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CHIP, CHIP_OFF, CHIP_ON, type Choice, ChoicePopup } from './ChoiceGroup.tsx';
import { Popover } from './Popover.tsx';
import { VisibleLabel } from './VisibleText.tsx';

interface ChoiceMenuProps<T extends string> {
  /** The accessible name, and what the button says: "Environment". */
  readonly name: string;
  /** The many of it: "environments". */
  readonly plural: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
}

/**
 * A button that opens a list of values, of which any number can be chosen, none meaning all. It says what is chosen; the
 * list is inside the one group, so that it is found by the group's name.
 */
export function ChoiceMenu<T extends string>({ name, plural, choices, chosen, onChange }: ChoiceMenuProps<T>) {
  const group = useRef<HTMLFieldSetElement>(null);
  const [first, ...others] = choices.filter(({ value }) => chosen.includes(value));
  const all = first === undefined ? '' : [first, ...others].map(({ label }) => label).join(', ');
  return (
    <fieldset ref={group} aria-label={shownText(name)} className="relative m-0 flex min-w-16 border-0 p-0">
      <Popover.Root>
        <Popover.Trigger
          title={shownText(all === '' ? `Filter by ${name.toLowerCase()}` : `${name}: ${all}`)}
          className={clsx(CHIP, 'max-w-44 min-w-0 shrink', first === undefined ? CHIP_OFF : CHIP_ON)}
        >
          <span className="min-w-0 truncate">
            {shownText(name)}
            {first !== undefined && ': '}
            {first !== undefined && <VisibleLabel text={first.label} />}
          </span>
          {others.length > 0 && <span>+{others.length}</span>}
          <ChevronDown size={13} aria-hidden="true" className="shrink-0 text-dim" />
        </Popover.Trigger>
        <ChoicePopup container={group} plural={plural} choices={choices} chosen={chosen} onChange={onChange} />
      </Popover.Root>
    </fieldset>
  );
}
