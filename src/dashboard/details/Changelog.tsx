import { CopyButton } from '../elements/CopyButton.tsx';
import { VisibleText } from './VisibleText.tsx';

/** What is shown at first, characters: about forty lines. */
const SHOWN = 3000;

/** A fragment's changelog as it was written. */
export function Changelog({ text, ofWhich }: { readonly text: string; readonly ofWhich: string }) {
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
        className="max-h-72 overflow-y-auto rounded-md border border-rule bg-page p-2.5 text-[12.5px] leading-5 text-ink"
      >
        <VisibleText text={text} limit={SHOWN} lines />
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
  );
}
