import { jsonText } from '../../release/text/json-text.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';

/** How many are drawn at once: a table of another kind may be configured, with every item rejected. */
const ASKED = { first: 50 };

/** Items that are no fragments, each with its reason and itself. Asked for when somebody looks. */
export default function RejectedList({ count }: { readonly count: number }) {
  const shown = useAnswer('rejected', ASKED);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section tabIndex={0} aria-label="Raw items" className="min-h-0 flex-1 space-y-3 overflow-auto px-4 py-3">
        <ul aria-label="Items that could not be read" className="space-y-3">
          {shown?.items.map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: ids of items that are no fragments need not be unique.
            <li key={place}>
              <p className="mb-1">
                <code className="font-semibold break-all">
                  {item.release === null ? '(no release)' : <VisibleText text={item.release} />}
                </code>
                {' · '}
                <code className="font-semibold break-all">
                  {item.key === null ? '(no component)' : <VisibleText text={item.key} />}
                </code>
              </p>
              <p className="mb-1.5 text-dim">
                <VisibleText text={item.reason} limit={400} />
              </p>
              <CodeBlock text={jsonText(item.item).trimEnd()} what="raw item" />
            </li>
          ))}
        </ul>
        {count > ASKED.first && <p>And {count - ASKED.first} more, counted but not shown.</p>}
      </section>
    </>
  );
}
