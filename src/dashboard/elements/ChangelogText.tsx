import { Component, type ReactNode, Suspense, useDeferredValue } from 'react';
import { laterPart } from '../../live/later-part.ts';
import { drawnLater } from './drawn-later.tsx';
import { PLAIN_WORDS, type PlainReason, whyPlain } from './markdown-caps.ts';
import { VisibleText } from './VisibleText.tsx';

/** What is shown of plain text at first, characters: about forty lines. */
const SHOWN = 3000;

const Markdown = drawnLater(laterPart(() => import('./Markdown.tsx')));

/**
 * A changelog that somebody published, laid out as Markdown where that is safe and quick, else as it was written. Its
 * headings are of the fifth level: it stands below one of the fourth.
 */
export function ChangelogText({ text }: { readonly text: string }) {
  // Laid out after the rest of the page, in pieces between which it answers: a release may hold hundreds of changelogs.
  const laidOut = useDeferredValue(text, null) === text;
  const asWritten = <VisibleText text={text} limit={SHOWN} lines />;
  const plain = (reason: PlainReason) => (
    <>
      <p className="mb-1.5 text-sm text-dim">{PLAIN_WORDS[reason]}</p>
      {asWritten}
    </>
  );
  const reason = whyPlain(text);
  if (reason !== null) return plain(reason);
  if (!laidOut) return asWritten;
  return (
    <AsWrittenOnFault key={text} asWritten={asWritten}>
      <Suspense fallback={asWritten}>
        <Markdown text={text} plain={plain} />
      </Suspense>
    </AsWrittenOnFault>
  );
}

interface AsWrittenOnFaultProps {
  readonly asWritten: ReactNode;
  readonly children: ReactNode;
}

/** A changelog that breaks the parser, and a parser that cannot be loaded, cost the layout and nothing else. */
class AsWrittenOnFault extends Component<AsWrittenOnFaultProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.asWritten : this.props.children;
  }
}
