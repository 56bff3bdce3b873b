import { useContext } from 'react';
import type { Component } from '../../release/item/component.ts';
import type { Release } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { cellDescription, cellName, type CellFace as Face, NOT_READ_YET } from '../../views/matrix/cell-face.ts';
import type { CellNews } from '../../views/matrix/news.ts';
import { CellFace, looksOf } from './CellFace.tsx';
import { StillReading } from './still-reading.ts';

export interface GridCellProps {
  readonly component: Component;
  readonly release: Release;
  /** Null: not handed over yet. The same object as long as it shows the same. */
  readonly face: Face | null;
  readonly news: CellNews;
  readonly column: number;
  /** CSS pixels. */
  readonly width: number;
  /** Only the sign is drawn. */
  readonly inMarks: boolean;
  /** aria-colindex: counts what is folded away, unlike `column`. */
  readonly ordinal: number;
  /** A group of columns begins here. */
  readonly first: boolean;
  readonly selected: boolean;
  /** The grid's one stop of the Tab key. */
  readonly active: boolean;
}

/** One cell: mostly a single element, for the screen holds hundreds. */
export function GridCell(props: GridCellProps) {
  const { component, release, news } = props;
  const partial = useContext(StillReading);
  const face = props.face === null || (partial && props.face.look === 'absent') ? NOT_READ_YET : props.face;
  const description = cellDescription(face, news);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    <div
      role="gridcell"
      aria-label={shownText(cellName(component, release, face))}
      aria-description={description === '' ? undefined : shownText(description)}
      aria-colindex={props.ordinal + 2}
      aria-selected={props.selected || undefined}
      tabIndex={props.active ? 0 : -1}
      data-column={props.column}
      data-news={news ?? undefined}
      data-first={props.first || undefined}
      {...looksOf(face, props.inMarks)}
      className="mx-cell"
      style={{ width: props.width }}
    >
      {!props.inMarks && <CellFace content={face} />}
    </div>
  );
}

/** Whether a cell would be drawn the same. */
export function sameCellProps(a: GridCellProps, b: GridCellProps): boolean {
  return (
    a.face === b.face &&
    a.news === b.news &&
    a.selected === b.selected &&
    a.active === b.active &&
    a.column === b.column &&
    a.width === b.width &&
    a.inMarks === b.inMarks &&
    a.ordinal === b.ordinal &&
    a.first === b.first &&
    a.component.id === b.component.id &&
    a.release.tag === b.release.tag
  );
}
