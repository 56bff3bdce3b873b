import { type Check, environmentsOf } from '../matrix/release-view.ts';

/** Clocks of build machines may differ by as much. */
export const CLOCK_TOLERANCE_MINUTES = 10;

/** A fragment that is dated more than ten minutes after the table was read. */
export const futureDate: Check<'future-date'> = ({ estate, fragments }) => {
  // Dates are ISO 8601 in UTC with equal precision, so their text has the order of time.
  const latest = new Date(estate.readAt + CLOCK_TOLERANCE_MINUTES * 60_000).toISOString();
  return fragments.flatMap((fragment) => {
    const { date } = fragment.fields;
    if (date === undefined || date <= latest) return [];
    const details = { date, minutesAhead: Math.round((Date.parse(date) - estate.readAt) / 60_000) };
    return [{ component: fragment.component, environment: environmentsOf(fragment)[0] ?? null, details }];
  });
};
