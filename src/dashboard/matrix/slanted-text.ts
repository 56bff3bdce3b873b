import type { ShownText } from '../../release/text/hidden-characters.ts';
import { NOTHING_SHARED, type SharedParts } from '../grid/shared-parts.ts';
import { COMPONENT_HEAD_PX, slantOf } from './geometry.ts';

/** What fits on the slant of a column head of the usual height, CSS pixels. */
export const USUAL_SLANT_PX = slantOf(COMPONENT_HEAD_PX);
/** Letters side by side may be a little wider than each by itself. */
const MARGIN_PX = 2;

/** The page's font, and how large the names are, CSS pixels. */
export const SANS = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
export const LETTERS_PX = { text: 12, marks: 11 } as const;

/** How wide letters are, about, in the widest of usual fonts: the narrow and the wide ones; others lie between. */
const NARROW = { letters: /[iljI.,:;|'! ]/, px: 4 };
const SLIM = { letters: /[frt()\-/]/, px: 4.8 };
const WIDE = { letters: /[mwMWOQ@%…]/, px: 11 };
const USUAL = 7.5;

/**
 * A name as a column head has room for it; pointing at it and focusing it show it whole. What tells neighbours apart
 * stays: the scope (`@backstage/`) of nearly all goes first, then of the word that they end with as little as need be,
 * then the word that they begin with, then what the name has in common with a neighbour, at last the middle.
 *
 * @param slantPx what fits on the slant, CSS pixels
 * @param sizePx of the letters
 */
export function slantedText(
  name: ShownText,
  slantPx = USUAL_SLANT_PX,
  shared = NOTHING_SHARED,
  sizePx: number = LETTERS_PX.text,
): ShownText {
  const fits = (of: readonly string[]) => widthOf(of, sizePx) <= slantPx - MARGIN_PX;
  const whole = scopeless(name, shared);
  if (fits(whole)) return shown(whole);
  const bare = name.startsWith(shared.scope) && shared.scope !== '' ? whole : [...name.replace(/^@[^/]+\/(?=.)/, '')];
  if (fits(bare)) return shown(bare);
  const endsAlike = shared.end !== '' && name.endsWith(shared.end);
  const length = (part: string) => [...part].length;
  const begins = (part: string) => part !== '' && bare.join('').startsWith(part);
  const start = begins(shared.start) ? length(shared.start) : 0;
  const own = !endsAlike && begins(shared.before) ? bare.slice(length(shared.before)) : [];
  // A letter fewer each time.
  const cut = (of: readonly string[], least: number, headOf: (kept: number) => number) => {
    for (let kept = of.length - 1; kept >= least; kept--) {
      const head = headOf(kept);
      const left = [...of.slice(0, head), '…', ...of.slice(of.length - (kept - head))];
      if (fits(left)) return left;
    }
    return null;
  };
  const atEnd = (kept: number) => kept;
  // One from either side of the middle, the start first, as what tells apart is rather at the end.
  const amid = (kept: number) => Math.min(Math.floor((kept - 1) / 2), kept - own.length);
  const inEnd = endsAlike ? cut(bare, bare.length - length(shared.end), atEnd) : null;
  if (inEnd !== null) return shown(inEnd);
  const rest = start > 0 ? ['…', ...bare.slice(start)] : bare;
  if (start > 0 && fits(rest)) return shown(rest);
  if (own.length > 0) {
    const alone = ['…', ...own];
    const least = own.length + (start > 0 ? 2 : 1);
    return shown(fits(alone) ? (cut(rest, least, amid) ?? alone) : (cut(alone, 3, atEnd) ?? alone));
  }
  return shown(cut(rest, 3, endsAlike ? atEnd : amid) ?? [...bare.slice(0, 1), '…', ...bare.slice(-1)]);
}

/** How long a slant is that has room for a name without the scope of nearly all, CSS pixels. */
export function slantFor(name: ShownText, shared: SharedParts, sizePx: number): number {
  return widthOf(scopeless(name, shared), sizePx) + MARGIN_PX;
}

function scopeless(name: string, { scope }: SharedParts): readonly string[] {
  return [...(name.startsWith(scope) ? name.slice(scope.length) : name)];
}

function widthOf(letters: readonly string[], sizePx: number): number {
  return (letters.reduce((sum, letter) => sum + letterWidth(letter), 0) * sizePx) / LETTERS_PX.text;
}

/** By letter. */
const known = new Map<string, number>();
/** What measures letters; null: nothing here does. */
let ruler: OffscreenCanvasRenderingContext2D | null | undefined;

/** As wide as the page's font has it, asked once for each letter. */
function letterWidth(letter: string): number {
  const before = known.get(letter);
  if (before !== undefined) return before;
  if (ruler === undefined) {
    ruler = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('2d');
    if (ruler) ruler.font = `${LETTERS_PX.text}px ${SANS}`;
  }
  const px = ruler?.measureText(letter).width ?? estimate(letter);
  known.set(letter, px);
  return px;
}

function estimate(letter: string): number {
  const found = [NARROW, SLIM, WIDE].find(({ letters }) => letters.test(letter));
  // Beyond Latin letters may be twice as wide.
  return found?.px ?? (letter > '\u024f' ? 2 * USUAL : USUAL);
}

/** A part of what was shown is shown. */
function shown(letters: readonly string[]): ShownText {
  return letters.join('') as ShownText;
}
