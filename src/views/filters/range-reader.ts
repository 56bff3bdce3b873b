type RangeReader = typeof import('../../release/policy/policy-terms.ts').rangeOf;

/** An operator, a hyphen between spaces, or an `x` in place of a number. Bare `1.4` and `rc` are text. */
const RANGE_SIGN = /[~^<>=|*]|\s-\s|\.x(?![a-z0-9])/i;

let reader: RangeReader | null = null;

export function isRange(text: string): boolean {
  return RANGE_SIGN.test(text.trim());
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
