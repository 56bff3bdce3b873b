import type { VersionStep } from '../../release/matrix/classify-change.ts';
import type { Outcome } from '../../views/compare/shown-comparison.ts';

/** How what became of a component is told: its sign, ink and word. */
export const OUTCOME_LOOKS = {
  missing: { glyph: '✕', ink: 'text-error', word: 'missing' },
  'not-yet': { glyph: '◌', ink: 'text-dim', word: 'not there yet' },
  gone: { glyph: '−', ink: 'text-dim', word: 'gone' },
  new: { glyph: '+', ink: 'text-good', word: 'new' },
  changed: { glyph: '→', ink: 'text-info', word: 'changed' },
  rebuilt: { glyph: '↻', ink: 'text-warning', word: 'rebuilt' },
  unchanged: { glyph: '=', ink: 'text-dim', word: 'unchanged' },
} satisfies Record<Outcome, { readonly glyph: string; readonly ink: string; readonly word: string }>;

/** A step in a word or two, and its ink: the more it wants a look, the stronger. */
export const STEP_SHORT = {
  downgrade: { word: 'downgrade', ink: 'text-error font-semibold' },
  'not-comparable': { word: 'not comparable', ink: 'text-warning' },
  'same-version': { word: 'other content', ink: 'text-warning' },
  major: { word: 'major', ink: 'font-semibold' },
  minor: { word: 'minor', ink: 'text-dim' },
  patch: { word: 'patch', ink: 'text-dim' },
  'pre-release': { word: 'pre-release', ink: 'text-dim' },
} satisfies Record<VersionStep, { readonly word: string; readonly ink: string }>;
