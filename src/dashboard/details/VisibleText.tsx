import { clsx } from 'clsx';
import { useId, useMemo, useState } from 'react';
import { type Piece, visibleText } from './visible-text.ts';

interface VisibleTextProps {
  readonly text: string;
  /** Characters shown at first; the rest on demand. */
  readonly limit?: number;
  /** Keep line ends, as in a changelog. */
  readonly lines?: boolean;
  readonly className?: string;
}

/** What a value on one line shows before it is cut, characters. */
const LINE_LIMIT = 200;

/**
 * Text from a fragment: invisible characters as marks, its writing direction kept to itself, cut where it is long with
 * the rest on demand.
 */
export function VisibleText({ text, limit = LINE_LIMIT, lines = false, className }: VisibleTextProps) {
  const [whole, setWhole] = useState(false);
  const id = useId();
  const { pieces, cut } = useMemo(
    () => visibleText(text, { limit: whole ? Number.POSITIVE_INFINITY : limit, lines }),
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

/** The same within a button or a link, which can hold no button of its own: what is cut off stays cut off. */
export function VisibleLabel({ text, limit = LINE_LIMIT, className }: Omit<VisibleTextProps, 'lines'>) {
  const { pieces, cut } = useMemo(() => visibleText(text, { limit, lines: false }), [text, limit]);
  return (
    <bdi className={className}>
      <Pieces pieces={pieces} />
      {cut > 0 && '…'}
    </bdi>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and the text never reorders
    'text' in piece ? piece.text : <Mark key={index} mark={piece} />,
  );
}

function Mark({ mark }: { readonly mark: Extract<Piece, { code: string }> }) {
  const times = mark.times > 1 ? ` ×${mark.times}` : '';
  return (
    <span
      title={`${mark.name}${times}`}
      className="mx-0.5 rounded-sm bg-warning-soft px-1 font-mono text-[0.85em] text-warning"
    >
      {`${mark.code}${times}`}
    </span>
  );
}
