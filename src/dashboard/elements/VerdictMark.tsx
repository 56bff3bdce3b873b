import { clsx } from 'clsx';
import type { Verdict } from '../../release/report/verdict.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { VERDICT_LOOKS } from './verdict-words.ts';

interface VerdictMarkProps {
  readonly result: Verdict['result'];
  /** What a pointer is told: why it is unknown. Empty for nothing. */
  readonly why?: string;
}

/** A release's verdict: its sign and its word, in its colour. */
export function VerdictMark({ result, why = '' }: VerdictMarkProps) {
  const { glyph, ink } = VERDICT_LOOKS[result];
  return (
    <span
      title={shownText(why) || undefined}
      className={clsx('shrink-0 text-xs leading-4 font-semibold whitespace-nowrap', ink)}
    >
      <span aria-hidden="true">{glyph}</span> {result}
    </span>
  );
}
