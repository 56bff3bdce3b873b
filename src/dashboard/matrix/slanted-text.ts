import type { ShownText } from '../../release/text/hidden-characters.ts';
import type { SharedParts } from '../grid/shared-parts.ts';
import { COMPONENT_HEAD_PX, slantOf } from './geometry.ts';

/** What fits on the slant of a column head of the usual height, CSS pixels. */
export const USUAL_SLANT_PX = slantOf(COMPONENT_HEAD_PX);
/** Letters are estimated. */
const MARGIN_PX = 2;

/** How wide letters of 12 px are, about, in the widest of usual fonts: the narrow and the wide ones; others lie between. */
const NARROW_PX = { letters: /[iljI.,:;|'! ]/, px: 4 };
const SLIM_PX = { letters: /[frt()\-/]/, px: 4.8 };
const WIDE_PX = { letters: /[mwMWOQ@%…]/, px: 11 };
const USUAL_PX = 7.5;

/** Of names of which nothing is known. */
const NOTHING_SHARED: SharedParts = { scope: '', end: '' };

/**
 * A name as a column head has room for it; pointing at it and focusing it show it whole. What tells neighbours apart
 * stays: the scope (`@backstage/`) of nearly all goes first, then of the word that they end with, or of the middle, as
 * little as need be.
 *
 * @param slantPx what fits on the slant, CSS pixels
 */
export function slantedText(name: ShownText, slantPx = USUAL_SLANT_PX, shared = NOTHING_SHARED): ShownText {
  const fits = (of: readonly string[]) => widthOf(of) <= slantPx - MARGIN_PX;
  const inScope = shared.scope !== '' && name.startsWith(shared.scope);
  const whole = inScope ? [...name.slice(shared.scope.length)] : [...name];
  if (fits(whole)) return shown(whole);
  const bare = inScope ? whole : [...name.replace(/^@[^/]+\/(?=.)/, '')];
  if (fits(bare)) return shown(bare);
  const isShared = shared.end !== '' && name.endsWith(shared.end);
  // A letter fewer each time: of a shared end the last one, else one from either side of the middle, the start first, as
  // what tells apart is rather at the end.
  const cutTo = (kept: number): readonly string[] => {
    const head = isShared ? kept : Math.floor((kept - 1) / 2);
    return [...bare.slice(0, head), '…', ...bare.slice(bare.length - (kept - head))];
  };
  for (let kept = bare.length - 1; kept > 2; kept--) {
    const cut = cutTo(kept);
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
