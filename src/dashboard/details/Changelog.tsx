import { Component, lazy, type ReactNode, Suspense } from 'react';
import { CopyButton } from '../elements/CopyButton.tsx';
import { PLAIN_WORDS, whyPlain } from './markdown-caps.ts';
import { VisibleText } from './VisibleText.tsx';

/** What is shown of plain text at first, characters: about forty lines. */
const SHOWN = 3000;

const Markdown = lazy(() => import('./Markdown.tsx'));

/** A fragment's changelog, laid out as Markdown where that is safe and quick, else as it was written. */
export function Changelog({ text, ofWhich }: { readonly text: string; readonly ofWhich: string }) {
  const plain = whyPlain(text);
  const asWritten = <VisibleText text={text} limit={SHOWN} lines />;
  return (
    <div>
      <div className="flex items-center justify-between">
        <h4 className="text-[12px] font-medium text-dim">Changelog</h4>
        <CopyButton text={text} what={`changelog${ofWhich}`} />
      </div>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section
        tabIndex={0}
        aria-label={`Changelog${ofWhich}`}
        className="max-h-72 overflow-auto rounded-md border border-rule bg-page p-2.5 text-[12.5px] leading-5 [overflow-wrap:anywhere] text-ink"
      >
        {plain === null ? (
          <AsWrittenOnFault key={text} asWritten={asWritten}>
            <Suspense fallback={asWritten}>
              <Markdown text={text} />
            </Suspense>
          </AsWrittenOnFault>
        ) : (
          <>
            <p className="mb-1.5 text-[11.5px] text-dim">{PLAIN_WORDS[plain]}</p>
            {asWritten}
          </>
        )}
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
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
