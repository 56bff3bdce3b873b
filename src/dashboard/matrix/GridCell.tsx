import { useContext } from 'react';
import type { Component } from '../../release/item/component.ts';
import type { Release } from '../../release/item/release.ts';
import type { ReportCell } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { type CellNews, contentOf, notReadYet, sameCell } from '../../views/matrix/cell-content.ts';
import { CellFace, looksOf, titleOf } from './CellFace.tsx';
import { StillReading } from './still-reading.ts';

export interface GridCellProps {
  readonly component: Component;
  readonly release: Release;
  readonly cell: ReportCell | null;
  readonly environments: readonly string[] | null;
  readonly news: CellNews;
  readonly column: number;
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
  const { component, release, cell, environments, news } = props;
  const partial = useContext(StillReading);
  const content =
    cell === null && partial ? notReadYet(component, release) : contentOf(component, release, cell, environments, news);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows and cells cannot be windowed both ways
    <div
      role="gridcell"
      aria-label={shownText(content.name)}
      aria-description={content.description === '' ? undefined : shownText(content.description)}
      aria-colindex={props.ordinal + 2}
      aria-selected={props.selected || undefined}
      tabIndex={props.active ? 0 : -1}
      data-column={props.column}
      data-news={content.news ?? undefined}
      data-first={props.first || undefined}
      title={titleOf(content)}
      {...looksOf(content)}
      className="mx-cell"
    >
      <CellFace content={content} />
    </div>
  );
}

/** Whether a cell would be drawn the same: a poll brings equal ones that are other objects. */
export function sameCellProps(a: GridCellProps, b: GridCellProps): boolean {
  return (
    sameCell(a.cell, b.cell) &&
    a.news === b.news &&
    a.selected === b.selected &&
    a.active === b.active &&
    a.environments === b.environments &&
    a.column === b.column &&
    a.ordinal === b.ordinal &&
    a.first === b.first &&
    a.component.id === b.component.id &&
    a.release.tag === b.release.tag
  );
}
