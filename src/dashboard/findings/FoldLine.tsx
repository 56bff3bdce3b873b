import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';

interface FoldLineProps {
  readonly label: string;
  readonly open: boolean;
  readonly line: number;
  /** Distance from the top of the list, and height, CSS pixels. */
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly onToggle: () => void;
  readonly className: string;
  /** Its chevron stands under those of the heads, else behind its words. */
  readonly isHead?: boolean;
  readonly children: ReactNode;
}

/** A line of the list that opens what is folded beneath it. */
export function FoldLine(props: FoldLineProps) {
  const { label, open, line, top, height, active, onToggle, className, isHead = false, children } = props;
  const Chevron = open ? ChevronDown : ChevronRight;
  const chevron = <Chevron size={14} aria-hidden="true" className="shrink-0 text-dim" />;
  return (
    <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${top}px)`, height }}>
      <button
        type="button"
        data-row={line}
        data-column={0}
        tabIndex={active ? 0 : -1}
        aria-expanded={open}
        aria-label={shownText(label)}
        onClick={onToggle}
        className={clsx(
          'flex h-full w-full items-center gap-2 border-b border-rule pr-4 text-left text-sm tabular-nums -outline-offset-2 hover:bg-panel',
          className,
        )}
      >
        {isHead && chevron}
        {children}
        {!isHead && chevron}
      </button>
    </div>
  );
}
