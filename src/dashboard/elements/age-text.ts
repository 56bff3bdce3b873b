const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago something was: "just now", "3 s ago", "2 min ago", "5 h ago", "14 d ago".
 *
 * @param ms age in milliseconds; a negative one (a clock that was put back) reads as just now, never as the future
 */
export function ageText(ms: number): string {
  const span = spanText(ms);
  return span === '' ? 'just now' : `${span} ago`;
}

/** A length of time in its greatest unit, rounded down: "3 s", "2 min"; empty below a second. */
export function spanText(ms: number): string {
  if (!(ms >= SECOND)) return '';
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}
