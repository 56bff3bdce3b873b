import type { ShownText } from '../../release/text/hidden-characters.ts';

/** Characters that fit on the slant of a column head. */
const FITS = 18;

/**
 * A name as a column head has room for it; pointing at it and focusing it show it whole. What tells neighbours apart
 * stays: a scope (`@backstage/`) goes first, then the middle.
 */
export function slantedText(name: ShownText): ShownText {
  const letters = [...name];
  if (letters.length <= FITS) return name;
  const bare = [...name.replace(/^@[^/]+\/(?=.)/, '')];
  if (bare.length <= FITS) return shown(bare);
  const tail = Math.ceil((FITS - 1) / 2) + 1;
  return shown([...bare.slice(0, FITS - 1 - tail), '…', ...bare.slice(-tail)]);
}

/** A part of what was shown is shown. */
function shown(letters: readonly string[]): ShownText {
  return letters.join('') as ShownText;
}
