import { beforeEach, expect, test, vi } from 'vitest';
import { chooseTheme, rememberedTheme, startTheme } from '../../src/dashboard/state/theme.ts';

/** jsdom has no media queries: a machine whose darkness a test sets. */
function machine(initiallyDark: boolean) {
  let dark = initiallyDark;
  const listeners: (() => void)[] = [];
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return dark;
    },
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  }));
  return (nowDark: boolean) => {
    dark = nowDark;
    for (const listener of listeners) listener();
  };
}
const shown = () => document.documentElement.dataset.theme;

beforeEach(() => localStorage.clear());

test('nothing chosen: follows the machine, and goes on following it', () => {
  const turn = machine(true);
  startTheme();
  expect([rememberedTheme(), shown()]).toEqual(['system', 'dark']);
  turn(false);
  expect(shown()).toBe('light');
});

test('a choice is shown, remembered, and stays when the machine changes', () => {
  const turn = machine(false);
  startTheme();
  chooseTheme('dark');
  turn(false);
  expect([rememberedTheme(), shown()]).toEqual(['dark', 'dark']);
  chooseTheme('system');
  expect([rememberedTheme(), shown()]).toEqual(['system', 'light']);
});

test('a remembered word that is no theme counts as none', () => {
  machine(false);
  localStorage.setItem('release-matrix:theme', 'pink');
  expect(rememberedTheme()).toBe('system');
});
