import { clsx } from 'clsx';
import type { Verdict } from '../../release/verdict.ts';
import { VERDICT_LOOKS } from './verdict-words.ts';

/** A release's verdict: its sign and its word, in its colour. */
export function VerdictMark({ result }: { readonly result: Verdict['result'] }) {
  const { glyph, ink } = VERDICT_LOOKS[result];
  return (
    <span className={clsx('shrink-0 text-[11px] leading-4 font-semibold whitespace-nowrap', ink)}>
      <span aria-hidden="true">{glyph}</span> {result}
    </span>
  );
}
