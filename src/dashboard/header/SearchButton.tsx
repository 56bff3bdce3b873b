import { Search } from 'lucide-react';
import { Button } from '../elements/Button.tsx';

/** Opens the search; it says by which key that is done, too. */
export function SearchButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button
      aria-label="Search"
      aria-keyshortcuts="Control+K Meta+K"
      title="Search releases, components, findings, commits and commands"
      onClick={onClick}
      className="text-dim"
    >
      <Search size={14} aria-hidden="true" />
      <kbd className="font-mono text-xs max-2xl:hidden">{IS_MAC ? '⌘K' : 'Ctrl K'}</kbd>
    </Button>
  );
}

/** Only for what the button says: both keys work everywhere. */
const IS_MAC = navigator.userAgent.includes('Mac');
