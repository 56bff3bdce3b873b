import type { ChangeClass, VersionStep } from '../../release/matrix/classify-change.ts';

/** A class's sign and ink. Its word always stands beside them. */
export const CLASS_LOOKS = {
  new: { glyph: '+', ink: 'text-good' },
  removed: { glyph: '−', ink: 'text-error' },
  changed: { glyph: '→', ink: 'text-info' },
  rebuilt: { glyph: '↻', ink: 'text-warning' },
  unchanged: { glyph: '=', ink: 'text-dim' },
} satisfies Record<ChangeClass, { readonly glyph: string; readonly ink: string }>;

/** The classes in the order of the screen. */
export const CLASSES = Object.keys(CLASS_LOOKS) as readonly ChangeClass[]; // the keys are those just written

/** The look of a step: the more it wants a look, the stronger. Those that want most come first. */
export const STEP_LOOKS = {
  downgrade: 'border-error/35 bg-error-soft text-error',
  'not-comparable': 'border-warning/35 bg-warning-soft text-warning',
  'same-version': 'border-warning/35 bg-warning-soft text-warning',
  major: 'border-warning/35 bg-warning-soft text-warning',
  minor: 'border-info/35 bg-info-soft text-info',
  patch: 'border-edge bg-panel text-dim',
  'pre-release': 'border-edge bg-panel text-dim',
} satisfies Record<VersionStep, string>;
