import { shownText } from '../../release/text/hidden-characters.ts';
import { CopyButton } from './CopyButton.tsx';

/** A command or document to be copied. It scrolls sideways rather than wrap: a wrapped command is pasted wrongly. */
export function CodeBlock({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div className="flex items-start rounded-md border border-rule bg-panel">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label={shownText(what)} className="min-w-0 flex-1 overflow-x-auto">
        <pre className="w-max p-3 font-mono text-xs leading-5 text-ink">{shownText(text, 'prose')}</pre>
      </section>
      <div className="p-1.5">
        <CopyButton text={text} what={what} worded />
      </div>
    </div>
  );
}
