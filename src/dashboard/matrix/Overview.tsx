import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ABSENT, cellDescription, cellName } from '../../views/matrix/cell-face.ts';
import { releaseName } from '../../views/words/release-words.ts';
import type { Look } from '../elements/hover-card.ts';
import { cellAt, type Head } from '../grid/heads.ts';
import { positionAfter } from '../grid/keyboard.ts';
import { type Axes, type Place, type Position, placeAt, positionOf } from '../grid/place.ts';
import { type PlacesOfNews, placeName } from '../state/live-reading.ts';
import { useReleasesInView } from '../state/watched-releases.ts';
import { useActivePlace, useArrival, useWhereabouts } from './active-place.ts';
import { drawOverview, type OverviewColours } from './draw-overview.ts';
import { GROUP_PX } from './geometry.ts';
import { gridEvents } from './grid-events.ts';
import type { MatrixGridProps } from './MatrixGrid.tsx';
import { OverviewLegend } from './OverviewLegend.tsx';
import { KINDS } from './overview-kinds.ts';
import { type OverviewLayout, overviewLayout, stretchAt } from './overview-layout.ts';
import './overview.css';

export interface OverviewProps
  extends Pick<
    MatrixGridProps,
    | 'faces'
    | 'news'
    | 'selected'
    | 'reveal'
    | 'onRevealed'
    | 'start'
    | 'whereabouts'
    | 'onEscape'
    | 'onCompare'
    | 'onOpen'
    | 'onFindings'
    | 'onComponent'
  > {
  /** Nothing of it folded. */
  readonly axes: Axes;
  /** Which of the columns nothing new has. */
  readonly gone: readonly boolean[];
  /** Called with the place that is pointed at. */
  readonly onLook: Look<Place>;
  /** Called with a place that somebody wants to see closer, and with the other corner of what was selected. */
  readonly onCloser: (place: Place, to: Place) => void;
}

const NEVER = () => {};

/**
 * The whole table on one screen, drawn on a canvas. To keys and screen readers it is the grid that the other steps are: of
 * its cells and heads there is an element for the one that is active, which moves with it.
 */
