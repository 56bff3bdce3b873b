/** Share by which a pause is shortened or lengthened, so that many who wait do not come back in step. */
const JITTER = 0.2;

/**
 * The pause before something that has failed is tried again: it doubles from one to the next.
 *
 * @param before how many pauses there were before this one
 * @param random a number from 0 (included) to 1 (excluded), such as `Math.random` gives; absent: nobody else waits
 * @returns milliseconds, ± 20 %
 */
export function pauseMs(
  before: number,
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
  random: () => number = () => 0.5,
): number {
  const pause = Math.min(firstMs * 2 ** Math.min(before, 10), longestMs);
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random()));
}
