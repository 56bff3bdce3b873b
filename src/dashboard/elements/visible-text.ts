import { type Piece, piecesOf, type TextKind } from '../../release/text/hidden-characters.ts';

export interface VisibleText {
  readonly pieces: readonly Piece[];
  /** How many UTF-16 units were cut off at the end; 0 for none. */
  readonly cut: number;
}

/** Splits a text into what is seen and marks for what is not, of the first `limit` UTF-16 units. */
export function visibleText(text: string, limit: number, kind: TextKind): VisibleText {
  const shown = cutAt(text, limit);
  return { pieces: piecesOf(shown, kind), cut: text.length - shown.length };
}

/** Never between the halves of a character outside the first plane: each would be a mark of its own. */
function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
