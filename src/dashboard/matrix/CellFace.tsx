import type { CellFace as WholeFace } from '../../views/matrix/cell-face.ts';
import { OWN_GLYPH } from '../../views/matrix/cell-problem.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { charactersOf } from './column-widths.ts';
import { SIZES, widthOf } from './geometry.ts';

/** What a cell looks like, apart from where it stands. */
export type Face = Pick<WholeFace, 'look' | 'problem' | 'glyph' | 'shown'>;

/** The attributes by which matrix.css draws a cell's ground, sign and colour. */
export function looksOf({ look, problem, glyph, shown }: Face, inMarks = false) {
  const waived = problem?.kind === 'waived';
  const weighs = problem !== null && !waived && problem.severity !== 'info';
  // That it need not be there yet says all that its finding would.
  const noted = problem?.severity === 'info' && !waived && problem.kind !== 'missing';
  const sign = glyph !== '' || look === 'absent' || look === 'elsewhere' ? glyph : inMarks ? OWN_GLYPH : '';
  return {
    'data-look': look,
    'data-glyph': sign || undefined,
    'data-kind': problem?.kind,
    'data-severity': weighs ? problem.severity : undefined,
    'data-noted': noted || undefined,
    // Clipping every cell would cost frames.
    'data-long': (!inMarks && isCut({ glyph, shown })) || undefined,
    'data-alone': (sign !== '' && (inMarks || shown === '')) || undefined,
  };
}

/** Whether the widest column has no room for it. */
function isCut(face: Pick<Face, 'glyph' | 'shown'>): boolean {
  return charactersOf(face) > MOST_CHARACTERS;
}

const MOST_CHARACTERS = (() => {
  let fits = 0;
  while (widthOf(fits + 1, 'text') < SIZES.text.wide) fits++;
  return fits;
})();

/** What is written in a cell; its sign is a pseudo-element, for the screen holds a thousand cells. */
export function CellFace({ content: { shown } }: { readonly content: Pick<Face, 'shown'> }) {
  return shown === '' ? null : <VisibleLabel text={shown} />;
}
