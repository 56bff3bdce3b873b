// Apart from the other terms, which need the library of ranges.

/** The last moment of a date in UTC, or the moment of a time; null for what is neither. */
export function momentOf(value: string): number | null {
  return timeOf(value, 'T23:59:59.999Z');
}

/** The first moment of a date in UTC, or the moment of a time; null for what is neither. */
export function beginningOf(value: string): number | null {
  return timeOf(value, 'T00:00:00.000Z');
}

function timeOf(value: string, ofDay: string): number | null {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}${ofDay}` : value;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(date)) return null;
  const time = Date.parse(date);
  return Number.isNaN(time) || !isOfCalendar(date) ? null : time;
}

/** Engines differ in what they make of the 30th of February: an error, or the 2nd of March. */
function isOfCalendar(date: string): boolean {
  const midnight = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return new Date(midnight).getUTCDate() === Number(date.slice(8, 10));
}
