import type { Virtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { FindingGroup, ListLine } from '../../views/findings/group-findings.ts';
import { FINDING_PX } from './FindingLine.tsx';

interface ActiveLineInput {
  readonly lines: readonly ListLine[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly onToggle: (group: FindingGroup) => void;
}

/** Which line is the list's stop of the Tab key, and the keys that lead from it to another. */
export function useActiveLine({ lines, scroller, virtualizer, onToggle }: ActiveLineInput) {
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, lines.length - 1);
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
      const line = lines[index];
      if (line === undefined) return;
      const to = lineAfter(event.key, lines, index, pageOf(scroller.current));
      if (to === 'toggle') onToggle(line.group);
      else if (to !== null) go(to);
      else return;
      event.preventDefault();
    },
  };
}

/**
 * Where a key leads: arrows by one, Page keys by a screenful, Home and End to the ends. Left goes to the head of the
 * group and shuts it there, Right opens it.
 *
 * @returns `toggle`: opens or shuts the group of the line; null for a key that is not for the list
 */
export function lineAfter(
  key: string,
  lines: readonly ListLine[],
  from: number,
  page: number,
): number | 'toggle' | null {
  const last = lines.length - 1;
  const line = lines[from];
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
      if (line === undefined) return null;
      if (line.kind === 'finding') return from - line.place - 1;
      return line.shut ? null : 'toggle';
    case 'ArrowRight':
      return line?.kind === 'group' && line.shut ? 'toggle' : null;
    default:
      return null;
  }
}

function pageOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / FINDING_PX) - 2);
}

/** @param heads indexes of the groups' heads, ascending, the first 0 @returns the last one that is not after `index` */
export function headAt(heads: readonly number[], index: number): number {
  return heads.findLast((head) => head <= index) ?? 0;
}
