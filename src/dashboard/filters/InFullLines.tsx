import { shownText } from '../../release/text/hidden-characters.ts';
import type { InFull } from '../../views/search/where-words.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';

/** What stands behind a short answer, folded; absent: nothing does. */
export function InFullLines({ of }: { readonly of: InFull | undefined }) {
  if (of === undefined) return null;
  return (
    <details className="-mt-px border-t border-rule px-3 py-1.5 text-xs text-dim">
      <summary className="cursor-pointer rounded">{shownText(of.summary)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label="In full" className="mt-1 max-h-40 overflow-y-auto [overflow-wrap:anywhere]">
        {of.lines.map((line) => (
          <p key={line} className="mb-1">
            <VisibleLabel text={line} limit={1000} />
          </p>
        ))}
      </section>
    </details>
  );
}
