import { useEffect, useMemo, useRef } from 'react';
import type { ShownMatrix, ShownOutline } from '../../views/matrix/matrix-update.ts';
import { NO_FILTERS } from '../filters/filter-words.ts';
import { componentHeads, foldableLines, type Head, keepHeads, releaseHeads } from '../grid/heads.ts';
import type { Place } from '../grid/place.ts';
import { type PlacesOfNews, placeName } from '../state/live-reading.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { Corner } from './Corner.tsx';
import { columnWidths } from './column-widths.ts';
import { COMPONENT_HEAD_PX, GROUP_PX, RELEASE_HEAD_PX } from './geometry.ts';
import { useGridTable } from './grid-table.ts';
import { MatrixGrid } from './MatrixGrid.tsx';
import { findingsOf } from './ReleaseHeading.tsx';
import './matrix.css';
import './matrix-heads.css';
import './matrix-adapted.css';
import { NothingLeft } from './NothingLeft.tsx';
import { useZoomSteps } from './zoom-steps.ts';

export interface MatrixViewProps {
  readonly matrix: ShownMatrix;
  readonly news: PlacesOfNews;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with a cell that a person has chosen to look at. */
  readonly onSeen: (release: string, component: string) => void;
  /** A cell, or the head of a release, that was asked for from elsewhere, and is to have the focus. Default: none. */
  readonly reveal?: Place | null;
  /** Called once it has been shown. */
  readonly onRevealed?: () => void;
}

const NOTHING = () => {};

/** The matrix: releases down and components across, or flipped. It fills the element it is in and scrolls inside. */
export function MatrixView(props: MatrixViewProps) {
  const { matrix, news, view, change, onSeen, reveal = null, onRevealed = NOTHING } = props;
  const { outline, visible, faces } = matrix;
  const { flip, folded, release, component } = view;
  const releases = useKept(useMemo(() => releaseHeads(outline, visible, folded), [outline, visible, folded]));
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
  const lines = useMemo(() => foldableLines(releases), [releases]);
  useUnfolded(outline, releases, view, change);

  if (releases.length === 0 || components.length === 0) {
    return <NothingLeft outline={outline} visible={visible} change={change} />;
  }

  const onChoose = (one: Head, other: Head) => {
    const [releaseHead, componentHead] = one.kind === 'release' ? [one, other] : [other, one];
    if (releaseHead.kind !== 'release' || componentHead.kind !== 'component') return;
    const { tag } = releaseHead.row.release;
    const { id } = componentHead.component;
    change({ release: tag, component: id });
    if (news.has(placeName(tag, id))) onSeen(tag, id);
  };
  const onComponent = (id: string) => {
    const tag = newestOf(matrix, id);
    if (tag !== null) change({ release: tag, component: id });
  };
  const onEscape = () => {
    if (release !== null || component !== null) change({ release: null, component: null });
  };
  const onFold = (line: string, fold: boolean) => {
    const others = folded.filter((each) => each !== line);
    change({ folded: fold ? [...others, line] : others });
  };

  const headHeight = GROUP_PX + (flip ? RELEASE_HEAD_PX : COMPONENT_HEAD_PX);
  const [rowCount, columnCount] = flip
    ? [visible.columns.length, visible.rows.length]
    : [visible.rows.length, visible.columns.length];
  return (
    <div ref={area} className="h-full w-full min-w-0">
      <MatrixGrid
        table={table}
        rowCount={rowCount}
        columnCount={columnCount}
        faces={faces}
        news={news}
        selected={selected}
        reveal={reveal}
        onRevealed={onRevealed}
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
        onEscape={onEscape}
        onFold={onFold}
        onCompare={(tag) => change({ view: 'compare', a: 'prev', b: tag })}
        onOpen={(tag) => change({ view: 'release', release: tag, component: null })}
        onFindings={(of) => change({ ...NO_FILTERS, ...findingsOf(of) })}
        onComponent={onComponent}
      />
    </div>
  );
}

/**
 * Unfolds the line that hides a release as soon as that is selected: a link, a search or the history may lead to it. It
 * can be folded away again, still selected.
 */
function useUnfolded(
  { rows }: ShownOutline,
  shown: readonly Head[],
  { release, component, folded }: ViewState,
  change: ChangeView,
): void {
  const looked = useRef<string | null>(null);
  const name = release === null || component === null ? null : `${release}\n${component}`;
  useEffect(() => {
    if (looked.current === name) return;
    looked.current = name;
    if (shown.some((head) => head.kind === 'release' && head.row.release.tag === release)) return;
    const line = rows.find((row) => row.release.tag === release)?.release.line ?? null;
    if (name !== null && line !== null && folded.includes(line)) {
      change({ folded: folded.filter((each) => each !== line) });
    }
  }, [name, release, folded, rows, shown, change]);
}

/** The newest stable release that has a component, else the newest of all; null: none of those that the filters leave. */
function newestOf({ outline: { rows, components }, visible }: ShownMatrix, id: string): string | null {
  const column = components.findIndex((component) => component.id === id);
  const having = visible.rows.flatMap((index) => rows[index] ?? []).filter(({ cells }) => (cells?.[column] ?? 0) > 0);
  return (having.find(({ release }) => release.stage === 'stable') ?? having[0])?.release.tag ?? null;
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
