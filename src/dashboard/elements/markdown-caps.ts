/**
 * Which changelogs are drawn as Markdown. Everything in a fragment is written by somebody else's pipeline, and laying out
 * takes time with each line, mark and node, some of it with the square of what is left open: what would take long stays
 * text. Changelogs that somebody wrote, cut to 16 kB, come to half of each of these at most.
 */

/** UTF-8 bytes. */
const MAX_BYTES = 16 * 1024;
/** Each may be a block of its own. */
const MAX_LINES = 2000;
/** Of emphasis, code, links, images and cells: each looks for its other end among all the others. */
const MAX_MARKS = 2500;
/** Of what is drawn; and those within one another, which are walked by recursion. Known when it has been parsed. */
export const MAX_NODES = 3000;
export const MAX_NESTED = 50;

const MARKS = /[[\]<|]|\*+|_+|~+|`+/g;

/** Why a changelog is shown as it was written. */
export type PlainReason = 'long' | 'deep' | 'dense';

/** @returns null where it may be parsed, which takes about as long as the text is */
export function whyPlain(text: string): PlainReason | null {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) return 'long';
  const dense = text.split(/\r\n?|\n/).length > MAX_LINES || (text.match(MARKS)?.length ?? 0) > MAX_MARKS;
  return dense ? 'dense' : null;
}

/** Why it is shown as it was written, in words. */
export const PLAIN_WORDS = {
  long: 'Shown as written: it is longer than 16 kB.',
  deep: 'Shown as written: it is nested too deeply to be laid out.',
  dense: 'Shown as written: it holds too many lines or marks to be laid out.',
} satisfies Record<PlainReason, string>;
