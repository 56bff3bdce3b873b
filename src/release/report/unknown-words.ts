import type { Completeness } from './report.ts';
import type { UnknownReason } from './verdict.ts';

/** What the words on an unknown verdict rest on. */
export interface Unknown {
  readonly unknown: readonly UnknownReason[];
  readonly completeness: Completeness;
  /** The components of which alone it was asked, where it was. */
  readonly only?: readonly string[] | undefined;
}

const WORDS: { readonly [R in UnknownReason]: (of: Completeness) => string } = {
  'no-fragments': () => 'there is no fragment of it',
  'no-roster': () => 'nothing says what belongs to it',
  arriving: ({ missing, expected }) =>
    missing.length === 0 ? 'it is still being rolled out' : `${missing.length} of ${expected} still arriving`,
  partial: ({ present, expected }) => `it holds ${present} of ${expected}, and nothing says whether that is intended`,
  evidence: () => 'evidence that is asked for is not there yet',
  policy: () => 'the policy cannot be read',
};

/** What to do about a reason that no finding tells of. */
const TO_DO: { readonly [R in UnknownReason]?: string } = {
  'no-fragments': 'Publish it, or check the spelling against what was published.',
  'no-roster': 'Publish the first whole release, by which later ones are measured, or write a roster in the policy.',
};

/** Why it cannot be told whether a release may pass, as part of a sentence: "51 of 63 still arriving". Empty if it can. */
export function unknownReasonWords({ unknown, completeness, only }: Unknown): string {
  const { missing, expected } = completeness;
  const part = `there is no fragment of ${missing.length} of ${expected} that were asked for`;
  const wordsOf = (reason: UnknownReason) =>
    reason === 'no-fragments' && only !== undefined ? part : WORDS[reason](completeness);
  return unknown.map(wordsOf).join('; ');
}

/** "Cannot be told yet: 51 of 63 still arriving.", and what to do about the first reason. Empty where it can be told. */
export function unknownSentence(of: Unknown): string {
  const [first] = of.unknown;
  if (first === undefined) return '';
  const yet = of.unknown.some((reason) => reason === 'arriving' || reason === 'no-fragments' || reason === 'evidence')
    ? ' yet'
    : '';
  return [`Cannot be told${yet}: ${unknownReasonWords(of)}.`, TO_DO[first]].filter(Boolean).join(' ');
}
