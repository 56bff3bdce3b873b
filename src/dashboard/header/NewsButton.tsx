import { CheckCheck } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';

/** How many changes are unseen, as the link to Activity says, and the way to be done with them. */
export function NewsButton({ count, onSeen }: { readonly count: number; readonly onSeen: () => void }) {
  if (count === 0) return null;
  const changes = count === 1 ? '1 unseen change' : `${count.toLocaleString('en')} unseen changes`;
  return (
    <Button
      look="quiet"
      onClick={onSeen}
      aria-label={shownText(`${changes}: mark all as seen`)}
      title={shownText(`${changes}: mark all as seen`)}
      className="text-accent hover:text-accent"
    >
      <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
      {/* Beside five views there is no room for the words on a small screen. */}
      <span className="max-2xl:hidden">{shownText(changes)}</span>
      <span className="tabular-nums 2xl:hidden">{count.toLocaleString('en')}</span>
      <CheckCheck size={14} aria-hidden="true" />
    </Button>
  );
}
