import { clsx } from 'clsx';
import { memo, type ReactNode, useContext } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { CellFace } from '../../views/matrix/cell-face.ts';
import type { CellNews } from '../../views/matrix/news.ts';
import { partialName, releaseName } from '../../views/words/release-words.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { cellAt, type Head } from '../grid/heads.ts';
import { type PlacesOfNews, placeName } from '../state/live-reading.ts';
import { CellChunk } from './CellChunk.tsx';
import type { GridCellProps } from './GridCell.tsx';
import { GroupLabel } from './GroupLabel.tsx';
import { type DrawnZoom, SIZES } from './geometry.ts';
import { ReleaseRowHeading } from './ReleaseHeading.tsx';
import { StillReading } from './still-reading.ts';

export interface GridRowProps {
  readonly head: Head;
  readonly across: readonly Head[];
  /** Where each column begins, and after the last where it ends. */
  readonly lefts: readonly number[];
  readonly zoom: DrawnZoom;
  /** What the numbers of the cells stand for. */
  readonly faces: readonly CellFace[];
  readonly news: PlacesOfNews;
  readonly row: number;
  /** Distance from the grid's top, CSS pixels. */
  readonly top: number;
  /** Whether the name of the row's group stands above it. */
  readonly banded: boolean;
  /** First and last chunk in view. */
  readonly from: number;
  readonly to: number;
  /** Columns of what is open and of the Tab stop, where they are in this row; the heads' is -1. */
  readonly selected: number | null;
  readonly active: number | null;
}

/** A row: its head, which stays in place sideways, and the chunks in view. */
export const GridRow = memo(Row, sameRow);

/**
 * Whether a row would be drawn the same. News are of the whole table: what counts is what they say of this row. Of the
 * faces there are ever more, and those that were there stay: what counts is the numbers, which are the row's own.
 */
function sameRow(before: GridRowProps, after: GridRowProps): boolean {
  const { news: old, faces: _, ...others } = before;
  const { news, faces: __, ...same } = after;
  const names = Object.keys(same) as (keyof typeof same)[];
  if (!names.every((name) => Object.is(same[name], others[name]))) return false;
  return (
    old === news ||
    columnsOf(after).every((other) => newsAt(after.head, other, old) === newsAt(after.head, other, news))
  );
}

function newsAt(one: Head, other: Head, news: PlacesOfNews): CellNews {
  if (news.size === 0) return null;
  const [release, component] = one.kind === 'release' ? [one, other] : [other, one];
  if (release.kind !== 'release' || component.kind !== 'component') return null;
  return news.get(placeName(release.row.release.tag, component.component.id)) ?? null;
}

/** The columns whose cells a row draws; one with the focus out of view is among them at its own chunk only. */
function columnsOf({ across, zoom, from, to, active }: GridRowProps): readonly Head[] {
  const { chunk } = SIZES[zoom];
  const columns = across.slice(from * chunk, (to + 1) * chunk);
  const focused = active === null ? undefined : across[active];
  return focused === undefined ? columns : [...columns, focused];
}

function Row(props: GridRowProps) {
  const { head, row, top, banded, selected, active } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are focusable
    <div
      role="row"
      aria-rowindex={head.ordinal + 2}
      data-row={row}
      data-selected={selected !== null || undefined}
      data-stable={(head.kind === 'release' && head.row.release.stage === 'stable') || undefined}
      className={banded ? 'mx-row mx-banded' : 'mx-row'}
      style={{ top }}
    >
      {banded && <GroupLabel group={head.group} className="mx-band" />}
      <RowHead head={head} active={active === -1} open={selected === -1} />
      {chunksOf(props)}
    </div>
  );
}

interface RowHeadProps {
  readonly head: Head;
  readonly active: boolean;
  /** Its details are. */
  readonly open: boolean;
}

const RowHead = memo(function RowHead({ head, active, open }: RowHeadProps) {
  const partial = useContext(StillReading);
  const named =
    head.kind === 'release'
      ? {
          'aria-label': shownText((partial ? partialName : releaseName)(head.row)),
          'aria-description': head.row.release.line === null ? 'not SemVer' : head.due && shownText(head.due.whole),
        }
      : { 'aria-label': shownText(head.component.name), 'aria-description': shownText(typeLabel(head.component.type)) };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    <div
      role="rowheader"
      aria-colindex={1}
      aria-selected={open || undefined}
      tabIndex={active ? 0 : -1}
      data-column={-1}
      className="mx-rowhead"
      {...named}
    >
      {head.kind === 'release' ? (
        <ReleaseRowHeading head={head} />
      ) : (
        <div className="flex h-full items-center gap-2 px-3" title={shownText(head.component.name)}>
          <span aria-hidden="true" className={clsx('h-2 w-2 shrink-0 rounded-full', typeDot(head.component.type))} />
          <span className="truncate text-base">
            <VisibleLabel text={head.component.name} />
          </span>
        </div>
      )}
    </div>
  );
});

function chunksOf(props: GridRowProps): ReactNode[] {
  const { zoom, from, to, active } = props;
  const chunks: ReactNode[] = [];
  const focused = active === null || active < 0 ? null : Math.floor(active / SIZES[zoom].chunk);
  // The focused cell stays although it is out of view: without it the focus would be lost.
  if (focused !== null && focused < from) chunks.push(chunkOf(props, focused));
  for (let chunk = from; chunk <= to; chunk++) chunks.push(chunkOf(props, chunk));
  if (focused !== null && focused > to) chunks.push(chunkOf(props, focused));
  return chunks;
}

function chunkOf(props: GridRowProps, chunk: number): ReactNode {
  const { head, across, lefts, zoom, faces, news, selected, active } = props;
  const cells: GridCellProps[] = [];
  const first = chunk * SIZES[zoom].chunk;
  const end = Math.min(first + SIZES[zoom].chunk, across.length);
  const leftOf = (column: number) => lefts[column] ?? 0;
  for (let column = first; column < end; column++) {
    const other = across[column];
    if (other === undefined || other.kind === head.kind) continue;
    const [release, component] = head.kind === 'release' ? [head, other] : [other, head];
    if (release.kind !== 'release' || component.kind !== 'component') continue;
    const number = cellAt(release, component);
    cells.push({
      component: component.component,
      release: release.row.release,
      face: number === null ? null : (faces[number] ?? null),
      news: newsAt(release, component, news),
      column,
      width: leftOf(column + 1) - leftOf(column),
      inMarks: zoom === 'marks',
      ordinal: other.ordinal,
      first: other.group !== across[column - 1]?.group,
      selected: selected === column,
      active: active === column,
    });
  }
  return <CellChunk key={chunk} left={leftOf(first)} width={leftOf(end) - leftOf(first)} cells={cells} />;
}
