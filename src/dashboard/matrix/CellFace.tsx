import { type ShownText, shownText } from '../../release/text/hidden-characters.ts';
import type { CellFace as WholeFace } from '../../views/matrix/cell-face.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';

/** What a cell looks like, apart from where it stands. */
export type Face = Pick<WholeFace, 'look' | 'problem' | 'glyph' | 'text' | 'lines'>;

/** Characters of a version that fit on a line. What is longer is broken, which matrix.css has room for, or else cut. */
const FITS = 10;
/** The same of the smaller line beneath it. */
const LINE_FITS = 12;

/** The attributes by which matrix.css draws a cell's ground, sign and colour. */
export function looksOf({ look, problem, glyph, text, lines }: Face) {
  const waived = problem?.kind === 'waived';
  const weighs = problem !== null && !waived && problem.severity !== 'info';
  // A word such as “arriving” says all that its finding would.
  const noted = problem?.severity === 'info' && !waived && problem.kind !== 'missing';
  return {
    'data-look': look,
    'data-glyph': glyph || undefined,
    'data-kind': problem?.kind,
    'data-severity': weighs ? problem.severity : undefined,
    'data-noted': noted || undefined,
    // Clipping every cell would cost frames.
    'data-long': longOf({ text, glyph, lines }),
    'data-lines': lines.length || undefined,
  };
}

type Text = Pick<Face, 'text' | 'glyph' | 'lines'>;

function longOf({ text, glyph, lines }: Text): 'broken' | 'cut' | undefined {
  const length = shownText(text).length + (glyph === '' ? 0 : 2);
  if (length <= FITS) return undefined;
  return length <= FITS * (lines.length === 0 ? 3 : 2) ? 'broken' : 'cut';
}

function isLongLine({ text }: Text['lines'][number]): boolean {
  return shownText(text).length > LINE_FITS;
}

/** What a pointer is told of a cell in which something may be cut. */
export function titleOf(face: Text): ShownText | undefined {
  const isLong = longOf(face) !== undefined || face.lines.some(isLongLine);
  return isLong ? shownText([face.text, ...face.lines.map(({ text }) => text)].join(', ')) : undefined;
}

/** What stands in a cell: as few elements as can be, for the screen holds hundreds of cells. */
export function CellFace({ content: { look, problem, text, lines } }: { readonly content: Face }) {
  if (lines.length === 0) {
    const boxed = look === 'missing' && problem !== null && problem.kind !== 'waived' && problem.severity !== 'info';
    return boxed ? (
      <span className="mx-box">
        <VisibleLabel text={text} />
      </span>
    ) : (
      <VisibleLabel text={text} />
    );
  }
  return (
    <>
      <span className="mx-version">
        <VisibleLabel text={text} />
      </span>
      {lines.map((line) => (
        <span
          key={line.text}
          className="mx-line"
          data-long={isLongLine(line) || undefined}
          data-short={line.short || undefined}
        >
          <VisibleLabel text={line.text} />
        </span>
      ))}
    </>
  );
}
