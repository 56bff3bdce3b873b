import { Ellipsis, Keyboard, Monitor, Moon, Pause, Sun } from 'lucide-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Popover } from '../elements/Popover.tsx';
import { chooseTheme, chosenTheme, THEMES, type Theme } from '../state/theme.ts';

const ICON = { system: Monitor, light: Sun, dark: Moon } satisfies Record<Theme, typeof Sun>;

interface MoreMenuProps {
  /** Null: reading is paused already, which the header shows with the way back. */
  readonly onPause: (() => void) | null;
  readonly onHelp: () => void;
}

/** What is wanted now and then, so that the names in the header have their room. */
export function MoreMenu({ onPause, onHelp }: MoreMenuProps) {
  const [open, setOpen] = useState(false);
  const theme = useSyncExternalStore(chosenTheme.subscribe, chosenTheme.get);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const ThemeIcon = ICON[theme];
  const thenClose = (act: () => void) => () => {
    setOpen(false);
    act();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        title="More"
        className="flex size-7 shrink-0 items-center justify-center rounded-md text-dim hover:bg-panel hover:text-ink"
      >
        <Ellipsis size={15} aria-hidden="true" />
        <span className="sr-only">More</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup
            aria-label="More"
            className="w-64 rounded-lg border border-edge bg-raised p-1 text-base text-ink shadow-xl"
          >
            {onPause !== null && (
              <Item icon={<Pause size={15} aria-hidden="true" />} onClick={thenClose(onPause)}>
                Pause reading
              </Item>
            )}
            {/* It stays open: one goes through the themes by it. */}
            <Item icon={<ThemeIcon size={15} aria-hidden="true" />} onClick={() => chooseTheme(next)}>
              {shownText(`Theme: ${theme}. Change to ${next}`)}
            </Item>
            <Item icon={<Keyboard size={15} aria-hidden="true" />} onClick={thenClose(onHelp)}>
              Keys
            </Item>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Item({ icon, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex w-full items-center gap-2 rounded px-2 py-1.5 text-left hover:bg-accent-soft"
    >
      <span className="text-dim">{icon}</span>
      {children}
    </button>
  );
}
