const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** "22 Nov, 10:41" by this machine's clock. @param at ISO 8601 */
export function momentText(at: string): string {
  return MOMENT.format(Date.parse(at));
}

/** "Sunday 22 November 2026" by this machine's clock. @param at ISO 8601 */
export function dayOf(at: string): string {
  return DAY.format(Date.parse(at));
}

/** "10:41", "10:05–10:41"; what began on another day only with its end. @param from ISO 8601 @param to ISO 8601 */
export function timesText(from: string, to: string): string {
  const [begins, ends] = [TIME.format(Date.parse(from)), TIME.format(Date.parse(to))];
  return begins === ends || dayOf(from) !== dayOf(to) ? ends : `${begins}–${ends}`;
}
