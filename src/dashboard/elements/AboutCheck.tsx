import { useEffect, useId, useState } from 'react';
import type { FindingCode } from '../../release/finding/finding.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { type Block, documentationOf } from './check-documentation.ts';

type Documentation = readonly Block[] | 'loading' | 'failed';

/** A button that unfolds what the documentation says of a check: what it means, how to fix and how to waive it. */
export function AboutCheck({ code }: { readonly code: FindingCode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="rounded text-accent hover:underline"
      >
        About this check
      </button>
      {open && (
        <section
          id={id}
          aria-label={`About ${code}`}
          className="mt-2 w-full min-w-0 border-t border-rule pt-2 text-ink"
        >
          <Words code={code} />
        </section>
      )}
    </>
  );
}

function Words({ code }: { readonly code: FindingCode }) {
  const [documentation, setDocumentation] = useState<Documentation>('loading');
  useEffect(() => {
    let wanted = true;
    const show = (next: Documentation) => {
      if (wanted) setDocumentation(next);
    };
    documentationOf(code).then(show, () => show('failed'));
    return () => {
      wanted = false;
    };
  }, [code]);
  if (documentation === 'loading') return <p className="text-dim">Loading…</p>;
  if (documentation === 'failed' || documentation.length === 0) {
    return <p className="text-dim">{`See docs/findings.md in the repository, under “${code}”.`}</p>;
  }
  return <div className="space-y-1.5 text-sm leading-[1.5]">{documentation.map(blockOf)}</div>;
}

function blockOf(block: Block, place: number) {
  if (block.kind === 'code') return <CodeBlock key={place} text={block.text} what={`example ${place}`} />;
  return (
    <p key={place} className={block.kind === 'item' ? 'pl-3 -indent-3' : undefined}>
      {block.kind === 'item' && '•\u2002'}
      {block.spans.map(({ text, code }) =>
        code ? (
          <code key={text} className="rounded-sm bg-panel px-1 py-px font-mono text-xs">
            {text}
          </code>
        ) : (
          text
        ),
      )}
    </p>
  );
}
