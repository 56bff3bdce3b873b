import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { laterPart } from '../../live/later-part.ts';
import type { Release } from '../../release/item/release.ts';
import type { CellFace } from '../../views/matrix/cell-face.ts';
import { drawnLater } from '../elements/drawn-later.tsx';

import { isLow, isNarrow } from '../elements/narrow.ts';
import type { Head, ReleaseHead } from '../grid/heads.ts';
import { type Place, type Position, positionOf, type Whereabouts, type WhereaboutsRef } from '../grid/place.ts';
import type { Showing } from '../grid/roving-focus.ts';
import type { PlacesOfNews } from '../state/live-reading.ts';
import { useReleasesInView } from '../state/watched-releases.ts';
import { useActivePlace, useArrival, useWhereabouts } from './active-place.ts';
import { ColumnHeads } from './ColumnHeads.tsx';
import { useFewAtOnce } from './few-at-once.ts';
import { GridRow } from './GridRow.tsx';
import {
  COMPONENT_HEAD_PX,
  columnLefts,
  type DrawnZoom,
  GROUP_PX,
  HEAD_COLUMN_PX,
  isBanded,
  leanOf,
  offsetOfWhole,
  offsetToCentre,
  offsetToShow,
  rowTops,
  SIZES,
  sizesInCss,
} from './geometry.ts';
import { gridEvents } from './grid-events.ts';
import type { GridTable } from './grid-table.ts';
import { useHoverStrips } from './hover-strips.ts';
import { useColumnKeptInPlace, useKeptInPlace, useShownBesidePanel } from './scroll-keeping.ts';
import { observeSize, scrollsNothing, useScrollOffsets } from './scroll-offsets.ts';

export interface MatrixGridProps {
  readonly table: GridTable;
  /** All that the filters leave, what is folded away included; without the heads. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** What the numbers of the cells stand for. */
  readonly faces: readonly CellFace[];
  readonly news: PlacesOfNews;
  /** The cell, or the component, whose details are open; the same object as long as it is the same. */
  readonly selected: Place;
  /** A place to show and focus, and what is called once it was; null: none. */
  readonly reveal: Place | null;
  readonly onRevealed: () => void;
  readonly zoom: DrawnZoom;
  /** Of each column, CSS pixels; the same array as long as nothing in it has changed. */
  readonly widths: readonly number[];
  /** Where one was before, and where it is told where one is. */
  readonly start: Whereabouts | null;
  readonly whereabouts: WhereaboutsRef;
  /** Height of the column heads, CSS pixels. */
  readonly headHeight: number;
  /** What stands above the row heads. */
  readonly corner: ReactNode;
  readonly onChoose: (down: Head, across: Head) => void;
  readonly onEscape: () => void;
  readonly onFold: (line: string, folded: boolean) => void;
  readonly onCompare: (tag: string, component: string | null) => void;
  readonly onOpen: (tag: string) => void;
  readonly onFindings: (release: Release) => void;
  readonly onComponent: (id: string) => void;
}

const EvidencePopover = drawnLater(
  laterPart(() => import('./EvidencePopover.tsx')),
  // The matrix must not break over it.
  () => null,
);

/** The mark of evidence that was pressed, and the release it is of. */
interface Marked {
  readonly tag: string;
  readonly mark: Element;
}

/** Rows and chunks drawn beyond the edge of the screen, so that the next step of a scroll finds them there. */
const ROWS_BEYOND = 3;
const CHUNKS_BEYOND = 1;
/** Cells that come into the page in one frame: the layout of twice as many is felt on a usual machine. */
const CELLS_AT_ONCE = 300;

/**
 * The grid: rows and columns in view, fixed heads, keyboard and focus. Scrolling both ways is this element's own; it
 * is drawn anew on each step of it, and hands on to rows and chunks that mostly are not.
 */
