import { clsx } from 'clsx';
import type { Finding, Severity } from '../../release/finding.ts';
import { describeFinding } from '../../release/finding-words.ts';
import { VisibleText } from './VisibleText.tsx';

/** Each severity has a shape and a word of its own beside its colour. */
const LOOKS = {
  error: { word: 'Error', glyph: '■', ink: 'text-error' },
  warning: { word: 'Warning', glyph: '▲', ink: 'text-warning' },
  info: { word: 'Info', glyph: '◌', ink: 'text-info' },
} satisfies Record<Severity, { readonly word: string; readonly glyph: string; readonly ink: string }>;

/** A finding in words: what, why, what to do. */
export function FindingCard({ finding }: { readonly finding: Finding }) {
  const { title, why, whatToDo } = describeFinding(finding);
  const { word, glyph, ink } = LOOKS[finding.severity];
  return (
    <article className="rounded-lg border border-edge bg-raised p-3 text-[12.5px]">
      <h3 className={clsx('flex gap-1.5 text-[13px] leading-5 font-semibold', ink)}>
        <span aria-hidden="true">{glyph}</span>
        <span className="min-w-0">
          <VisibleText text={title} />
        </span>
      </h3>
      <p className="mt-1 leading-[1.45] text-ink">
        <VisibleText text={why} limit={1000} />
      </p>
      <p className="mt-1 leading-[1.45] text-ink">
        <VisibleText text={whatToDo} limit={1000} />
      </p>
      <p className="mt-1.5 text-[11.5px] text-dim">
        {word} · rule <code className="rounded-sm bg-panel px-1 py-px font-mono">{finding.code}</code>
        {finding.environment !== null && (
          <>
            {' · in '}
            <VisibleText text={finding.environment} />
          </>
        )}
      </p>
    </article>
  );
}
