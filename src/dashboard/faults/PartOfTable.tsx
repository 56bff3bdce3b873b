import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Strip } from './Strip.tsx';

interface PartOfTableProps {
  /** Tags of the releases that the file is about. */
  readonly asked: readonly string[];
}

/** A file holds a part of a table: what is only there for others must not pass for what is asked of the whole. */
export function PartOfTable({ asked }: PartOfTableProps) {
  const [open, setOpen] = useState(true);
  if (!open) return null;
  return (
    <section aria-label="What this file holds" className="shrink-0">
      <Strip severity="info" title={shownText(partWords(asked))} onDismiss={() => setOpen(false)} />
    </section>
  );
}

/** So many of the releases that a file is about are named. */
const NAMED = 3;

function partWords(asked: readonly string[]): string {
  const more = asked.length - NAMED;
  const names = more > 0 ? [...asked.slice(0, NAMED), `${more} more`] : asked;
  const about = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `This file is about ${about}. Other releases are in it to be compared with; it does not judge those with a “?”.`;
}
