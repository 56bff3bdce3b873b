import { type Head, NOT_SEMVER } from '../grid/heads.ts';
import type { Density } from '../state/density.ts';

/** Sizes of the grid in CSS pixels. Fixed, so that a place follows from an index without measuring anything. */
export const ROW_PX = { comfortable: 44, compact: 34 } satisfies Record<Density, number>;
export const COLUMN_PX = 76;
/** The column of row heads. */
export const HEAD_COLUMN_PX = 280;
/** The strip of group names above the column heads, and above the first row of a group of rows. */
export const GROUP_PX = 28;
/** Column heads: slanted names; releases have verdict, stage, completeness and findings beneath. */
export const COMPONENT_HEAD_PX = 118;
export const RELEASE_HEAD_PX = 184;
/** Room after the last column, into which its slanted name leans. */
export const LEAN_PX = 88;

/**
 * Columns that are drawn together. With one per cell, each sideways step makes React look at every cell; with whole
 * rows it draws every one anew. Two was the best of those tried.
 */
export const CHUNK_COLUMNS = 2;

/**
 * Where each row begins, from the top of the grid; one more for where the last one ends.
 *
 * @param height of the column heads
 * @param rowPx height of a row
 */
export function rowTops(down: readonly Head[], height: number, rowPx: number): number[] {
  const tops = [height];
  let top = height;
  down.forEach((_, index) => {
    top += rowPx + (isBanded(down, index) ? GROUP_PX : 0);
    tops.push(top);
  });
  return tops;
}

/** Whether a row's group begins with it and is named above it. A line needs no name: its tags say it. */
export function isBanded(down: readonly Head[], index: number): boolean {
  const group = down[index]?.group;
  if (group === undefined || group === down[index - 1]?.group) return false;
  return group.type !== null || group.id === NOT_SEMVER;
}

interface Seen {
  readonly offset: number;
  readonly viewport: number;
  readonly covered: number;
}

/**
 * The scroll offset that shows a stretch amid its neighbours: where it is if it has room of its own size on both sides,
 * else in the middle.
 *
 * @param covered how much of the start of the viewport the fixed heads cover
 */
export function offsetToCentre(start: number, end: number, { offset, viewport, covered }: Seen): number {
  const size = end - start;
  if (start - size >= offset + covered && end + size <= offset + viewport) return offset;
  // Where there is no room for a middle, its beginning must not be under the heads.
  const free = Math.max(size, viewport - covered);
  return Math.max(0, start - covered - Math.floor((free - size) / 2));
}

/**
 * The scroll offset that shows a stretch with the least movement.
 *
 * @param covered how much of the start of the viewport the fixed heads cover
 */
export function offsetToShow(start: number, end: number, { offset, viewport, covered }: Seen): number {
  if (start < offset + covered) return Math.max(0, start - covered);
  return end > offset + viewport ? end - viewport : offset;
}
