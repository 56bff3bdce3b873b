const UNITS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** What a poll costs: "0.5 read units per poll". @param readUnits null where the endpoint does not count them */
export function costText(readUnits: number | null): string {
  if (readUnits === null) return 'read units not counted';
  return `${UNITS.format(readUnits)} read ${readUnits === 1 ? 'unit' : 'units'} per poll`;
}
