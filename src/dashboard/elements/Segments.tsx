import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';

interface SegmentsProps<T extends string> {
  /** The accessible name; also written before the buttons. */
  readonly name: string;
  readonly options: readonly T[];
  readonly labels: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChange: (chosen: T) => void;
}

/** A few words of which one is chosen. */
export function Segments<T extends string>({ name, options, labels, chosen, onChange }: SegmentsProps<T>) {
  return (
    <div className="flex min-w-0 items-center gap-2 max-sm:flex-wrap max-sm:gap-y-1">
      <span aria-hidden="true" className="text-sm text-dim">
        {shownText(name)}
      </span>
      <fieldset
        aria-label={shownText(name)}
        className="m-0 flex h-7 shrink-0 items-stretch overflow-hidden max-sm:h-auto max-sm:shrink max-sm:flex-wrap rounded-md border border-edge p-0 text-sm"
      >
        {options.map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={option === chosen}
            onClick={() => onChange(option)}
            className={clsx(
              '-outline-offset-2 px-2.5 whitespace-nowrap max-sm:min-h-7',
              option === chosen ? 'bg-accent-soft font-medium text-ink' : 'bg-raised text-dim hover:text-ink',
            )}
          >
            {shownText(labels[option])}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
