import { clsx } from 'clsx';

interface OrientationProps {
  /** Components down, releases across. */
  readonly flip: boolean;
  readonly onFlip: (flip: boolean) => void;
}

/** Which of the two goes down; the other goes across. */
export function Orientation({ flip, onFlip }: OrientationProps) {
  return (
    <fieldset
      aria-label="Orientation"
      className="m-0 flex h-6 shrink-0 items-stretch self-start overflow-hidden rounded-md border border-edge p-0 text-sm"
    >
      {[false, true].map((down) => (
        <button
          key={String(down)}
          type="button"
          aria-pressed={flip === down}
          aria-label={down ? 'Components down' : 'Releases down'}
          onClick={() => onFlip(down)}
          className={clsx(
            '-outline-offset-2 px-2 whitespace-nowrap',
            flip === down ? 'bg-accent-soft font-medium text-ink' : 'bg-raised text-dim hover:text-ink',
          )}
        >
          {down ? 'Components' : 'Releases'} <span aria-hidden="true">↓</span>
        </button>
      ))}
    </fieldset>
  );
}
