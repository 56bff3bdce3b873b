import { VisibleText } from './VisibleText.tsx';

interface FromToProps {
  /** Null: there was none, or there is none now. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Characters shown at first: a digest with its algorithm is whole. */
const SHOWN = 90;

/** A value before and after. */
export function FromTo({ from, to }: FromToProps) {
  return (
    <>
      <Value text={from} /> <Arrow /> <Value text={to} />
    </>
  );
}

/** The arrow between the two, which a screen reader says as a word. */
export function Arrow() {
  return (
    <span className="text-dim">
      <span aria-hidden="true">→</span>
      <span className="sr-only"> to </span>
    </span>
  );
}

function Value({ text }: { readonly text: string | null }) {
  if (text === null) return <span className="text-dim">none</span>;
  return <VisibleText text={text} limit={SHOWN} className="font-mono text-sm" />;
}
