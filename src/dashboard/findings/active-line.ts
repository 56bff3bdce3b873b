import type { Virtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, RefObject } from 'react';
import type { GroupSummary } from '../../views/findings/findings-answer.ts';
import { headOf, type ListLine, type ListLines, lineAt } from '../../views/findings/list-lines.ts';
import type { Position } from '../grid/place.ts';
import { useRovingFocus, useRovingPlace } from '../grid/roving-focus.ts';
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
  const active = useRovingPlace({
    placeAt: ({ row }) => lineAt(lines, row),
    positionOf: (line, last) => positionAt(indexOf(lines, line) ?? Math.min(last.row, lines.count - 1)),
  });
  const index = active.position.row;
  const handlers = useRovingFocus(scroller, active, ({ row }) => virtualizer.scrollToIndex(row, { align: 'auto' }));

  return {
    index,
    ...handlers,
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const line = lineAt(lines, index);
      if (line === null) return;
      const to = lineAfter(event.key, lines, index, pageOf(scroller.current));
      if (to === 'toggle') onToggle(line);
      else if (to !== null) active.activate(positionAt(to), { show: 'least', focus: true });
      else return;
      event.preventDefault();
    },
  };
}

/** @returns where a line is now, whatever has come or gone before it; null: it is gone */
function indexOf({ runs }: ListLines<GroupSummary>, line: ListLine<GroupSummary> | null): number | null {
  for (const { kind, group, from, place, count } of runs) {
    if (kind !== line?.kind || group?.id !== line.group?.id || group?.past !== line.group?.past) continue;
    if (line.place >= place && line.place < place + count) return from + line.place - place;
  }
  return null;
}

function positionAt(line: number): Position {
  return { row: line, column: 0 };
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
