import { type Check, environmentsOf } from '../release-view.ts';

/** Clocks of build machines may differ by as much. */
const TOLERANCE_MINUTES = 10;

/** A fragment that is dated more than ten minutes after the table was read. */
export const futureDate: Check<'future-date'> = ({ estate, fragments }) =>
  fragments.flatMap((fragment) => {
    const { date } = fragment.fields;
    if (date === undefined) return [];
    const minutesAhead = (Date.parse(date) - estate.readAt) / 60_000;
    if (minutesAhead <= TOLERANCE_MINUTES) return [];
    const details = { date, minutesAhead: Math.round(minutesAhead) };
    return [{ component: fragment.component, environment: environmentsOf(fragment)[0] ?? null, details }];
  });
