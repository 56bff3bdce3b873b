import { type CSSProperties, Suspense, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { laterPart } from '../../live/later-part.ts';
import type { Release } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ShownMatrix, ShownOutline } from '../../views/matrix/matrix-update.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { type PlaceOf, useHoverCard } from '../elements/hover-card.ts';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { NO_FILTERS } from '../filters/filter-words.ts';
import {
  type ComponentHead,
  componentHeads,
  foldableLines,
  foldedByThemselves,
  type Head,
  keepHeads,
  releaseHeads,
} from '../grid/heads.ts';
import { openName, type Place, placeAt, positionOf, type Whereabouts, type WhereaboutsRef } from '../grid/place.ts';
import { positionOfElement } from '../grid/roving-focus.ts';
import { type PlacesOfNews, placeName } from '../state/live-reading.ts';
import type { ViewState } from '../state/view-state.ts';
import { Corner } from './Corner.tsx';
import { columnWidths } from './column-widths.ts';
import { type DrawnZoom, GROUP_PX, headFor, RELEASE_HEAD_PX } from './geometry.ts';
import { useGridTable } from './grid-table.ts';
import { MatrixGrid } from './MatrixGrid.tsx';
import { findingsOf } from './ReleaseHeading.tsx';
import './matrix.css';
import './matrix-heads.css';
import './matrix-adapted.css';
import { useChangeView } from '../state/page-context.ts';
import { LETTERS_PX, slantFor } from './slanted-text.ts';
import { StillReading } from './still-reading.ts';
import { useZoomSteps } from './zoom-steps.ts';

export interface MatrixViewProps {
  readonly matrix: ShownMatrix;
  readonly news: PlacesOfNews;
  readonly view: ViewState;
  /** Called with a cell that a person has chosen to look at. */
  readonly onSeen: (release: string, component: string) => void;
  /** A cell, or the head of a release, that was asked for from elsewhere, and is to have the focus. Default: none. */
  readonly reveal?: Place | null;
  /** Called once it has been shown. */
  readonly onRevealed?: () => void;
  /** Where it is kept where one is, for when one comes back. Default: not beyond this view. */
  readonly whereabouts?: WhereaboutsRef;
}

const NOTHING = () => {};
const NONE_FOLDED: readonly string[] = [];

// The matrix must not break over these.
const MatrixCard = drawnLater(
  laterPart(() => import('./MatrixCard.tsx')),
  () => null,
);
const NothingLeft = drawnLater(
  laterPart(() => import('./NothingLeft.tsx')),
  () => 'The filters leave nothing to show',
);
const Overview = drawnLater(laterPart(() => import('./Overview.tsx')));

