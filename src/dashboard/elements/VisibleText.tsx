import { clsx } from 'clsx';
import { useId, useMemo, useState } from 'react';
import { isPlain, type Piece, piecesOf } from '../../release/text/hidden-characters.ts';
import { visibleText } from './visible-text.ts';

interface VisibleTextProps {
  readonly text: string;
  /** Characters shown at first; the rest on demand. */
  readonly limit?: number;
  /** Keep line ends, as in a changelog, and what prose needs to be read. */
  readonly lines?: boolean;
  readonly className?: string;
}

/** What a value on one line shows before it is cut, characters. */
const LINE_LIMIT = 200;

/**
 * Text from the table: invisible characters as marks, its writing direction kept to itself, cut where it is long with
 * the rest on demand. All that the page draws of the table it draws by this or by `VisibleLabel`, and where only a text
 * can stand, in a label or a title, by `shownText`, which shows the same.
 */
export function VisibleText({ text, limit = LINE_LIMIT, lines = false, className }: VisibleTextProps) {
  const [whole, setWhole] = useState(false);
  const id = useId();
  const { pieces, cut } = useMemo(
    () => visibleText(text, whole ? Number.POSITIVE_INFINITY : limit, lines ? 'prose' : 'name'),
    [text, limit, lines, whole],
  );
  return (
    <>
      <bdi id={id} className={clsx('[overflow-wrap:anywhere]', lines && 'whitespace-pre-wrap', className)}>
        <Pieces pieces={pieces} />
        {cut > 0 && '…'}
      </bdi>
      {(cut > 0 || whole) && (
        <button
          type="button"
          aria-controls={id}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="ml-1 rounded px-1 text-left font-sans text-xs text-accent hover:underline"
        >
          {whole ? 'Show less' : `Show all ${text.length.toLocaleString('en')} characters`}
        </button>
      )}
    </>
  );
}

/**
 * The same within a button, a link or a cell, which can hold no button of its own: what is cut off stays cut off. Plain
 * text without a class is drawn without an element, for the matrix holds hundreds.
 */
export function VisibleLabel({ text, limit = LINE_LIMIT, className }: Omit<VisibleTextProps, 'lines'>) {
  if (className === undefined && text.length <= limit && isPlain(text)) return text;
  const { pieces, cut } = visibleText(text, limit, 'name');
  return (
    <bdi className={className}>
      <Pieces pieces={pieces} />
      {cut > 0 && '…'}
    </bdi>
  );
}

/** A part of prose that is laid out, as Markdown is: what it stands in keeps its writing direction to itself. */
export function VisiblePart({ text }: Pick<VisibleTextProps, 'text'>) {
  return <Pieces pieces={piecesOf(text, 'prose')} />;
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, index) =>
    'text' in piece ? (
      piece.text
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and the text never reorders
        key={index}
        title={piece.name}
        className="rounded-sm bg-warning-soft font-mono whitespace-nowrap text-warning"
      >
        {piece.mark}
      </span>
    ),
  );
}
