import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** The moment at which the clock of this page stands; null: it goes. */
let stoppedAt: number | null = null;

/**
 * Stops the clock: what is shown is of one moment, and its ages are those of then, whenever the page is opened. To be called
 * before anything is drawn.
 *
 * @param at milliseconds since 1970
 */
export function stopClock(at: number): void {
  stoppedAt = at;
}

function subscribe(listener: () => void): () => void {
  if (stoppedAt !== null) return () => {};
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
    // A hidden tab's timers sleep; on return the age must be right at once, not a second later.
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', tick);
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/**
 * The time, in milliseconds since 1970, new every second. One timer for the whole page; only what calls this is
 * rendered again, so it belongs into the smallest component that shows an age.
 */
export function useClock(): number {
  return useSyncExternalStore(subscribe, readClock);
}

/** Without a listener nothing ticks, so the last tick may be long ago. */
function readClock(): number {
  if (stoppedAt !== null) return stoppedAt;
  if (timer === undefined) now = Math.max(now, Math.floor(Date.now() / TICK_MS) * TICK_MS);
  return now;
}
