import { watched } from '../../live/watched.ts';

/** What a person can choose; `system` follows the machine. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const REMEMBERED_AS = 'release-matrix:theme';
const MACHINE_IS_DARK = '(prefers-color-scheme: dark)';

/** The choice of the last visit. */
export function rememberedTheme(): Theme {
  const remembered = readStorage();
  return THEMES.find((theme) => theme === remembered) ?? 'system';
}

const chosen = watched<Theme>('system');

/** The choice of this visit, also where nothing can be remembered. It may be made in more than one place. */
export const chosenTheme: Pick<typeof chosen, 'get' | 'subscribe'> = chosen;

/** Shows the page in a theme and remembers the choice. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(REMEMBERED_AS);
    else localStorage.setItem(REMEMBERED_AS, theme);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
  show(theme);
}

/**
 * Shows the remembered theme and follows the machine from then on. To be called before the first paint, from the
 * module script: the content security policy forbids an inline one, and the page is empty until that script runs.
 */
export function startTheme(): void {
  show(rememberedTheme());
  matchMedia(MACHINE_IS_DARK).addEventListener('change', () => {
    show(chosen.get());
  });
}

function show(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia(MACHINE_IS_DARK).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  chosen.set(theme);
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(REMEMBERED_AS);
  } catch {
    return null;
  }
}
