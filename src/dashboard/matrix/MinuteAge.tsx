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
  const at = Date.parse(since);
  const age = minute * MINUTE_MS - at;
  return (
    <time dateTime={since} title={MOMENT.format(at)} className="whitespace-nowrap">
      {age < MINUTE_MS ? 'just now' : ageText(age)}
    </time>
  );
}

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

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