export function MatrixGrid(props: MatrixGridProps) {
  const { table, faces, news, selected, zoom, widths, headHeight } = props;
  const { down, across } = table;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const rowStrip = useRef<HTMLDivElement>(null);
  const columnStrip = useRef<HTMLDivElement>(null);

  const sizes = SIZES[zoom];
  const tops = useMemo(() => rowTops(down, headHeight, sizes), [down, headHeight, sizes]);
  const lefts = useMemo(() => columnLefts(widths), [widths]);
  // A release has its verdict beneath its name.
  const namePx = across[0]?.kind === 'release' ? COMPONENT_HEAD_PX : headHeight - GROUP_PX;
  const lean = leanOf(namePx);
  const show = useCallback(
    (place: Position, how: Showing) => {
      if (scroller.current) scrollTo(scroller.current, place, how, tops, lefts, headHeight, lean);
    },
    [tops, lefts, headHeight, lean],
  );
  const active = useActivePlace(table, selected, props.reveal, props.onRevealed, props.start);
  const { position, activate } = active;
  const chosen = selected.component === null ? null : positionOf(table, selected);
  useShownBesidePanel(scroller, chosen, show);
  useColumnKeptInPlace(scroller, chosen, lefts);

  const getScrollElement = useCallback(() => scroller.current, []);
  const observeElementOffset = useScrollOffsets();
  // Without it the first drawing holds no cell, and all come at once when the size is known.
  const [initialRect] = useState(() => ({ width: innerWidth, height: innerHeight }));
  const activeRow = position.row;
  const rows = useVirtualizer({
    count: down.length,
    getScrollElement,
    observeElementOffset,
    observeElementRect: observeSize,
    scrollToFn: scrollsNothing,
    initialRect,
    // Another function where the places are others: by it the virtualizer knows to take them anew.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
    getItemKey: useCallback((index: number) => down[index]?.id ?? index, [down, tops]),
    estimateSize: (index) => (tops[index + 1] ?? 0) - (tops[index] ?? 0),
    paddingStart: headHeight,
    overscan: ROWS_BEYOND,
    // The row with the focus stays although it is out of view: without it the focus would be lost.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), activeRow), [activeRow]),
  });
  const chunks = useVirtualizer({
    count: Math.ceil(across.length / sizes.chunk),
    getScrollElement,
    observeElementOffset,
    observeElementRect: observeSize,
    scrollToFn: scrollsNothing,
    initialRect,
    horizontal: true,
    // biome-ignore lint/correctness/useExhaustiveDependencies: as above
    getItemKey: useCallback((index: number) => index, [lefts]),
    estimateSize: (index) => chunkWidth(lefts, index, sizes.chunk),
    paddingStart: HEAD_COLUMN_PX,
    overscan: CHUNKS_BEYOND,
  });
  useWhereabouts(props.whereabouts, table, active, selected);
  useKeptInPlace(scroller, down, tops, rows.scrollOffset ?? 0, headHeight);
  const { onFocus, onBlur } = useArrival(grid, active, `${zoom} ${down[0]?.kind}`, show);

  const hover = useHoverStrips(rowStrip, columnStrip, tops, lefts, sizes.row);

  const { range } = rows;
  useReleasesInView(range === null ? [] : releasesAmong(down.slice(range.startIndex, range.endIndex + 1), across));

  const inView = chunks.getVirtualItems();
  const from = inView[0]?.index ?? 0;
  const to = inView.at(-1)?.index ?? -1;
  const rowsInView = rows.getVirtualItems().map(({ index }) => index);
  const rowsAtOnce = Math.ceil(CELLS_AT_ONCE / Math.max(1, (to - from + 1) * sizes.chunk));
  // By id: a poll makes other heads of the same rows.
  const drawnRows = useFewAtOnce(
    rowsInView.map((index) => down[index]?.id),
    // Whoever comes back sees what is around first.
    props.start === null ? rowsAtOnce : 1,
    rowsAtOnce,
    down[activeRow]?.id,
  );
  const width = (lefts[across.length] ?? HEAD_COLUMN_PX) + lean;
  const height = tops[down.length] ?? headHeight;
  const [marked, setMarked] = useState<Marked | null>(null);
  const { onKeyDown, onClick } = gridEvents(table, {
    ...props,
    activate,
    onEvidence: ({ row: { release } }, mark) => setMarked({ tag: release.tag, mark }),
    page: () => pageOf(scroller.current, headHeight, sizes.row, lefts),
  });

  const markedHead = marked && [...down, ...across].find((head) => isOf(head, marked.tag));

  return (
    <div
      ref={scroller}
      className="mx-scroller"
      data-zoom={zoom}
      style={sizesInCss(zoom) as CSSProperties}
      onScroll={() => {
        hover.hide();
        // What it points at is scrolled away.
        if (marked !== null) setMarked(null);
      }}
    >
      <div style={{ width, height }} className="relative">
        {props.corner}
        {/* biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways */}
        <div
          ref={grid}
          role="grid"
          aria-label="Release matrix"
          aria-busy={rowsInView.some((index) => !drawnRows.has(down[index]?.id)) || undefined}
          aria-rowcount={props.rowCount + 1}
          aria-colcount={props.columnCount + 1}
          className="relative"
          style={{ width, height, '--lean': `${lean}px` } as CSSProperties}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onFocus={onFocus}
          onBlur={onBlur}
          onPointerMove={hover.onPointerMove}
          onPointerLeave={hover.hide}
        >
          <ColumnHeads
            across={across}
            groups={table.groups}
            zoom={zoom}
            lefts={lefts}
            width={width}
            height={headHeight}
            from={from * sizes.chunk}
            to={(to + 1) * sizes.chunk - 1}
            active={activeRow === -1 ? position.column : null}
            selected={chosen?.column ?? null}
            isOpen={chosen?.row === -1}
          />
          {chosen?.row === -1 && <div className="mx-open" style={stretchOf(lefts, chosen.column)} />}
          <div ref={columnStrip} hidden className="mx-hover mx-hover-column" />
          {rowsInView.map((index) => {
            const head = down[index];
            return head === undefined || !drawnRows.has(head.id) ? null : (
              <GridRow
                key={head.id}
                head={head}
                across={across}
                lefts={lefts}
                zoom={zoom}
                faces={faces}
                news={news}
                row={index}
                top={tops[index] ?? 0}
                banded={isBanded(down, index)}
                from={from}
                to={to}
                selected={chosen?.row === index ? chosen.column : null}
                active={activeRow === index ? position.column : null}
              />
            );
          })}
          <div ref={rowStrip} hidden className="mx-hover mx-hover-row" />
        </div>
      </div>
      {markedHead && marked && (
        <Suspense>
          <EvidencePopover
            head={markedHead}
            anchor={marked.mark}
            focusAfter={marked.mark.closest('[role=rowheader], [role=columnheader]')}
            onClose={() => setMarked(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

function isOf(head: Head, tag: string): head is ReleaseHead {
  return head.kind === 'release' && head.row.release.tag === tag;
}

/** Releases of the rows in view; where these are components, those of all columns: that many are seldom shown flipped. */
function releasesAmong(rows: readonly Head[], columns: readonly Head[]): readonly string[] {
  const tags = (heads: readonly Head[]) =>
    heads.flatMap((head) => (head.kind === 'release' ? [head.row.release.tag] : []));
  const down = tags(rows);
  return down.length === 0 ? tags(columns) : down;
}

function withIndex(indexes: number[], index: number): number[] {
  if (index < 0 || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((a, b) => a - b);
}

const OFFSETS = { least: offsetToShow, amid: offsetToCentre } satisfies Record<Showing, typeof offsetToShow>;

function stretchOf(lefts: readonly number[], column: number): { readonly left: number; readonly width: number } {
  const left = lefts[column] ?? 0;
  return { left, width: (lefts[column + 1] ?? left) - left };
}

/**
 * Scrolls a place into view. A head is in view on its own axis always.
 *
 * @param lean how far the name of a column leans beyond it: seen with its head, and by one who comes from elsewhere
 */
function scrollTo(
  scroller: HTMLElement,
  { row, column }: Position,
  how: Showing,
  tops: readonly number[],
  lefts: readonly number[],
  headHeight: number,
  lean: number,
): void {
  const offsetOf = OFFSETS[how];
  const [top, bottom] = [tops[row], tops[row + 1]];
  if (row >= 0 && top !== undefined && bottom !== undefined) {
    const seen = { offset: scroller.scrollTop, viewport: scroller.clientHeight, covered: isLow() ? 0 : headHeight };
    scroller.scrollTop = offsetOf(top, bottom, seen);
  }
  const [left, right] = [lefts[column], lefts[column + 1]];
  if (column >= 0 && left !== undefined && right !== undefined) {
    const seen = {
      offset: scroller.scrollLeft,
      viewport: scroller.clientWidth - (row === -1 || how === 'amid' ? lean : 0),
      covered: isNarrow() ? 0 : HEAD_COLUMN_PX,
    };
    const offset = offsetOf(left, right, seen);
    if (offset !== seen.offset) scroller.scrollLeft = offsetOfWhole(offset, lefts, seen.covered);
  }
}

/** How wide the columns are that are drawn together. */
function chunkWidth(lefts: readonly number[], chunk: number, columns: number): number {
  const last = Math.min((chunk + 1) * columns, lefts.length - 1);
  return (lefts[last] ?? 0) - (lefts[chunk * columns] ?? 0);
}

/** How many rows and columns a Page key goes by: one less than fit, so that one known is still in view. */
function pageOf(
  scroller: HTMLElement | null,
  headHeight: number,
  rowPx: number,
  lefts: readonly number[],
): { pageRows: number; pageColumns: number } {
  const columns = Math.max(1, lefts.length - 1);
  const columnPx = ((lefts[columns] ?? 0) - HEAD_COLUMN_PX) / columns || 1;
  const screenful = (space: number, size: number) => Math.max(1, Math.floor(space / size) - 1);
  return {
    pageRows: screenful((scroller?.clientHeight ?? 0) - headHeight, rowPx),
    pageColumns: screenful((scroller?.clientWidth ?? 0) - HEAD_COLUMN_PX, columnPx),
  };
}
