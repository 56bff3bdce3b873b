import { MAX_MARKDOWN_BYTES, MAX_MARKDOWN_LINES, MAX_MARKDOWN_MARKS } from '../../limits/limits.ts';

/**
 * Which changelogs are drawn as Markdown. Everything in a fragment is written by somebody else's pipeline, and laying out
 * takes time with each line, mark and node, some of it with the square of what is left open: what would take long stays
 * text. Changelogs that somebody wrote, cut to 16 kB, come to half of each of these at most.
 */

const MARKS = /[[\]<|]|\*+|_+|~+|`+/g;

/** Why a changelog is shown as it was written. */
export type PlainReason = 'long' | 'deep' | 'dense';

/** @returns null where it may be parsed, which takes about as long as the text is */
export function whyPlain(text: string): PlainReason | null {
  if (text.length > MAX_MARKDOWN_BYTES || new TextEncoder().encode(text).length > MAX_MARKDOWN_BYTES) return 'long';
  const dense =
    text.split(/\r\n?|\n/).length > MAX_MARKDOWN_LINES || (text.match(MARKS)?.length ?? 0) > MAX_MARKDOWN_MARKS;
  return dense ? 'dense' : null;
}

/** Why it is shown as it was written, in words. */
export const PLAIN_WORDS = {
  long: 'Shown as written: it is longer than 16 kB.',
  deep: 'Shown as written: it is nested too deeply to be laid out.',
  dense: 'Shown as written: it holds too many lines or marks to be laid out.',
} satisfies Record<PlainReason, string>;
