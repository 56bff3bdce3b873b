/**
 * Which changelogs are drawn as Markdown. Everything in a fragment is written by somebody else's pipeline, and a parser
 * of Markdown takes time that grows with the square of what is nested or left open: what would take long stays text.
 */

/** UTF-8 bytes. */
const MAX_BYTES = 16 * 1024;
/** Quotes and lists within one another. */
const MAX_DEPTH = 50;
/** Markers of emphasis, code, links and images in one block of text: each looks for its other end among all the others. */
const MAX_MARKERS = 150;

/** At the start of a line: quotes, and bullets and numbers of lists, however they are mixed. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;
/** Where a block ends: an empty line, or the beginning of another. */
const BLOCKS = /\n(?=[ \t]*(?:\n|>|[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|))/;
const MARKERS = /[[<@|]|\*+|_+|~+|`+|www\.|:\/\//g;

/** Why a changelog is shown as it was written. */
export type PlainReason = 'long' | 'deep' | 'dense';

/** @returns null where it may be drawn as Markdown */
export function whyPlain(text: string): PlainReason | null {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) return 'long';
  if (text.split('\n').some((line) => depthOf(line) > MAX_DEPTH)) return 'deep';
  if (text.split(BLOCKS).some((block) => (block.match(MARKERS)?.length ?? 0) > MAX_MARKERS)) return 'dense';
  return null;
}

/** Markers at the start of a line; or the lists that so much indentation may lie within, two blanks for each. */
function depthOf(line: string): number {
  const markers = CONTAINERS.exec(line)?.[0].replace(/\d+/g, '').replace(/[ \t]/g, '').length ?? 0;
  const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return Math.max(markers, Math.ceil(blanks / 2));
}

/** Why it is shown as it was written, in words. */
export const PLAIN_WORDS = {
  long: 'Shown as written: it is longer than 16 kB.',
  deep: 'Shown as written: it is nested too deeply to be laid out.',
  dense: 'Shown as written: it holds too many marks to be laid out.',
} satisfies Record<PlainReason, string>;