export default function Overview(props: OverviewProps) {
  const { axes, faces, news, selected, gone, onCloser } = props;
  const { down, across } = axes;
  const area = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(area);
  const layout = useMemo(() => overviewLayout(down, across, gone, size), [down, across, gone, size]);
  const [width, height] = [
    Math.max(size.width, (layout.xs.at(-1) ?? 0) + 8),
    Math.max(size.height, (layout.ys.at(-1) ?? 0) + 8),
  ];
  useDrawn(canvas, axes, faces, layout, `${width} ${height}`);

  const show = useCallback(
    ({ row, column }: Position) => area.current && intoView(area.current, rectOf(layout, row, column)),
    [layout],
  );
  const active = useActivePlace(axes, selected, props.reveal, props.onRevealed, props.start);
  const { position, activate } = active;
  useWhereabouts(props.whereabouts, axes, active, selected);
  useReleasesInView(useMemo(() => newestOf(axes), [axes]));
  const { onFocus, onBlur } = useArrival(grid, active, down[0]?.kind ?? '', show);
  const [marked, setMarked] = useState<Stretch | null>(null);
  const [from, setFrom] = useState<Position | null>(null);
  const beganAt = useRef<Position>({ row: 0, column: 0 });
  const page = { pageRows: Math.ceil(down.length / 10), pageColumns: Math.ceil(across.length / 10) };

  // Other releases or components have other places.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setMarked(null), [axes]);

  const at = (event: PointerEvent): Position | null => positionAt(layout, grid.current, event);
  const closer = (one: Position, other: Position = one) => onCloser(placeAt(axes, one), placeAt(axes, other));
  const { onKeyDown } = gridEvents(axes, {
    ...props,
    activate,
    // There are no details of a cell that one cannot read: Enter leads to where one can.
    onChoose: () => (marked === null ? closer(position) : closer(marked.from, marked.to)),
    onEscape: () => (marked === null ? props.onEscape() : setMarked(null)),
    onFold: NEVER,
    onEvidence: NEVER,
    page: () => page,
  });
  /** With Shift, keys choose as dragging does: from where one began to where one is now. */
  const choosesByKey = (event: KeyboardEvent): boolean => {
    if (!event.shiftKey || position.row < 0 || position.column < 0) return false;
    const { key, ctrlKey, metaKey, altKey } = event;
    const shape = { rows: down.length, columns: across.length, ...page };
    const to = positionAfter({ key, ctrlKey, metaKey, altKey, shiftKey: false }, position, shape);
    if (to === null || to.row < 0 || to.column < 0) return false;
    const began = marked === null ? position : beganAt.current;
    beganAt.current = began;
    setMarked(stretchOf(began, to));
    activate(to, { show: 'least', focus: true });
    return true;
  };
  const pointer = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      setMarked(null);
      setFrom(at(event));
      beganAt.current = at(event) ?? beganAt.current;
      grid.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (from === null) {
        const under = at(event);
        props.onLook(under && placeAt(axes, under), () => boxIn(layout, grid.current, under));
        return;
      }
      if (from.row < 0 || from.column < 0) return;
      const to = at(event);
      const isFurther = to !== null && (to.row !== from.row || to.column !== from.column);
      if (to !== null && to.row >= 0 && to.column >= 0 && (isFurther || marked !== null))
        setMarked(stretchOf(from, to));
    },
    // The browser scrolls by it.
    onPointerCancel: () => setFrom(null),
    onPointerUp() {
      setFrom(null);
      if (from === null) return;
      // Before it leads away: Back is to find the focus there.
      flushSync(() => activate(from, { show: false, focus: true }));
      if (marked !== null) return;
      const head = from.column === -1 ? down[from.row] : from.row === -1 ? across[from.column] : undefined;
      if (head?.kind === 'release') props.onOpen(head.row.release.tag);
      else if (head?.kind === 'component') props.onComponent(head.component.id);
      else closer(from);
    },
  };

  return (
    <div ref={area} className="mx-overview">
      {/* biome-ignore lint/a11y/useSemanticElements: it is drawn */}
      <div
        ref={grid}
        role="grid"
        aria-label="Release matrix"
        aria-rowcount={down.length + 1}
        aria-colcount={across.length + 1}
        className="relative"
        style={{ width, height }}
        onKeyDown={(event) => {
          if (choosesByKey(event)) event.preventDefault();
          else onKeyDown(event);
        }}
        onFocus={onFocus}
        onBlur={onBlur}
        {...pointer}
      >
        <canvas ref={canvas} className="absolute inset-0" style={{ width, height }} />
        <ActivePlace axes={axes} layout={layout} position={position} faces={faces} news={news} selected={selected} />
        {marked !== null && <div className="mx-marked" style={boxOf(layout, marked)} />}
      </div>
      {marked !== null && (
        <p role="status" className="mx-marked-words">
          {`${marked.to.row - marked.from.row + 1} × ${marked.to.column - marked.from.column + 1}`}
          <span className="text-dim"> · Enter zooms in, Escape cancels</span>
        </p>
      )}
      {size.width - (layout.xs.at(-1) ?? 0) > LEGEND_ROOM_PX && <OverviewLegend />}
    </div>
  );
}

/** So many of the newest releases are read again first: all are on the screen. */
const READ_FIRST = 40;

function newestOf({ down, across }: Axes): string[] {
  const releases = [...down, ...across].filter((head) => head.kind === 'release').slice(0, READ_FIRST);
  return releases.flatMap((head) => (head.kind === 'release' ? [head.row.release.tag] : []));
}

const LEGEND_ROOM_PX = 190;

interface ActiveProps extends Pick<OverviewProps, 'axes' | 'faces' | 'selected'> {
  readonly layout: OverviewLayout;
  readonly position: Position;
  readonly news: PlacesOfNews;
}

/** The one head or cell that is an element: the stop of the Tab key, named as at the other steps. */
function ActivePlace({ axes, layout, position: { row, column }, faces, news, selected }: ActiveProps) {
  const { down, across } = axes;
  const [one, other] = [down[row], across[column]];
  const chosen = positionOf(axes, selected);
  const isCell = one !== undefined && other !== undefined;
  const names = isCell ? namesOf(one, other, faces, news) : { 'aria-label': shownText(headName(one ?? other)) };
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is drawn
    // biome-ignore lint/a11y/useFocusableInteractive: what is in it is focusable
    <div role="row" aria-rowindex={row + 2} data-row={row} key={`${row} ${column}`}>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: each of the three roles has them */}
      <div
        role={isCell ? 'gridcell' : one ? 'rowheader' : 'columnheader'}
        tabIndex={0}
        aria-selected={(selected.component !== null && chosen?.row === row && chosen.column === column) || undefined}
        aria-colindex={column + 2}
        data-column={column}
        className="mx-active"
        style={rectOf(layout, row, column)}
        {...names}
      />
    </div>
  );
}

function headName(head: Head | undefined): string {
  if (head === undefined) return '';
  return head.kind === 'release' ? releaseName(head.row) : head.component.name;
}

