import type { Head } from './heads.ts';

/**
 * Where in the grid: a cell by its release and component; the head of a release where the component is null, that of a
 * component where the release is. It holds through polls, filters and the flip, which indexes would not.
 */
export interface Place {
  /** Tag. */
  readonly release: string | null;
  /** Component id. */
  readonly component: string | null;
}

/** The same by index among the heads shown; -1 is the row or the column of the heads. Never -1 and -1. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** Where one is in the grid, and whether the focus is there. */
export interface Whereabouts {
  readonly place: Place;
  readonly focus: boolean;
  /** Whose details are open there: they have been shown, and one may have gone on. */
  readonly open: string | null;
}

/** What a place is known by whose details are open; null: none are. */
export function openName({ release, component }: Place): string | null {
  return component === null ? null : `${release}\n${component}`;
}

/** By which the grid lets it be known where one is, or was when it was last there; null: nowhere yet. */
export type WhereaboutsRef = { current: (() => Whereabouts) | null };

/** What is down and what is across. */
export interface Axes {
  readonly down: readonly Head[];
  readonly across: readonly Head[];
}

export function placeAt({ down, across }: Axes, { row, column }: Position): Place {
  const heads = [down[row], across[column]];
  let release: string | null = null;
  let component: string | null = null;
  for (const head of heads) {
    if (head?.kind === 'release') release = head.row.release.tag;
    if (head?.kind === 'component') component = head.component.id;
  }
  return { release, component };
}

/** @returns null where the filters, a fold or a poll left nothing of the place */
export function positionOf({ down, across }: Axes, place: Place): Position | null {
  const row = indexOf(down, place);
  const column = indexOf(across, place);
  return row === null || column === null || (row === -1 && column === -1) ? null : { row, column };
}

/** @returns -1 where the place is in the heads' own row or column, null where it names a head that is not there */
function indexOf(heads: readonly Head[], { release, component }: Place): number | null {
  const [first] = heads;
  if (first === undefined) return -1;
  const wanted = first.kind === 'release' ? release : component;
  if (wanted === null) return -1;
  const index = heads.findIndex((head) =>
    head.kind === 'release' ? head.row.release.tag === wanted : head.component.id === wanted,
  );
  return index === -1 ? null : index;
}

/**
 * Where a place is now; where it is gone, what is nearest: a folded release's line, else what has moved to where it was.
 *
 * @param axes at least one row and one column
 * @param last where the place was when it was last there
 */
export function nearest(axes: Axes, place: Place, last: Position): Position {
  const found = positionOf(axes, place);
  if (found !== null) return found;
  const row = indexOf(axes.down, place) ?? clamp(last.row, 0, axes.down.length - 1);
  const column = indexOf(axes.across, place) ?? clamp(last.column, 0, axes.across.length - 1);
  return row === -1 && column === -1 ? { row: 0, column: 0 } : { row, column };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
