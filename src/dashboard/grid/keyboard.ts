import type { GridKey } from '../elements/keys.ts';
import type { ReleaseHead } from './heads.ts';
import { clamp, type Position } from './place.ts';

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** How far a key can go. */
export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Whole rows and columns that fit on the screen: what a Page key goes by. */
  readonly pageRows: number;
  readonly pageColumns: number;
}

/**
 * Where a key leads in the grid, by the ARIA Authoring Practices' data grid: arrows by one, with Ctrl to the edge; Home
 * and End within the row, with Ctrl to the first and the last cell; Page keys by a screenful, with Alt sideways (Ctrl
 * with a Page key belongs to the browser's tabs). The heads are next to the first row and column.
 *
 * @returns null for a key that leads nowhere, so that the browser may have it
 */
export function positionAfter(press: KeyPress, from: Position, shape: GridShape): Position | null {
  const step = STEPS.get(press.key);
  if (step === undefined || press.shiftKey || (press.altKey && !press.key.startsWith('Page'))) return null;
  const ctrl = press.ctrlKey || press.metaKey;
  if (ctrl && press.key.startsWith('Page')) return null;
  const to = step(from, shape, { ctrl, alt: press.altKey });
  const row = clamp(to.row, from.column === -1 ? 0 : -1, shape.rows - 1);
  return { row, column: clamp(to.column, row === -1 ? 0 : -1, shape.columns - 1) };
}

interface Held {
  readonly ctrl: boolean;
  readonly alt: boolean;
}

type Step = (from: Position, shape: GridShape, held: Held) => Position;

const STEPS_OF = {
  ArrowUp: ({ row, column }, _, { ctrl }) => ({ row: ctrl ? Math.min(row, 0) : row - 1, column }),
  ArrowDown: ({ row, column }, { rows }, { ctrl }) => ({ row: ctrl ? rows - 1 : row + 1, column }),
  ArrowLeft: ({ row, column }, _, { ctrl }) => ({ row, column: ctrl ? Math.min(column, 0) : column - 1 }),
  ArrowRight: ({ row, column }, { columns }, { ctrl }) => ({ row, column: ctrl ? columns - 1 : column + 1 }),
  Home: ({ row }, _, { ctrl }) => ({ row: ctrl ? 0 : row, column: 0 }),
  End: ({ row }, { rows, columns }, { ctrl }) => ({ row: ctrl ? rows - 1 : row, column: columns - 1 }),
  PageUp: (from, shape, { alt }) => page(from, shape, alt, -1),
  PageDown: (from, shape, { alt }) => page(from, shape, alt, 1),
} satisfies Record<GridKey, Step>;

const STEPS: ReadonlyMap<string, Step> = new Map(Object.entries(STEPS_OF));

/** A Page key stops at the first row or column of cells: the heads are for the arrows. */
function page({ row, column }: Position, shape: GridShape, sideways: boolean, direction: 1 | -1): Position {
  if (sideways) {
    return {
      row,
      column: column === -1 && direction === -1 ? -1 : Math.max(0, column + direction * shape.pageColumns),
    };
  }
  return { row: row === -1 && direction === -1 ? -1 : Math.max(0, row + direction * shape.pageRows), column };
}

/**
 * What a key, held with no other, does to a line when the focus is on a release's head.
 *
 * @param down whether the head is a row's: there Left and Right fold, which in a row of heads only move
 * @returns the line and whether it is to be folded; null for a key that folds nothing here
 */
export function foldAfter(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress,
  { fold }: ReleaseHead,
  down: boolean,
): { line: string; folded: boolean } | null {
  // With Alt it is the browser's way back.
  if (fold === null || ctrlKey || metaKey || altKey || shiftKey) return null;
  const { line, folded } = fold;
  if (key === ' ') return { line, folded: !folded };
  if (down && key === 'ArrowRight' && folded) return { line, folded: false };
  if (down && key === 'ArrowLeft' && !folded) return { line, folded: true };
  return null;
}
