import type { Zoom } from '../../views/params.ts';
import { type Head, NOT_SEMVER } from '../grid/heads.ts';

/** Sizes of the grid in CSS pixels. Fixed, so that a place follows from an index without measuring anything. */
interface Sizes {
  readonly row: number;
  /** The strip of group names above the first row of a group of rows. */
  readonly band: number;
  /** The narrowest column, which holds a sign, and the widest. */
  readonly narrow: number;
  readonly wide: number;
  /** Columns that are drawn together: with one per cell, each sideways step makes React look at every cell. */
  readonly chunk: number;
}

/** The steps of the zoom that are drawn of elements. */
export const SIZES = {
  text: { row: 26, band: 24, narrow: 24, wide: 96, chunk: 4 },
  marks: { row: 14, band: 20, narrow: 14, wide: 14, chunk: 8 },
} as const satisfies Partial<Record<Zoom, Sizes>>;
export type DrawnZoom = keyof typeof SIZES;

/** The column of row heads. */
export const HEAD_COLUMN_PX = 228;
/** The strip of group names above the column heads. */
export const GROUP_PX = 24;
/** Column heads: slanted names; releases have their fold and their verdict beneath. */
export const COMPONENT_HEAD_PX = 106;
/** Where no name needs more: the corner has its buttons beside them. */
const LEAST_HEAD_PX = 76;
export const RELEASE_HEAD_PX = 142;
/** Where so few releases leave room beneath, long names of components have more. */
export const ROOMY_HEAD_PX = 152;
const FEW_RELEASES = 12;
/** How steep the names are, and what is beneath one. */
const SLANT_DEGREES = 55;
export const SLANT = (SLANT_DEGREES * Math.PI) / 180;
const BENEATH_PX = 4;
/** Room for the height of the last letter of the longest. */
const ABOVE_PX = 9;

/** With one column, it has room for the name of a type. */
const LEAST_LEAN_PX = 100;

/** Room after the last column, into which its slanted name leans, and the name of its group. */
export function leanOf(headPx: number): number {
  return Math.max(LEAST_LEAN_PX, Math.floor(headPx / Math.tan(SLANT)) + BENEATH_PX);
}

/** How long a slanted name can be in a head of so many pixels. */
export function slantOf(headPx: number): number {
  return Math.floor((headPx - BENEATH_PX) / Math.sin(SLANT));
}

/**
 * How high the head is: as the longest name wants it, up to the usual height. Higher where there are few releases, or where
 * every fourth name would be cut that has room there: a row less costs less than names that one has to guess.
 *
 * @param slants how long each name is, CSS pixels
 * @param releases how many there are
 */
export function headFor(slants: readonly number[], releases: number): number {
  const [usual, roomy] = [slantOf(COMPONENT_HEAD_PX), slantOf(ROOMY_HEAD_PX)];
  const saved = slants.filter((px) => px > usual && px <= roomy).length;
  const mostPx = releases <= FEW_RELEASES || saved > slants.length / 4 ? ROOMY_HEAD_PX : COMPONENT_HEAD_PX;
  const longest = slants.reduce((most, px) => Math.max(most, px), 0);
  return Math.max(LEAST_HEAD_PX, Math.min(mostPx, Math.ceil(longest * Math.sin(SLANT)) + BENEATH_PX + ABOVE_PX));
}

/** The sizes that the CSS needs, as custom properties for the element that holds the grid. */
export function sizesInCss(zoom: DrawnZoom): Readonly<Record<`--${string}`, string>> {
  const { row, band } = SIZES[zoom];
  return {
    '--row': `${row}px`,
    // What is in it above its border.
    '--inner': `${row - 1}px`,
    '--band': `${band}px`,
    '--head-column': `${HEAD_COLUMN_PX}px`,
    '--usual-slant': `${slantOf(COMPONENT_HEAD_PX)}px`,
    '--steep': `${-SLANT_DEGREES}deg`,
  };
}

/** A character of the cells' font, and what is left and right of the text. */
const CHARACTER_PX = 6.65;
const AROUND_TEXT_PX = 6;

/**
 * How wide a column is whose longest text has so many characters. What is longer than fits is cut; its card says it whole.
 */
export function widthOf(characters: number, zoom: DrawnZoom): number {
  const { narrow, wide } = SIZES[zoom];
  return Math.min(wide, Math.max(narrow, Math.ceil(characters * CHARACTER_PX) + AROUND_TEXT_PX));
}

/** Where each column begins, from the left of the grid; one more for where the last one ends. */
export function columnLefts(widths: readonly number[]): number[] {
  const lefts = [HEAD_COLUMN_PX];
  let left = HEAD_COLUMN_PX;
  for (const width of widths) {
    left += width;
    lefts.push(left);
  }
  return lefts;
}

/**
 * Where each row begins, from the top of the grid; one more for where the last one ends.
 *
 * @param height of the column heads
 */
export function rowTops(down: readonly Head[], height: number, { row, band }: Pick<Sizes, 'row' | 'band'>): number[] {
  const tops = [height];
  let top = height;
  down.forEach((_, index) => {
    top += row + (isBanded(down, index) ? band : 0);
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

/**
 * The scroll offset a little further at which no column is cut by the fixed heads: what is left of `13.2.0` reads as
 * another version.
 *
 * @param lefts where each column begins, ascending
 * @param covered how much of the start of the viewport the fixed heads cover
 */
export function offsetOfWhole(offset: number, lefts: readonly number[], covered: number): number {
  const first = lefts.find((left) => left >= offset + covered);
  return first === undefined ? offset : first - covered;
}
