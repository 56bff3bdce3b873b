import { WEIGHT_WORDS, type Weight } from '../../release/finding/weights.ts';

/**
 * How each weight looks wherever it is shown: a shape and a word besides its colour, as shapes are told apart where
 * colours cannot be. `ink`, `edge`: the class of its text, and of the bar at a card's side.
 */
export const WEIGHT_LOOKS = {
  error: { ...wordsOf('error'), glyph: '■', ink: 'text-error', edge: 'border-l-error' },
  warning: { ...wordsOf('warning'), glyph: '▲', ink: 'text-warning', edge: 'border-l-warning' },
  info: { ...wordsOf('info'), glyph: '◌', ink: 'text-dim', edge: 'border-l-edge' },
  waived: { ...wordsOf('waived'), glyph: '◇', ink: 'text-info', edge: 'border-l-info' },
} satisfies Record<Weight, Look>;

interface Look {
  readonly word: string;
  readonly many: string;
  readonly glyph: string;
  readonly ink: string;
  readonly edge: string;
}

/** Its words at the beginning of a line. */
function wordsOf(weight: Weight): Pick<Look, 'word' | 'many'> {
  const [one, many] = WEIGHT_WORDS[weight];
  return { word: capitalized(one), many: capitalized(many) };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
