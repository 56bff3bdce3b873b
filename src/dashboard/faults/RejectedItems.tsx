import { TriangleAlert, X } from 'lucide-react';
import { Suspense } from 'react';
import { laterPart } from '../../live/later-part.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { drawnLater } from '../elements/drawn-later.tsx';
import { Popover } from '../elements/Popover.tsx';

const RejectedList = drawnLater(
  laterPart(() => import('./RejectedList.tsx')),
  ({ message }) => <p className="px-4 py-3">{shownText(message)}</p>,
);

/** How many items are no fragments; on a click each with its reason and itself. Nothing where there is none. */
export function RejectedItems({ count }: { readonly count: number }) {
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
            <Suspense fallback={null}>
              <RejectedList count={count} />
            </Suspense>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