/** The matrix: releases down and components across, or flipped. It fills the element it is in and scrolls inside. */
export function MatrixView(props: MatrixViewProps) {
  const { matrix, news, view, onSeen, reveal = null, onRevealed = NOTHING } = props;
  const own = useRef<(() => Whereabouts) | null>(null);
  const { whereabouts = own } = props;
  const change = useChangeView();
  const { outline, visible, faces } = matrix;
  const { flip, release, component } = view;
  const folded = useMemo(() => view.folded ?? foldedByThemselves(outline, visible), [view.folded, outline, visible]);
  const isOverview = view.zoom === 'overview';
  const shut = isOverview ? NONE_FOLDED : folded;
  const releases = useKept(useMemo(() => releaseHeads(outline, visible, shut), [outline, visible, shut]));
  const components = useKept(useMemo(() => componentHeads(outline, visible), [outline, visible]));
  const axes = useMemo(
    () => (flip ? { down: components, across: releases } : { down: releases, across: components }),
    [flip, releases, components],
  );
  const table = useGridTable(axes);
  const zoom = view.zoom === 'marks' ? 'marks' : 'text';
  const widths = useKeptWidths(useMemo(() => columnWidths(matrix, table.across, zoom), [matrix, table.across, zoom]));
  const selected = useMemo(() => ({ release, component }), [release, component]);
  const area = useRef<HTMLDivElement>(null);
  useZoomSteps(area, view.zoom, (next) => change({ zoom: next }));
  const start = useStart(isOverview, whereabouts);
  const placeOf = useCallback<PlaceOf<Place>>(
    (target) => {
      const position = positionOfElement(target);
      const element = target.closest('[data-column]');
      // What has a title of its own says that.
      if (position === null || element === null || target.closest('[title]') !== null) return null;
      return { place: placeAt(axes, position), element };
    },
    [axes],
  );
  const card = useHoverCard(placeOf, isOverview);
  const gone = useMemo(() => goneColumns(matrix, axes.across), [matrix, axes.across]);
  const lines = useMemo(() => foldableLines(releases), [releases]);
  const count = outline.rows.length;
  const namePx = useMemo(() => headFor(slantsOf(components, zoom), count), [components, zoom, count]);
  useUnfolded(outline, releases, view, folded);

  if (releases.length === 0 || components.length === 0) {
    return (
      <Suspense fallback={<ViewLoads />}>
        <NothingLeft outline={outline} visible={visible} />
      </Suspense>
    );
  }

  const onChoose = (one: Head, other: Head) => {
    const [releaseHead, componentHead] = one.kind === 'release' ? [one, other] : [other, one];
    if (releaseHead.kind !== 'release' || componentHead.kind !== 'component') return;
    const { tag } = releaseHead.row.release;
    const { id } = componentHead.component;
    change({ release: tag, component: id });
    if (news.has(placeName(tag, id))) onSeen(tag, id);
  };
  const onComponent = (id: string) => change({ release: null, component: id });
  const onEscape = () => {
    if (release !== null || component !== null) change({ release: null, component: null });
  };
  const onFold = (line: string, fold: boolean) => {
    const others = folded.filter((each) => each !== line);
    change({ folded: fold ? [...others, line] : others });
  };

  const headHeight = GROUP_PX + (flip ? RELEASE_HEAD_PX : namePx);
  const [rowCount, columnCount] = flip
    ? [visible.columns.length, visible.rows.length]
    : [visible.rows.length, visible.columns.length];
  // Two numbers with as many digits have room at the head of a row: all verdicts stand beneath one another.
  const counted = { '--counted': `${2 * String(outline.components.length).length}ch` };
  const onCloser = (place: Place, to: Place) => {
    const [one, other] = [positionOf(axes, place), positionOf(axes, to)];
    if (one === null || other === null) return;
    const [rows, columns] = [Math.abs(other.row - one.row) + 1, Math.abs(other.column - one.column) + 1];
    const middle = { row: (one.row + other.row) >> 1, column: (one.column + other.column) >> 1 };
    const at = placeAt(axes, middle);
    whereabouts.current = () => ({ place: at, focus: true, open: openName(selected) });
    const line = outline.rows.find((row) => row.release.tag === at.release)?.release.line ?? null;
    change({
      zoom: rows > READ_ROWS || columns > READ_COLUMNS ? 'marks' : 'text',
      folded: folded.filter((each) => each !== line),
    });
  };
  const shared = {
    faces,
    news,
    selected,
    reveal,
    onRevealed,
    start,
    whereabouts,
    onEscape,
    onCompare: (tag: string, of: string | null) =>
      change({ view: 'compare', a: 'prev', b: tag, release: null, component: of }),
    onOpen: (tag: string) => change({ view: 'release', release: tag, component: null }),
    onFindings: (of: Release) => change({ ...NO_FILTERS, ...findingsOf(of) }),
    onComponent,
  };
  return (
    <div ref={area} className="h-full w-full min-w-0" style={counted as CSSProperties} {...card.handlers}>
      {isOverview ? (
        <Suspense fallback={<ViewLoads />}>
          <Overview {...shared} axes={axes} gone={gone} onLook={card.look} onCloser={onCloser} />
        </Suspense>
      ) : (
        <MatrixGrid
          {...shared}
          table={table}
          rowCount={rowCount}
          columnCount={columnCount}
          zoom={zoom}
          widths={widths}
          headHeight={headHeight}
          corner={
            <Corner
              flip={flip}
              height={headHeight}
              lines={lines}
              folded={folded}
              onFold={(next) => change({ folded: [...next] })}
              onFlip={(next) => change({ flip: next })}
            />
          }
          onChoose={onChoose}
          onFold={onFold}
        />
      )}
      {card.at !== null && (
        <Suspense fallback={null}>
          <MatrixCard
            at={card.at}
            folded={releases.some(({ row, fold }) => fold?.folded && row.release.tag === card.at?.place.release)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** How much of the text is read at once on a usual screen: what is more is looked at in marks first. */
const READ_ROWS = 26;
const READ_COLUMNS = 36;

/** Where one was in the grid that this one takes the place of, be it of another step or left for another view; null: nowhere. */
function useStart(isOverview: boolean, whereabouts: WhereaboutsRef): Whereabouts | null {
  const [now, setNow] = useState(() => ({ isOverview, start: whereabouts.current?.() ?? null }));
  if (now.isOverview === isOverview) return now.start;
  const start = whereabouts.current?.() ?? null;
  setNow({ isOverview, start });
  return start;
}

/** Which columns hold components that neither the newest stable release nor any newer one has. */
function goneColumns({ outline: { rows } }: ShownMatrix, across: readonly Head[]): boolean[] {
  const newest = rows.slice(0, rows.findIndex(({ release }) => release.stage === 'stable') + 1);
  return across.map(
    (head) => head.kind === 'component' && newest.length > 0 && newest.every(({ cells }) => cells?.[head.index] === 0),
  );
}

/**
 * Unfolds the line that hides a release as soon as that is selected: a link, a search or the history may lead to it. It
 * can be folded away again, still selected.
 */
function useUnfolded(
  { rows }: ShownOutline,
  shown: readonly Head[],
  { release, component }: ViewState,
  folded: readonly string[],
): void {
  const change = useChangeView();
  const partial = useContext(StillReading);
  const looked = useRef<string | null>(null);
  const name = release === null || component === null ? null : `${release}\n${component}`;
  useEffect(() => {
    if (looked.current === name) return;
    const row = rows.find((each) => each.release.tag === release);
    // Among the first rows it may be missing, or stand for its line until a newer release of that is read.
    const mayMove = name !== null && (partial || row === undefined);
    if (!mayMove) looked.current = name;
    if (shown.some((head) => head.kind === 'release' && head.row.release.tag === release)) return;
    const line = row?.release.line ?? null;
    if (name !== null && line !== null && folded.includes(line)) {
      change({ folded: folded.filter((each) => each !== line) });
    }
  }, [name, release, folded, rows, shown, partial, change]);
}

/** How long the names are of all that the filters leave, in view or not: while one scrolls, nothing jumps. */
function slantsOf(components: readonly ComponentHead[], zoom: DrawnZoom): readonly number[] {
  return components.map(({ component, shared }) => slantFor(shownText(component.name), shared, LETTERS_PX[zoom]));
}

/** The widths of before where none is another: all that is drawn rests on them. */
function useKeptWidths(widths: readonly number[]): readonly number[] {
  const kept = useRef(widths);
  const same = kept.current.length === widths.length && kept.current.every((width, at) => width === widths[at]);
  if (!same) kept.current = widths;
  return kept.current;
}

/** The heads of before wherever these are the same, although a poll made them anew: see `keepHeads`. */
function useKept<H extends Head>(heads: readonly H[]): readonly H[] {
  const kept = useRef(heads);
  kept.current = keepHeads(kept.current, heads);
  return kept.current;
}
