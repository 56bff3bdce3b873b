import { stopwatch } from '../guard/stopwatch.ts';

/** Something that ends, for example a session. */
export interface Expiring {
  /** Milliseconds of life that it had when it was fetched, or null when its end is not known. */
  readonly lifeMs: number | null;
}

/** What is handed out of the cache. */
export interface Kept<T> {
  readonly value: T;
  /** Milliseconds since it was fetched. */
  readonly ageMs: number;
}

export interface CacheOptions<T extends Expiring> {
  /** Gets a fresh value. Called once at a time. */
  readonly fetch: () => Promise<T>;
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
/** A fetch still under way after this is given up, so that one that never ends does not keep out all later ones. */
const GIVE_UP_MS = 60_000;

interface Flight<T> {
  readonly result: Promise<Kept<T>>;
  readonly age: () => number;
}

/**
 * Keeps the newest value and fetches it in a single flight, however many ask: each fetch may cost a call to AWS or
 * start a program. A fetch that outlasts its limit stays the single flight for a minute, so that hanging ones do not
 * pile up.
 *
 * @returns a function that gives a value with as much life left as upstream permits; it throws what `fetch` throws,
 *   unless the kept value still has `HAND_OUT_ABOVE_MS` left. `refused`: the caller was given a value that AWS no longer
 *   takes (its session was revoked, for example), whatever life it should have had.
 */
export function cacheUntilStale<T extends Expiring>(options: CacheOptions<T>): (refused?: boolean) => Promise<Kept<T>> {
  // The age is measured, not reckoned from two times of day: the clock may be set right in between.
  let kept: { readonly value: T; readonly age: () => number } | null = null;
  let flight: Flight<T> | null = null;
  const left = ({ value, ageMs }: Kept<T>): number => (value.lifeMs ?? UNKNOWN_END_MS + REFRESH_BELOW_MS) - ageMs;
  const look = (): Kept<T> | null => (kept === null ? null : { value: kept.value, ageMs: kept.age() });
  const start = (): Flight<T> => {
    const started: Flight<T> = {
      age: stopwatch(),
      result: options
        .fetch()
        .then((value) => {
          // One that was given up may still end, and is the older one then.
          if (flight === started) kept = { value, age: stopwatch() };
          return { value, ageMs: 0 };
        })
        .finally(() => {
          if (flight === started) flight = null;
        }),
    };
    return started;
  };
  return async (refused = false) => {
    const now = look();
    const isWanted = refused && now !== null && now.ageMs >= FRESH_MS;
    if (now !== null && !isWanted && left(now) >= REFRESH_BELOW_MS) return now;
    if (flight === null || flight.age() >= GIVE_UP_MS) flight = start();
    try {
      return await within(flight.result, options.limitMs, options.onLimit);
    } catch (error) {
      const then = look();
      if (!isWanted && then !== null && left(then) >= HAND_OUT_ABOVE_MS) return then;
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
