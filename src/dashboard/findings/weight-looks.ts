import type { Finding, Severity } from '../../release/finding.ts';
import { COUNTED_GLYPH } from '../matrix/release-words.ts';

/** What a finding counts as: its severity, or nothing because it is waived. */
export type Weight = Severity | 'waived';

/** From what blocks to what does not count. */
export const WEIGHTS = ['error', 'warning', 'info', 'waived'] as const satisfies readonly Weight[];

export function weightOf({ severity, waived }: Finding): Weight {
  return waived === null ? severity : 'waived';
}

/** Each weight has a shape and a word besides its colour. */
export const WEIGHT_LOOKS = {
  error: { word: 'Error', many: 'Errors', glyph: COUNTED_GLYPH.error, ink: 'text-error' },
  warning: { word: 'Warning', many: 'Warnings', glyph: COUNTED_GLYPH.warning, ink: 'text-warning' },
  info: { word: 'Info', many: 'Info', glyph: COUNTED_GLYPH.info, ink: 'text-info' },
  waived: { word: 'Waived', many: 'Waived', glyph: COUNTED_GLYPH.waived, ink: 'text-dim' },
} satisfies Record<
  Weight,
  { readonly word: string; readonly many: string; readonly glyph: string; readonly ink: string }
>;
