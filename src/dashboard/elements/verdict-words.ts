import type { Verdict } from '../../release/report/verdict.ts';

/** A verdict's sign and ink. The sign stands beside its word wherever there is room for one. */
export const VERDICT_LOOKS = {
  pass: { glyph: '✓', ink: 'text-good' },
  fail: { glyph: '✕', ink: 'text-error' },
  unknown: { glyph: '?', ink: 'text-dim' },
} satisfies Record<Verdict['result'], { readonly glyph: string; readonly ink: string }>;
