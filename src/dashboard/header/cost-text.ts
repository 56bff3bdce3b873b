import { type ReadLimits, unitsPerHour } from '../../live/read-budget.ts';
import type { TableSummary } from '../../live/table-data.ts';

const UNITS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
/** When the table is read next is never exact, so more digits would promise too much. */
const ROUNDED = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const NOT_COUNTED = 'read units not counted';

/** "0.5 read units". @param readUnits null where the endpoint does not count them */
export function unitsText(readUnits: number | null): string {
  if (readUnits === null) return NOT_COUNTED;
  return `${UNITS.format(readUnits)} read ${readUnits === 1 ? 'unit' : 'units'}`;
}

/** What reading costs, as often as the table is read now: "360 read units/h". */
export function hourlyText(table: TableSummary, limits: ReadLimits): string {
  if (table.readUnits === null || table.detection === null) return NOT_COUNTED;
  return `${ROUNDED.format(unitsPerHour(table.detection, limits, table.fragments))} read units/h`;
}

/** The budget of the settings, in words. */
export function budgetText({ readUnitsPerHour }: ReadLimits): string {
  return readUnitsPerHour === null
    ? 'which cost nothing on this machine: no limit is set'
    : `of the ${UNITS.format(readUnitsPerHour)} that are set as the limit`;
}
