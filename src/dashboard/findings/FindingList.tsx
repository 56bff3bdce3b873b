import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingBlock, GroupSummary, ListedFinding } from '../../views/findings/findings-answer.ts';
import { BLOCK, blocksOf, groupAt, type ListLines, lineAt } from '../../views/findings/list-lines.ts';
import type { Axes } from '../../views/matrix/outline.ts';
import { useNarrow } from '../elements/narrow.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { useActiveLine } from './active-line.ts';
import { FINDING_PX, FindingLine, NARROW_FINDING_PX } from './FindingLine.tsx';
import { GROUP_PX, GroupHead, subjectName } from './GroupHead.tsx';
import { useNamed } from './named.ts';

interface FindingListProps {
  readonly outline: Axes;
  /** At least one. */
  readonly lines: ListLines<GroupSummary>;
  /** The findings that are at hand. */
  readonly blocks: readonly FindingBlock[];
  /** Called with the blocks that are to be at hand. */
  readonly onWant: (blocks: readonly number[]) => void;
  readonly onGo: OnGo;
  /** Called with a group's id. */
  readonly onToggle: (group: string) => void;
}

/** Lines drawn beyond the edge of the screen, so that the next step of a scroll finds them there. */
const BEYOND = 6;

/**
 * The findings in their groups. Only what is in view is drawn, for there can be a hundred thousand. One stop of the Tab
 * key: arrows, Home, End and Page keys go along the lines, Enter follows one, Left and Right shut and open its group.
 * The head of the group in view stays at the top.
 */
export function FindingList({ outline, lines, blocks, onWant, onGo, onToggle }: FindingListProps) {
  const findingPx = useNarrow() ? NARROW_FINDING_PX : FINDING_PX;
  const scroller = useRef<HTMLDivElement>(null);
  const named = useNamed(outline);
  const { heads } = lines;
  const stuck = useRef(0);
  const pinned = useRef<number | null>(null);
  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: useCallback(() => scroller.current, []),
    estimateSize: useCallback(
      (index: number) => (heads[groupAt(heads, index)] === index ? GROUP_PX : findingPx),
      [heads, findingPx],
    ),
    overscan: BEYOND,
    // A line that is scrolled to must not come to lie under the head that stays.
    scrollPaddingStart: GROUP_PX,
    rangeExtractor: useCallback(
      (range: Range) => {
        stuck.current = heads[groupAt(heads, range.startIndex)] ?? 0;
        // The line with the focus stays although it is out of view: without it the focus would be lost.
        const kept = [stuck.current, ...(pinned.current === null ? [] : [pinned.current])];
        return [...new Set([...kept, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
      },
      [heads],
    ),
  });
  const active = useActiveLine({ lines, scroller, virtualizer, onToggle });
  pinned.current = active.index < lines.count ? active.index : null;
  const items = virtualizer.getVirtualItems();
  useEffect(() =>
    onWant(
      blocksOf(
        lines,
        items.map(({ index }) => index),
      ),
    ),
  );

  /** The findings in view of each group, in a list of their own beneath its head. */
  const drawn: ReactNode[] = [];
  let of: GroupSummary | null = null;
  let listed: ReactNode[] = [];
  const endList = () => {
    if (of !== null && listed.length > 0) {
      drawn.push(
        <ul key={`list ${of.id}`} aria-label={shownText(subjectName(of.of))} className="m-0 list-none p-0">
          {listed}
        </ul>,
      );
    }
    listed = [];
  };
  for (const { index, start } of items) {
    const line = lineAt(lines, index);
    if (line === null) continue;
    if (line.group !== of) endList();
    of = line.group;
    if (line.finding === null) {
      const isStuck = index === stuck.current;
      drawn.push(
        <div
          key={`head ${line.group.id}`}
          className={isStuck ? 'sticky top-0 z-10' : 'absolute inset-x-0 top-0'}
          style={isStuck ? { height: GROUP_PX } : { height: GROUP_PX, transform: `translateY(${start}px)` }}
        >
          <GroupHead
            named={named}
            group={line.group}
            shut={line.shut}
            line={index}
            active={active.index === index}
            onToggle={onToggle}
          />
        </div>,
      );
    } else {
      const { place, ofAll } = line.finding;
      const finding = findingAt(blocks, ofAll);
      listed.push(
        <FindingLine
          key={place}
          finding={finding}
          stage={finding === null ? undefined : named.releases.get(finding.release)?.release.stage}
          component={finding?.component == null ? undefined : named.components.get(finding.component)}
          place={place + 1}
          of={line.group.size}
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

/** @param ofAll its place among those of all groups @returns null: it is not at hand yet */
function findingAt(blocks: readonly FindingBlock[], ofAll: number): ListedFinding | null {
  const at = Math.floor(ofAll / BLOCK);
  return blocks.find(({ block }) => block === at)?.findings[ofAll % BLOCK] ?? null;
}
