import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, type JSX, useCallback, useEffect, useRef } from 'react';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Extent, FindingBlock, GroupSummary, ListedFinding } from '../../views/findings/findings-answer.ts';
import { BLOCK, blocksOf, headOf, type ListLine, type ListLines, lineAt } from '../../views/findings/list-lines.ts';
import { useNarrow } from '../elements/narrow.ts';
import { useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { useActiveLine } from './active-line.ts';
import { FINDING_PX, FindingLine, type LineLooks, NARROW_FINDING_PX } from './FindingLine.tsx';
import { extentWords } from './FindingsSummary.tsx';
import { FoldLine } from './FoldLine.tsx';
import { GROUP_HEAD_PX, GroupHead, NotesLine, subjectName } from './GroupHead.tsx';
import { useNamed } from './named.ts';
import { WeightCounts } from './WeightCounts.tsx';

interface FindingListProps {
  /** At least one. */
  readonly lines: ListLines<GroupSummary>;
  /** What is past; null: nothing. */
  readonly past: Extent | null;
  /** The findings that are at hand. */
  readonly blocks: readonly FindingBlock[];
  readonly looks: LineLooks;
  /** Of what the details are told beside the list. */
  readonly chosen: Pick<ViewState, 'release' | 'component'>;
  /** Called with the blocks that are to be at hand. */
  readonly onWant: (blocks: readonly number[]) => void;
  /** Called with the line of what is to be opened or shut. */
  readonly onToggle: (line: ListLine<GroupSummary>) => void;
}

/** Lines drawn beyond the edge of the screen, so that the next step of a scroll finds them there. */
const BEYOND = 6;

/**
 * The findings in their groups. Only what is in view is drawn, for there can be a hundred thousand. One stop of the Tab
 * key: arrows, Home, End and Page keys go along the lines, Enter follows one, Left and Right shut and open its group.
 * The head of the group in view stays at the top.
 */
export function FindingList(props: FindingListProps) {
  const { lines, past, blocks, looks, chosen, onWant, onToggle } = props;
  const findingPx = useNarrow() ? NARROW_FINDING_PX : FINDING_PX;
  const scroller = useRef<HTMLDivElement>(null);
  const named = useNamed(useOutline());
  const stuck = useRef<number | null>(null);
  const pinned = useRef<number | null>(null);
  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: useCallback(() => scroller.current, []),
    estimateSize: useCallback(
      (index: number) => (lineAt(lines, index)?.kind === 'finding' ? findingPx : GROUP_HEAD_PX),
      [lines, findingPx],
    ),
    overscan: BEYOND,
    // A line that is scrolled to must not come to lie under the head that stays.
    scrollPaddingStart: GROUP_HEAD_PX,
    rangeExtractor: useCallback(
      (range: Range) => {
        stuck.current = headOf(lines, range.startIndex);
        // The line with the focus stays although it is out of view: without it the focus would be lost.
        const kept = [stuck.current, pinned.current].filter((line) => line !== null);
        return [...new Set([...kept, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
      },
      [lines],
    ),
  });
  const { index: activeIndex, ...handlers } = useActiveLine({ lines, scroller, virtualizer, onToggle });
  pinned.current = activeIndex < lines.count ? activeIndex : null;
  const items = virtualizer.getVirtualItems();
  useEffect(() =>
    onWant(
      blocksOf(
        lines,
        items.map(({ index }) => index),
      ),
    ),
  );

  /** Heads and what else folds; between them the findings in view of each group, in lists of their own. */
  const drawn: (JSX.Element | DrawnList)[] = [];
  for (const { index, start } of items) {
    const line = lineAt(lines, index);
    if (line === null) continue;
    const { kind, group, open, place, ofAll } = line;
    const fold = { open, line: index, active: activeIndex === index, onToggle: () => onToggle(line) };
    if (kind === 'past') {
      drawn.push(<PastLine key="past" {...fold} past={past} top={start} height={GROUP_HEAD_PX} />);
    } else if (kind === 'notes' && group !== null) {
      drawn.push(<NotesLine key={`notes ${index}`} {...fold} group={group} top={start} height={GROUP_HEAD_PX} />);
    } else if (kind === 'head' && group !== null) {
      const isStuck = index === stuck.current;
      drawn.push(
        <div
          key={`head ${group.past} ${group.id}`}
          className={isStuck ? 'sticky top-0 z-10' : 'absolute inset-x-0 top-0'}
          style={isStuck ? { height: GROUP_HEAD_PX } : { height: GROUP_HEAD_PX, transform: `translateY(${start}px)` }}
        >
          <GroupHead {...fold} named={named} group={group} />
        </div>,
      );
    } else if (group !== null) {
      const finding = findingAt(blocks, ofAll);
      // The same for all lines of a group, but for its notes, which stand apart.
      const first = index - place;
      let list = drawn.at(-1);
      if (list === undefined || !('first' in list) || list.first !== first) {
        list = { first, name: listName(group, place), lines: [] };
        drawn.push(list);
      }
      list.lines.push(
        <FindingLine
          key={place}
          finding={finding}
          component={finding?.component == null ? undefined : named.components.get(finding.component)}
          place={place + 1}
          of={group.size}
          line={index}
          top={start}
          height={findingPx}
          active={fold.active}
          chosen={finding !== null && finding.component === chosen.component && finding.release === chosen.release}
          looks={looks}
        />,
      );
    }
  }

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto low:h-dvh low:flex-none">
      <div className="relative" style={{ height: virtualizer.getTotalSize() }} {...handlers}>
        {drawn.map((part) =>
          'first' in part ? (
            <ul key={`list ${part.first}`} aria-label={shownText(part.name)} className="m-0 list-none p-0">
              {part.lines}
            </ul>
          ) : (
            part
          ),
        )}
      </div>
    </div>
  );
}

/** Findings in view, one after the other. */
interface DrawnList {
  /** What tells it from others. */
  readonly first: number;
  readonly name: string;
  readonly lines: JSX.Element[];
}

/** What a list of findings is called: as its group, which may stand in the past as well, and whose notes stand apart. */
function listName({ of, size, notes, past }: GroupSummary, place: number): string {
  const name = past && of.kind !== 'release' ? `${subjectName(of)}, past releases` : subjectName(of);
  return notes > 0 && place >= size - notes ? `Notes of ${name}` : name;
}

interface PastLineProps extends Omit<ComponentProps<typeof FoldLine>, 'label' | 'className' | 'isHead' | 'children'> {
  readonly past: Extent | null;
}

/** How many findings past releases have, which opens them. */
function PastLine({ past, ...fold }: PastLineProps) {
  const words = countWords(past?.releases ?? 0, 'past release');
  return (
    <FoldLine {...fold} isHead label={`${words}, ${extentWords(past)}`} className="bg-panel pl-4 text-dim">
      <span>{shownText(words)}</span>
      {past !== null && <WeightCounts counts={past.counts} without={[]} />}
    </FoldLine>
  );
}

/** @param ofAll its place among those of all groups @returns null: it is not at hand yet */
function findingAt(blocks: readonly FindingBlock[], ofAll: number): ListedFinding | null {
  const at = Math.floor(ofAll / BLOCK);
  return blocks.find(({ block }) => block === at)?.findings[ofAll % BLOCK] ?? null;
}
