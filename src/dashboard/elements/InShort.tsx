import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { VisibleLabel } from './VisibleText.tsx';

interface InShortProps {
  /** What it is about, for the accessible name: "Changelog of api". */
  readonly what: string;
  /** In short what is told when it is opened. */
  readonly says: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** The last column of a line: what changed, cut where there is no more room, and opened to the whole of it. */
export function InShort({ what, says, open, onToggle }: InShortProps) {
  return (
    <button
      type="button"
      aria-label={shownText(`${what}: ${says}`)}
      aria-expanded={open}
      onClick={onToggle}
      className="flex min-w-0 items-baseline gap-1 rounded text-left text-dim hover:text-ink max-lg:col-span-full @max-[56rem]:col-span-full"
    >
      <ChevronRight
        size={13}
        aria-hidden="true"
        className={clsx('shrink-0 self-center transition-transform', open && 'rotate-90')}
      />
      <span className="truncate">
        <VisibleLabel text={says} limit={320} />
      </span>
    </button>
  );
}
