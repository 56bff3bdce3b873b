import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { GroupSummary } from '../../views/findings/findings-answer.ts';
import { headOf, type ListLine, type ListLines, lineAt } from '../../views/findings/list-lines.ts';
import { FINDING_PX } from './FindingLine.tsx';

interface ActiveLineInput {
  readonly lines: ListLines<GroupSummary>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Called with the line of what is to be opened or shut. */
  readonly onToggle: (line: ListLine<GroupSummary>) => void;
}

/** Which line is the list's stop of the Tab key, and the keys that lead from it to another. */
export function useActiveLine({ lines, scroller, virtualizer, onToggle }: ActiveLineInput) {
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, lines.count - 1);
  /** The line that gets the focus once it is drawn. */
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (wanted.current === null) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-line="${wanted.current}"]`);
    if (!element) return; // drawn by the next step of the scroll
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const go = (to: number) => {
    wanted.current = to;
    setChosen(to);
    virtualizer.scrollToIndex(to, { align: 'auto' });
  };

  return {
    index,
    onFocus({ target }: FocusEvent) {
      const line = target instanceof HTMLElement ? target.dataset.line : undefined;
      if (line !== undefined) setChosen(Number(line));
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const line = lineAt(lines, index);
      if (line === null) return;
      const to = lineAfter(event.key, lines, index, pageOf(scroller.current));
      if (to === 'toggle') onToggle(line);
      else if (to !== null) go(to);
      else return;
      event.preventDefault();
    },
  };
}

/**
 * Where a key leads: arrows by one, Page keys by a screenful, Home and End to the ends. Left goes to the head of the
 * group and shuts it there, Right opens it; so it is with whatever line folds others away.
 *
 * @returns `toggle`: opens or shuts what the line folds away; null for a key that is not for the list
 */
export function lineAfter(
  key: string,
  lines: ListLines<Pick<GroupSummary, 'id' | 'size' | 'notes' | 'past'>>,
  from: number,
  page: number,
): number | 'toggle' | null {
  const last = lines.count - 1;
  const line = lineAt(lines, from);
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'PageDown':
      return Math.min(from + page, last);
    case 'PageUp':
      return Math.max(from - page, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      if (line === null) return null;
      if (line.kind === 'finding') return headOf(lines, from);
      return line.open ? 'toggle' : null;
    case 'ArrowRight':
      return line !== null && line.kind !== 'finding' && !line.open ? 'toggle' : null;
    default:
      return null;
  }
}

function pageOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / FINDING_PX) - 2);
}
