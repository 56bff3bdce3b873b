import { Monitor, Moon, Sun } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { chooseTheme, THEMES, type Theme, useTheme } from '../state/theme.ts';

const ICON = { system: Monitor, light: Sun, dark: Moon } satisfies Record<Theme, typeof Sun>;

/** Goes through the themes: as the machine, light, dark. */
export function ThemeButton() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = ICON[theme];
  const words = `Theme: ${theme}. Change to ${next}`;
  return (
    <Button icon look="quiet" aria-label={shownText(words)} title={shownText(words)} onClick={() => chooseTheme(next)}>
      <Icon size={15} aria-hidden="true" />
    </Button>
  );
}
