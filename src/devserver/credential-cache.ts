/** Something that ends, for example a session. */
export interface Expiring {
  /** Milliseconds since 1970, or null when the end is not known. */
  readonly expiresAt: number | null;
}

export interface CacheOptions<T extends Expiring> {
  /** Gets a fresh value. Called once at a time. */
  readonly fetch: () => Promise<T>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds a caller waits for `fetch`. */
  readonly limitMs: number;
  /** The error of a caller who has waited so long. */
  readonly onLimit: () => Error;
}

/** With less life left than this, a fresh value is asked for. */
const REFRESH_BELOW_MS = 10 * 60_000;
/** The SDK takes credentials with less than five minutes left for expired and asks again at every call. */
const HAND_OUT_ABOVE_MS = 6 * 60_000;
/** A value of unknown end is asked for again after this. */
const UNKNOWN_END_MS = 60_000;
/** Who says that AWS refuses the kept value gets a fresh one, unless that one is younger than this. */
const FRESH_MS = 30_000;

/**
 * Keeps the newest value and fetches it in a single flight, however many ask: each fetch may cost a call to AWS or
 * start a program. A fetch that outlasts its limit stays the single flight, so that hanging ones do not pile up.
 *
 * @returns a function that gives a value with as much life left as upstream permits; it throws what `fetch` throws,
 *   unless the kept value still has `HAND_OUT_ABOVE_MS` left. `refused`: the caller was given a value that AWS no longer
 *   takes (its session was revoked, for example), whatever life it should have had.
 */
export function cacheUntilStale<T extends Expiring>(options: CacheOptions<T>): (refused?: boolean) => Promise<T> {
  let kept: { readonly value: T; readonly fetchedAt: number } | null = null;
  let flight: Promise<T> | null = null;
  const left = (): number => {
    if (kept === null) return 0;
    const { expiresAt } = kept.value;
    return expiresAt === null
      ? kept.fetchedAt + UNKNOWN_END_MS + REFRESH_BELOW_MS - options.now()
      : expiresAt - options.now();
  };
  return async (refused = false) => {
    const isWanted = refused && kept !== null && options.now() - kept.fetchedAt >= FRESH_MS;
    if (kept !== null && !isWanted && left() >= REFRESH_BELOW_MS) return kept.value;
    flight ??= options
      .fetch()
      .then((value) => {
        kept = { value, fetchedAt: options.now() };
        return value;
      })
      .finally(() => {
        flight = null;
      });
    try {
      return await within(flight, options.limitMs, options.onLimit);
    } catch (error) {
      if (!isWanted && kept !== null && left() >= HAND_OUT_ABOVE_MS) return kept.value;
      throw error;
    }
  };
}

async function within<T>(work: Promise<T>, limitMs: number, onLimit: () => Error): Promise<T> {
  work.catch(() => undefined); // it may fail after nobody waits any more
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onLimit()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
