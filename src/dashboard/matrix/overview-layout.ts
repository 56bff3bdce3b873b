import type { Head } from '../grid/heads.ts';
import { GROUP_PX, HEAD_COLUMN_PX } from './geometry.ts';

// Where everything is in the overview, CSS pixels. As much as fits is shown at once: cells shrink until all do.

export interface OverviewLayout {
  /** Where each column and each row begins, and after the last where it ends. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Where each column ends, without the gap to the next group. */
  readonly ends: readonly number[];
  /** Whether there is room for a name at each row, and at each column. */
  readonly rowsNamed: boolean;
  readonly columnsNamed: boolean;
}

/** A cell is as large as in marks, and no smaller than one can point at. */
const MOST_PX = 14;
const LEAST_COLUMN_PX = 4;
const LEAST_ROW_PX = 1;
/** A column whose component is gone, where not all fit. */
const GONE_PX = 1;
/** From here on there is room for a name. */
const NAMED_PX = 11;

/** Left of the cells, where there is no room for whole row heads: the tags of some lines. */
const SOME_TAGS_PX = 76;
/** Above them, where there is room for more than the groups: slanted names beneath. */
const COLUMN_HEADS_PX = 130;
/** Between two groups, where cells are large enough. */
const GAP_PX = 4;
const EDGE_PX = 10;

/**
 * @param gone which of the columns nothing new has
 * @param width of what there is room in
 */
export function overviewLayout(
  down: readonly Head[],
  across: readonly Head[],
  gone: readonly boolean[],
  { width, height }: { readonly width: number; readonly height: number },
): OverviewLayout {
  const rowOf = (top: number) => {
    const each = (height - top - EDGE_PX) / Math.max(1, down.length);
    return each >= MOST_PX ? MOST_PX : each >= 2 ? Math.floor(each) : Math.max(LEAST_ROW_PX, each);
  };
  const gaps = across.filter((head, at) => at > 0 && head.group !== across[at - 1]?.group).length * GAP_PX;
  const columnOf = (left: number, columns: number, taken: number) =>
    Math.min(MOST_PX, Math.floor((width - left - EDGE_PX - gaps - taken) / Math.max(1, columns)));

  const rowsNamed = rowOf(GROUP_PX) >= NAMED_PX;
  const left = rowsNamed ? HEAD_COLUMN_PX : SOME_TAGS_PX;
  const whole = columnOf(left, across.length, 0);
  const folds = whole < LEAST_COLUMN_PX;
  const goneCount = gone.filter(Boolean).length;
  const column = Math.max(LEAST_COLUMN_PX, folds ? columnOf(left, across.length - goneCount, goneCount) : whole);
  const columnsNamed = column >= NAMED_PX;
  const top = columnsNamed ? COLUMN_HEADS_PX : GROUP_PX;
  const row = rowOf(top);

  const ys = [top];
  for (let at = 1; at <= down.length; at++) ys.push(top + at * row);
  const xs = [left];
  const ends: number[] = [];
  let x = left;
  across.forEach((head, at) => {
    if (at > 0 && head.group !== across[at - 1]?.group) {
      x += GAP_PX;
      xs[at] = x;
    }
    x += folds && gone[at] === true ? GONE_PX : column;
    xs.push(x);
    ends.push(x);
  });
  return { xs, ys, ends, rowsNamed: row >= NAMED_PX, columnsNamed };
}

/** Index of the stretch that holds a point; -1 before the first and after the last. */
export function stretchAt(starts: readonly number[], at: number): number {
  if (at < (starts[0] ?? 0) || at >= (starts.at(-1) ?? 0)) return -1;
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
