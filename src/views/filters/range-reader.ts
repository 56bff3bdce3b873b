type RangeReader = typeof import('../../release/policy/policy-terms.ts').rangeOf;

/** An operator, or an `x` in place of a number. Bare `1.4` and `rc` are text. */
const RANGE_SIGN = /[~^<>=|*]|\.x(?![a-z0-9])/i;
/** Signs alone, whose range goes on behind the white space. */
const OPERATOR = /^(?:[<>]=?|[~^=])$/;
/** What joins the words on both sides of it. */
const JOINS: ReadonlySet<string> = new Set(['-', '||']);

let reader: RangeReader | null = null;

/** A text of the search box: the SemVer range in it, which may be empty, and the words beside it. */
export function splitRange(text: string): { readonly range: string; readonly words: readonly string[] } {
  const all = text.split(/\s+/).filter(Boolean);
  const isOfRange = (word: string, at: number): boolean =>
    RANGE_SIGN.test(word) ||
    (word === '-' && at > 0 && at < all.length - 1) ||
    OPERATOR.test(all[at - 1] ?? '') ||
    JOINS.has(all[at - 1] ?? '') ||
    JOINS.has(all[at + 1] ?? '');
  return {
    range: all.filter(isOfRange).join(' '),
    words: all.filter((word, at) => !isOfRange(word, at)),
  };
}

export function hasRange(text: string): boolean {
  return splitRange(text).range !== '';
}

/** Null as long as nobody has written a range, and where it could not be fetched. */
export function rangeReader(): RangeReader | null {
  return reader;
}

/**
 * Takes what ranges are read by, once: the library is a part that most visits do without.
 *
 * @param load fetches it
 */
export async function fetchRangeReader(load: () => Promise<{ readonly rangeOf: RangeReader }>): Promise<void> {
  reader ??= (await load()).rangeOf;
}
