import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { PlacedFinding } from '../../views/filters/visible-findings.ts';
import type { FindingGroup, ListLine } from '../../views/findings/group-findings.ts';
import { useNarrow } from '../elements/narrow.ts';
import { headAt, useActiveLine } from './active-line.ts';
import { FINDING_PX, FindingLine, NARROW_FINDING_PX } from './FindingLine.tsx';
import { GROUP_PX, GroupHead, subjectName } from './GroupHead.tsx';

interface FindingListProps {
  readonly report: Report;
  /** At least one. */
  readonly lines: readonly ListLine[];
  readonly onGo: (placed: PlacedFinding) => void;
  readonly onToggle: (group: FindingGroup) => void;
}

/** Lines drawn beyond the edge of the screen, so that the next step of a scroll finds them there. */
const BEYOND = 6;

/**
 * The findings in their groups. Only what is in view is drawn, for there can be a hundred thousand. One stop of the Tab
 * key: arrows, Home, End and Page keys go along the lines, Enter follows one, Left and Right shut and open its group.
 * The head of the group in view stays at the top.
 */
export function FindingList({ report, lines, onGo, onToggle }: FindingListProps) {
  const findingPx = useNarrow() ? NARROW_FINDING_PX : FINDING_PX;
  const scroller = useRef<HTMLDivElement>(null);
  const heads = useMemo(() => lines.flatMap(({ kind }, index) => (kind === 'group' ? [index] : [])), [lines]);
  const stuck = useRef(0);
  const pinned = useRef<number | null>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: useCallback(() => scroller.current, []),
    estimateSize: useCallback(
      (index: number) => (lines[index]?.kind === 'group' ? GROUP_PX : findingPx),
      [lines, findingPx],
    ),
    overscan: BEYOND,
    // A line that is scrolled to must not come to lie under the head that stays.
    scrollPaddingStart: GROUP_PX,
    rangeExtractor: useCallback(
      (range: Range) => {
        stuck.current = headAt(heads, range.startIndex);
        // The line with the focus stays although it is out of view: without it the focus would be lost.
        const kept = [stuck.current, ...(pinned.current === null ? [] : [pinned.current])];
        return [...new Set([...kept, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
      },
      [heads],
    ),
  });
  const active = useActiveLine({ lines, scroller, virtualizer, onToggle });
  pinned.current = active.index < lines.length ? active.index : null;
  const items = virtualizer.getVirtualItems();

  /** The findings in view of each group, in a list of their own beneath its head. */
  const drawn: ReactNode[] = [];
  let of: FindingGroup | null = null;
  let listed: ReactNode[] = [];
  const endList = () => {
    if (of !== null && listed.length > 0) {
      drawn.push(
        <ul key={`list ${of.id}`} aria-label={shownText(subjectName(report, of.of))} className="m-0 list-none p-0">
          {listed}
        </ul>,
      );
    }
    listed = [];
  };
  for (const { index, start } of items) {
    const line = lines[index];
    if (line === undefined) continue;
    if (line.group !== of) endList();
    of = line.group;
    if (line.kind === 'group') {
      const isStuck = index === stuck.current;
      drawn.push(
        <div
          key={`head ${line.group.id}`}
          className={isStuck ? 'sticky top-0 z-10' : 'absolute inset-x-0 top-0'}
          style={isStuck ? { height: GROUP_PX } : { height: GROUP_PX, transform: `translateY(${start}px)` }}
        >
          <GroupHead
            report={report}
            group={line.group}
            shut={line.shut}
            line={index}
            active={active.index === index}
            onToggle={onToggle}
          />
        </div>,
      );
    } else {
      listed.push(
        <FindingLine
          key={line.place}
          report={report}
          placed={line.placed}
          place={line.place + 1}
          of={line.group.findings.length}
          line={index}
          top={start}
          height={findingPx}
          coded={line.group.of.kind !== 'code'}
          active={active.index === index}
          onGo={onGo}
        />,
      );
    }
  }
  endList();

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto low:h-dvh low:flex-none">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for the keys of the lines in it */}
      <div
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={active.onKeyDown}
        onFocus={active.onFocus}
      >
        {drawn}
      </div>
    </div>
  );
}
