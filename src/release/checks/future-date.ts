import { type Check, environmentsOf, type Observation } from '../matrix/checked-release.ts';

/** Clocks of build machines may differ by as much. */
export const CLOCK_TOLERANCE_MINUTES = 10;

/** A fragment that is dated more than ten minutes after the table was read. */
export const futureDate: Check<'future-date'> = {
  scope: { asks: 'component' },
  look: ({ estate }, cells) => {
    // Dates are ISO 8601 in UTC with equal precision, so their text has the order of time.
    const latest = new Date(estate.readAt + CLOCK_TOLERANCE_MINUTES * 60_000).toISOString();
    const observations: Observation<'future-date'>[] = [];
    for (const { fragments } of cells) {
      for (const fragment of fragments) {
        const { date } = fragment.fields;
        if (date === undefined || date <= latest) continue;
        const details = { date, minutesAhead: Math.round((Date.parse(date) - estate.readAt) / 60_000) };
        const environment = environmentsOf(fragment)[0] ?? null;
        observations.push({ component: fragment.component, environment, details });
      }
    }
    return observations;
  },
};
