import type { ShownText } from '../../release/text/hidden-characters.ts';

/** What fits on the slant of a column head of the usual height, CSS pixels. */
export const USUAL_SLANT_PX = 124;
/** Letters are estimated. */
const MARGIN_PX = 2;

/** How wide letters of 12 px are, about, in the widest of usual fonts: the narrow and the wide ones; others lie between. */
const NARROW_PX = { letters: /[iljI.,:;|'! ]/, px: 4 };
const SLIM_PX = { letters: /[frt()\-/]/, px: 4.8 };
const WIDE_PX = { letters: /[mwMWOQ@%…]/, px: 11 };
const USUAL_PX = 7.5;

/**
 * A name as a column head has room for it; pointing at it and focusing it show it whole. What tells neighbours apart
 * stays: a scope (`@backstage/`) goes first, then of the middle as little as need be.
 *
 * @param slantPx what fits on the slant, CSS pixels
 */
export function slantedText(name: ShownText, slantPx = USUAL_SLANT_PX): ShownText {
  const letters = [...name];
  const fits = (of: readonly string[]) => widthOf(of) <= slantPx - MARGIN_PX;
  if (fits(letters)) return name;
  const bare = [...name.replace(/^@[^/]+\/(?=.)/, '')];
  if (fits(bare)) return shown(bare);
  // A letter fewer each time, from either side of the middle, the start first: what tells apart is rather at the end.
  for (let kept = bare.length - 1; kept > 2; kept--) {
    const head = Math.floor((kept - 1) / 2);
    const cut = [...bare.slice(0, head), '…', ...bare.slice(head - kept)];
    if (fits(cut)) return shown(cut);
  }
  return shown([...bare.slice(0, 1), '…', ...bare.slice(-1)]);
}

function widthOf(letters: readonly string[]): number {
  return letters.reduce((sum, letter) => sum + letterWidth(letter), 0);
}

function letterWidth(letter: string): number {
  const found = [NARROW_PX, SLIM_PX, WIDE_PX].find(({ letters }) => letters.test(letter));
  // Beyond Latin letters may be twice as wide.
  return found?.px ?? (letter > '\u024f' ? 2 * USUAL_PX : USUAL_PX);
}

/** A part of what was shown is shown. */
function shown(letters: readonly string[]): ShownText {
  return letters.join('') as ShownText;
}
