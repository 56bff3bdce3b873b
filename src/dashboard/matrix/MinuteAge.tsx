import { useSyncExternalStore } from 'react';
import { ageText } from '../elements/age-text.ts';

const MINUTE_MS = 60_000;

/**
 * "3 h ago", looked at anew each minute. A release's age needs no seconds, and a grid of them ticking each second would
 * be a restless page.
 *
 * @param since ISO 8601
 */
export function MinuteAge({ since }: { readonly since: string }) {
  const minute = useSyncExternalStore(subscribe, readMinute);
  const age = minute * MINUTE_MS - Date.parse(since);
  return (
    <time dateTime={since} title={momentText(since)} className="whitespace-nowrap">
      {age < MINUTE_MS ? 'just now' : ageText(age)}
    </time>
  );
}

/** "2026-11-22 09:12 UTC". By hand: a formatter takes longer than drawing the rest of the row. */
function momentText(since: string): string {
  return `${since.slice(0, 10)} ${since.slice(11, 16)} UTC`;
}

/** The minutes since 1970: the same number for a minute long, so that nothing is drawn anew in between. */
function readMinute(): number {
  return Math.floor(Date.now() / MINUTE_MS);
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, MINUTE_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
