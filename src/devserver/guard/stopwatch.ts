/**
 * Starts to measure. Of two clocks the one that has gone further counts: the monotonic one may stand still while the
 * machine sleeps, the other one may be set back. Set ahead, it makes things look older than they are, which costs a
 * fresh look at them and nothing else.
 *
 * @returns a function that gives the whole milliseconds since this call
 */
export function stopwatch(): () => number {
  const [monotonic, wall] = [performance.now(), Date.now()];
  return () => Math.round(Math.max(performance.now() - monotonic, Date.now() - wall));
}
