/** Counts events within the last `windowMs` milliseconds. */
export interface SlidingWindow {
  /** Notes one event. @returns how many events the window holds now, this one included */
  note(): number;
  /** Notes one event if fewer than `limit` are in the window. @returns 0, or the milliseconds until there is room */
  admit(limit: number): number;
}

/** @param now clock in milliseconds that never runs backwards */
export function slidingWindow(windowMs: number, now: () => number): SlidingWindow {
  let times: number[] = [];
  const trim = (): number => {
    const time = now();
    times = times.filter((earlier) => time - earlier < windowMs);
    return time;
  };
  return {
    note() {
      const time = trim();
      times.push(time);
      // More than a flood of 10,000 needs no exact count.
      if (times.length > 10_000) times = times.slice(-10_000);
      return times.length;
    },
    admit(limit) {
      const time = trim();
      const oldest = times[0];
      if (times.length >= limit && oldest !== undefined) return Math.max(1, oldest + windowMs - time);
      times.push(time);
      return 0;
    },
  };
}
