const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "2026-11-22 09:12". @param iso ISO 8601 in UTC */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** "22 Nov". @param iso ISO 8601 */
export function dayWords(iso: string): string {
  return DAY.format(Date.parse(iso));
}

/** "22 Nov 09:12–10:20 UTC", "22 Nov 23:50 – 23 Nov 00:10 UTC". @param from ISO 8601 @param to ISO 8601 */
export function spanWords(from: string, to: string): string {
  const [day, last] = [dayWords(from), dayWords(to)];
  const [begins, ends] = [from.slice(11, 16), to.slice(11, 16)];
  if (day !== last) return `${day} ${begins} – ${last} ${ends} UTC`;
  return begins === ends ? `${day} ${begins} UTC` : `${day} ${begins}–${ends} UTC`;
}
