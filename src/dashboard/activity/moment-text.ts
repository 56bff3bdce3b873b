const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** "22 Nov, 10:41:18" by this machine's clock. @param at ISO 8601 */
export function momentText(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : MOMENT.format(time);
}
