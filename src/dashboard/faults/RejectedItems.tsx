import { TriangleAlert, X } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { Button } from '../elements/Button.tsx';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { Popover } from '../elements/Popover.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';

/** How many are drawn at once: a table of another kind may be configured, with every item rejected. */
const ASKED = { first: 50 };

/** How many items are no fragments; on a click each with its reason and itself. Nothing where there is none. */
export function RejectedItems({ count }: { readonly count: number }) {
  const shown = useAnswer('rejected', count === 0 ? null : ASKED);
  if (count === 0) return null;
  const words = count === 1 ? '1 item could not be read' : `${count.toLocaleString('en')} items could not be read`;
  return (
    <Popover.Root>
      <Popover.Trigger
        className="flex h-7 shrink-0 items-center gap-1 rounded-md px-1.5 font-medium text-warning hover:bg-warning-soft"
        title={shownText(words)}
      >
        <TriangleAlert size={14} aria-hidden="true" />
        <span aria-hidden="true" className="tabular-nums">
          {count.toLocaleString('en')}
        </span>
        <span className="sr-only">{shownText(words)}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup className="flex max-h-[70vh] w-[40rem] max-w-[calc(100vw-2rem)] flex-col rounded-lg border border-edge bg-raised text-base text-ink shadow-xl">
            <div className="flex items-center justify-between gap-4 border-b border-rule px-4 py-2">
              <Popover.Title className="font-semibold">{shownText(words)}</Popover.Title>
              <Popover.Close render={<Button icon look="quiet" aria-label="Close" />}>
                <X size={15} aria-hidden="true" />
              </Popover.Close>
            </div>
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
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
