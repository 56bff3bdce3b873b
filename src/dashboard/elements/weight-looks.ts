import type { Weight } from '../../release/finding/weights.ts';

/**
 * How each weight looks wherever it is shown: a shape and a word besides its colour, as shapes are told apart where
 * colours cannot be. `ink`, `edge`: the class of its text, and of the bar at a card's side.
 */
export const WEIGHT_LOOKS = {
  error: { word: 'Error', many: 'Errors', glyph: '■', ink: 'text-error', edge: 'border-l-error' },
  warning: { word: 'Warning', many: 'Warnings', glyph: '▲', ink: 'text-warning', edge: 'border-l-warning' },
  info: { word: 'Info', many: 'Info', glyph: '◌', ink: 'text-dim', edge: 'border-l-edge' },
  waived: { word: 'Waived', many: 'Waived', glyph: '◇', ink: 'text-info', edge: 'border-l-info' },
} satisfies Record<Weight, Look>;

interface Look {
  readonly word: string;
  readonly many: string;
  readonly glyph: string;
  readonly ink: string;
  readonly edge: string;
}
