import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ChangelogText } from './ChangelogText.tsx';

/** What certainly fits a box, characters and lines; a box that may scroll must be a stop of the Tab key. */
const FITS = 600;
const FITS_LINES = 12;

interface ChangelogBoxProps {
  readonly text: string;
  /** Its accessible name: "Changelog of auth-service". */
  readonly name: string;
}

/** A changelog in a box of its own, which scrolls where it is long. */
export function ChangelogBox({ text, name }: ChangelogBoxProps) {
  const long = text.length > FITS || text.split('\n').length > FITS_LINES;
  return (
    <section
      aria-label={shownText(name)}
      {...(long ? { tabIndex: 0 } : {})}
      className={clsx(
        'rounded-md border border-rule bg-page p-2.5 text-sm leading-5 [overflow-wrap:anywhere] text-ink',
        long && 'max-h-72 overflow-auto',
      )}
    >
      <ChangelogText text={text} />
    </section>
  );
}
