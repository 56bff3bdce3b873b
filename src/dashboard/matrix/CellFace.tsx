import type { CellContent } from './cell-content.ts';

/** What a cell looks like, apart from where it stands. */
export type Face = Pick<CellContent, 'look' | 'problem' | 'glyph' | 'text' | 'lines'>;

/** Characters of a version that fit. What is longer is clipped. */
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
    'data-long': text.length + (glyph === '' ? 0 : 2) > FITS || undefined,
    'data-lines': lines.length || undefined,
  };
}

/** What stands in a cell: as few elements as can be, for the screen holds hundreds of cells. */
export function CellFace({ content: { look, problem, text, lines } }: { readonly content: Face }) {
  if (lines.length === 0) {
    const boxed = look === 'missing' && problem !== null && problem.kind !== 'waived' && problem.severity !== 'info';
    return boxed ? <span className="mx-box">{text}</span> : text;
  }
  return (
    <>
      <span className="mx-version">{text}</span>
      {lines.map((line) => (
        <span
          key={line.text}
          className="mx-line"
          data-long={line.text.length > LINE_FITS || undefined}
          data-short={line.short || undefined}
        >
          {line.text}
        </span>
      ))}
    </>
  );
}
