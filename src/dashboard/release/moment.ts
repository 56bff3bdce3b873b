/** "2026-11-22 09:12". @param iso ISO 8601 in UTC */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
