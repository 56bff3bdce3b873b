import { shownText } from '../../release/text/hidden-characters.ts';
import { onceFor } from '../../release/text/once-for.ts';
import type { CellFace } from '../../views/matrix/cell-face.ts';
import { NEW_GLYPH } from '../../views/matrix/cell-problem.ts';
import type { ShownMatrix, ShownRow } from '../../views/matrix/matrix-update.ts';
import type { Head } from '../grid/heads.ts';
import { type DrawnZoom, widthOf } from './geometry.ts';

/** Characters of the longest text in each column. Of all rows that the filters leave: a fold must not move the columns. */
export function columnWidths(matrix: ShownMatrix, across: readonly Head[], zoom: DrawnZoom): number[] {
  // In marks all are as wide.
  if (zoom === 'marks') return across.map(() => widthOf(0, zoom));
  const longest = longestOf(matrix);
  const lengths = lengthsOf(matrix.faces);
  const ofRelease = ({ cells }: ShownRow): number =>
    matrix.visible.columns.reduce((most, column) => Math.max(most, lengths[cells?.[column] ?? 0] ?? 0), 0);
  return across.map((head) =>
    widthOf((head.kind === 'component' ? longest[head.index] : ofRelease(head.row)) ?? 0, zoom),
  );
}

/** By component, once for a matrix: whoever comes back to it finds the same one. */
const longestOf = onceFor(({ outline: { rows, components }, visible, faces }: ShownMatrix): Float32Array => {
  const lengths = lengthsOf(faces);
  // Row by row, as the numbers lie in memory: a large table has a million of them, and this is done with every change.
  const longest = new Float32Array(components.length);
  for (const row of visible.rows) {
    const cells = rows[row]?.cells ?? [];
    for (let column = 0; column < cells.length; column++) {
      const length = lengths[cells[column] ?? 0] ?? 0;
      if (length > (longest[column] ?? 0)) longest[column] = length;
    }
  }
  return longest;
});

/** By number. */
const lengthsOf = onceFor((faces: readonly CellFace[]) => Float32Array.from(faces, charactersOf));

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
