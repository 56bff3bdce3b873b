import { Age } from '../elements/Age.tsx';

const UTC = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

interface PublishedProps {
  /** ISO 8601 in UTC. */
  readonly date: string;
  /** When the table was read, ISO 8601 in UTC. */
  readonly readAt: string;
}

/** "3 h ago · 21 Nov 2026, 09:12 UTC". */
export function Published({ date, readAt }: PublishedProps) {
  const at = Date.parse(date);
  return (
    <>
      {at > Date.parse(readAt) ? <span className="text-warning">in the future</span> : <Age since={at} />}
      {' · '}
      <time dateTime={date} className="whitespace-nowrap">{`${UTC.format(at)} UTC`}</time>
    </>
  );
}
