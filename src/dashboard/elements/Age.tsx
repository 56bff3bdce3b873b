import { ageText } from './age-text.ts';
import { useClock } from './clock.ts';

/**
 * "3 s ago", ticking by itself. Screen readers get the moment instead: a text that changes every second would never
 * let them finish.
 *
 * @param since milliseconds since 1970
 */
export function Age({ since }: { readonly since: number }) {
  const now = useClock();
  return (
    <time dateTime={new Date(since).toISOString()} aria-hidden="true" className="tabular-nums">
      {ageText(now - since)}
    </time>
  );
}