function namesOf(one: Head, other: Head, faces: OverviewProps['faces'], news: PlacesOfNews) {
  const [release, component] = one.kind === 'release' ? [one, other] : [other, one];
  if (release.kind !== 'release' || component.kind !== 'component') return {};
  const face = faces[cellAt(release, component) ?? 0] ?? ABSENT;
  const tag = release.row.release.tag;
  const description = cellDescription(face, news.get(placeName(tag, component.component.id)) ?? null);
  return {
    'aria-label': shownText(cellName(component.component, release.row.release, face)),
    'aria-description': description === '' ? undefined : shownText(description),
  };
}

/** From a first to a last cell, both in it. */
interface Stretch {
  readonly from: Position;
  readonly to: Position;
}

function stretchOf(a: Position, b: Position): Stretch {
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  };
}

/** Where a place is on the screen. */
function boxIn(layout: OverviewLayout, grid: HTMLElement | null, at: Position | null) {
  const area = grid?.getBoundingClientRect();
  const { left, top, height } = at === null ? { left: 0, top: 0, height: 0 } : rectOf(layout, at.row, at.column);
  const [x, y] = [left + (area?.left ?? 0), top + (area?.top ?? 0)];
  return { left: x + 8, top: y, bottom: y + height };
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A cell, or a head: what is left of the first column or above the first row. */
function rectOf({ xs, ys, ends }: OverviewLayout, row: number, column: number): Rect {
  const [left, right] = column === -1 ? [0, (xs[0] ?? 0) - 4] : [xs[column] ?? 0, ends[column] ?? 0];
  const [top, bottom] = row === -1 ? [(ys[0] ?? 0) - GROUP_PX, ys[0] ?? 0] : [ys[row] ?? 0, ys[row + 1] ?? 0];
  return { left, top, width: right - left, height: bottom - top };
}

function boxOf(layout: OverviewLayout, { from, to }: Stretch): Rect {
  const [first, last] = [rectOf(layout, from.row, from.column), rectOf(layout, to.row, to.column)];
  return { ...first, width: last.left + last.width - first.left, height: last.top + last.height - first.top };
}

function positionAt({ xs, ys }: OverviewLayout, grid: HTMLElement | null, event: PointerEvent): Position | null {
  if (grid === null) return null;
  const { left, top } = grid.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  const [row, column] = [stretchAt(ys, y), stretchAt(xs, x)];
  const isHead = (row === -1 && y < (ys[0] ?? 0)) !== (column === -1 && x < (xs[0] ?? 0));
  if (row === -1 || column === -1) return isHead && (row !== -1 || column !== -1) ? { row, column } : null;
  return { row, column };
}

function intoView(area: HTMLElement, { left, top, width, height }: Rect): void {
  const right = left + width - area.clientWidth;
  const bottom = top + height - area.clientHeight;
  if (left < area.scrollLeft || right > area.scrollLeft)
    area.scrollLeft = Math.max(0, Math.min(left - 100, right + 100));
  if (top < area.scrollTop || bottom > area.scrollTop) area.scrollTop = Math.max(0, Math.min(top - 100, bottom + 100));
}

function useSize(area: React.RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: innerWidth, height: innerHeight - 150 });
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const take = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    take();
    const observer = new ResizeObserver(take);
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return size;
}

/** Draws when anything of it is another, the theme too. */
function useDrawn(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  axes: Axes,
  faces: OverviewProps['faces'],
  layout: OverviewLayout,
  size: string,
): void {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const take = () => setTheme(`${document.documentElement.dataset.theme} ${matchMedia(FORCED).matches}`);
    const observer = new MutationObserver(take);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const forced = matchMedia(FORCED);
    forced.addEventListener('change', take);
    return () => {
      observer.disconnect();
      forced.removeEventListener('change', take);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are the theme's, and the canvas has the size
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    element.width = Math.round(element.clientWidth * devicePixelRatio);
    element.height = Math.round(element.clientHeight * devicePixelRatio);
    const started = performance.now();
    drawOverview(element, axes, faces, layout, coloursOf(element));
    performance.measure('overview', { start: started, end: performance.now() });
  }, [canvas, axes, faces, layout, size, theme]);
}

const FORCED = '(forced-colors: active)';

function coloursOf(element: HTMLElement): OverviewColours {
  const style = getComputedStyle(element);
  const colourOf = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const named = ['page', 'ink', 'dim', 'edge', 'good'] as const;
  return Object.fromEntries([
    ...named.map((name) => [name, colourOf(name)]),
    ['error-ink', colourOf('error')],
    ['warning-ink', colourOf('warning')],
    ...KINDS.map((kind) => [kind, colourOf(`kind-${kind}`)]),
  ]) as OverviewColours; // each of its names is in one of the two lists
}
