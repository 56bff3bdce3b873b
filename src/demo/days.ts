const DAY_MS = 86_400_000;

/**
 * A time some days (also parts of a day, also negative) after another.
 *
 * @param from ISO 8601
 * @throws RangeError for a text that is not a time
 */
export function daysAfter(from: string, days: number): Date {
  const start = Date.parse(from);
  if (Number.isNaN(start)) throw new RangeError(`Expected a time such as 2026-11-20T12:00:00Z, received “${from}”.`);
  return new Date(start + days * DAY_MS);
}
