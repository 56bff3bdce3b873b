import type { Config } from 'tailwindcss';

/**
 * Colours are named by what they mean, and each is a variable that `src/dashboard/styles.css` sets for the light and
 * for the dark theme: Okabe-Ito's orange, sky and yellow fail 3:1 on white, so no colour serves both.
 */
const colors = {
  transparent: 'transparent',
  current: 'currentColor',
  /** Surfaces, from the page to what lies on it. */
  page: 'var(--page)',
  panel: 'var(--panel)',
  raised: 'var(--raised)',
  /** Lines between things; `edge` is the stronger one, around what can be used. */
  rule: 'var(--rule)',
  edge: 'var(--edge)',
  /** Text, from the strongest to what only needs to be there. All but `faint` reach 4.5:1; `faint` 3:1. */
  ink: 'var(--ink)',
  dim: 'var(--dim)',
  faint: 'var(--faint)',
  /** What is chosen, focused, or to be followed. */
  accent: 'var(--accent)',
  'accent-soft': 'var(--accent-soft)',
  /** Severities; `-soft` is the ground behind them. */
  error: 'var(--error)',
  'error-soft': 'var(--error-soft)',
  warning: 'var(--warning)',
  'warning-soft': 'var(--warning-soft)',
  good: 'var(--good)',
  'good-soft': 'var(--good-soft)',
  info: 'var(--info)',
  'info-soft': 'var(--info-soft)',
  /** Types of component. */
  frontend: 'var(--frontend)',
  backend: 'var(--backend)',
  kafka: 'var(--kafka)',
  infra: 'var(--infra)',
  k8s: 'var(--k8s)',
  othertype: 'var(--othertype)',
};

export default {
  content: ['./index.html', './src/dashboard/**/*.{ts,tsx}'],
  darkMode: ['selector', '[data-theme="dark"]'],
  theme: {
    /** All there are; each is set in `src/dashboard/styles.css`, and none is below 11 px. The page's own is `md`. */
    fontSize: {
      xs: 'var(--size-xs)',
      sm: 'var(--size-sm)',
      base: 'var(--size-base)',
      md: 'var(--size-md)',
      lg: 'var(--size-lg)',
    },
    extend: {
      colors,
      fontFamily: {
        sans: ['Inter', 'system-ui', '-apple-system', 'Segoe UI', 'Roboto', 'DejaVu Sans', 'sans-serif'],
        mono: ['ui-monospace', 'SF Mono', 'Menlo', 'Consolas', 'DejaVu Sans Mono', 'monospace'],
      },
    },
  },
} satisfies Config;
