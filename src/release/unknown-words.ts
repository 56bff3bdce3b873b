import type { Completeness } from './report.ts';
import type { UnknownReason } from './verdict.ts';

/** What the words on an unknown verdict rest on. */
export interface Unknown {
  readonly unknown: readonly UnknownReason[];
  readonly completeness: Completeness;
}

const WORDS: { readonly [R in UnknownReason]: (of: Completeness) => string } = {
  'no-fragments': () => 'there is no fragment of it',
  'no-roster': () => 'nothing says what it should hold',
  arriving: ({ missing, expected }) =>
    missing.length === 0 ? 'it is still being rolled out' : `${missing.length} of ${expected} still arriving`,
  partial: ({ present, expected }) => `it holds ${present} of ${expected}, and nobody has said whether that is all`,
  policy: () => 'the policy cannot be read',
};

/** Why it cannot be told whether a release may pass, as part of a sentence: "51 of 63 still arriving". Empty if it can. */
export function unknownReasonWords({ unknown, completeness }: Unknown): string {
  return unknown.map((reason) => WORDS[reason](completeness)).join('; ');
}

/** "Cannot be told yet: 51 of 63 still arriving." Empty where it can. */
export function unknownSentence(of: Unknown): string {
  if (of.unknown.length === 0) return '';
  const yet = of.unknown.some((reason) => reason === 'arriving' || reason === 'no-fragments') ? ' yet' : '';
  return `Cannot be told${yet}: ${unknownReasonWords(of)}.`;
}
