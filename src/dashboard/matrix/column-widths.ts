import { shownText } from '../../release/text/hidden-characters.ts';
import type { CellFace } from '../../views/matrix/cell-face.ts';
import { NEW_GLYPH } from '../../views/matrix/cell-problem.ts';
import type { ShownMatrix, ShownRow } from '../../views/matrix/matrix-update.ts';
import type { Head } from '../grid/heads.ts';
import { type DrawnZoom, widthOf } from './geometry.ts';

/** Characters of the longest text in each column. Of all rows that the filters leave: a fold must not move the columns. */
export function columnWidths(
  { outline: { rows }, visible, faces }: ShownMatrix,
  across: readonly Head[],
  zoom: DrawnZoom,
): number[] {
  // In marks all are as wide.
  if (zoom === 'marks') return across.map(() => widthOf(0, zoom));
  const longest = new Map<Head, number>();
  const lengths = faces.map(charactersOf);
  const lengthAt = (row: ShownRow | undefined, column: number): number => lengths[row?.cells?.[column] ?? 0] ?? 0;
  for (const head of across) {
    let most = 0;
    if (head.kind === 'component') {
      for (const row of visible.rows) most = Math.max(most, lengthAt(rows[row], head.index));
    } else {
      for (const column of visible.columns) most = Math.max(most, lengthAt(head.row, column));
    }
    longest.set(head, most);
  }
  return across.map((head) => widthOf(longest.get(head) ?? 0, zoom));
}

const known = new WeakMap<CellFace, number>();

/** What a face takes of a line, in characters: its sign, a narrow space and its text. */
export function charactersOf(face: Pick<CellFace, 'glyph' | 'shown'>): number {
  const before = known.get(face as CellFace);
  if (before !== undefined) return before;
  const text = shownText(face.shown).length;
  // What is new has its sign in the corner.
  const characters = text === 0 ? 0 : text + (face.glyph === '' || face.glyph === NEW_GLYPH ? 0 : 1.5);
  known.set(face as CellFace, characters);
  return characters;
}
