import { clsx } from 'clsx';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { Button } from '../elements/Button.tsx';
import { HEAD_COLUMN_PX } from './geometry.ts';
import { Legend } from './Legend.tsx';

interface CornerProps {
  readonly flip: boolean;
  readonly height: number;
  /** Lines that can be folded, and lines that are. */
  readonly lines: readonly string[];
  readonly folded: readonly string[];
  readonly onFold: (lines: readonly string[]) => void;
  readonly onFlip: (flip: boolean) => void;
}

/** Above the row heads: what is down, and the folding of all lines at once. */
export function Corner({ flip, height, lines, folded, onFold, onFlip }: CornerProps) {
  return (
    <div
      className="mx-corner sticky top-0 left-0 z-[4] flex flex-col justify-between border-r border-b border-edge bg-page px-3 py-2"
      style={{ width: HEAD_COLUMN_PX, height, marginBottom: -height }}
    >
      <div className="-ml-2 flex h-7 items-center gap-1">
        <Legend />
        <span className="flex-1" />
        {lines.length > 0 && (
          <>
            <Button
              look="quiet"
              icon
              aria-label="Fold all lines"
              title="Fold all lines"
              disabled={lines.every((line) => folded.includes(line))}
              onClick={() => onFold(lines)}
            >
              <ChevronsDownUp size={15} aria-hidden="true" />
            </Button>
            <Button
              look="quiet"
              icon
              aria-label="Expand all lines"
              title="Expand all lines"
              disabled={!lines.some((line) => folded.includes(line))}
              onClick={() => onFold([])}
            >
              <ChevronsUpDown size={15} aria-hidden="true" />
            </Button>
          </>
        )}
      </div>
      <Orientation flip={flip} onFlip={onFlip} />
      <span className="text-sm font-medium">{flip ? 'Component' : 'Release'}</span>
    </div>
  );
}

interface OrientationProps {
  /** Components down, releases across. */
  readonly flip: boolean;
  readonly onFlip: (flip: boolean) => void;
}

/** Which of the two goes down; the other goes across. */
function Orientation({ flip, onFlip }: OrientationProps) {
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
