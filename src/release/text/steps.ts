/**
 * Work cut into steps of about a millisecond at most, that ends in a `T`. Whoever drives it may do something else
 * between two of them, or never take it up again; what it works on must stand still as long. It knows no clock.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
