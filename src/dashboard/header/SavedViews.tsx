import { lazy, Suspense, useState } from 'react';
import { laterPart } from '../../live/server-secret.ts';
import type { SavedView } from '../../live/table-data.ts';
import { Logo } from '../elements/Logo.tsx';
import { Popover } from '../elements/Popover.tsx';
import { ErrorBoundary } from '../faults/ErrorBoundary.tsx';
import type { ChangeView } from '../state/view-state.ts';

const SavedViewList = lazy(laterPart(async () => ({ default: (await import('./SavedViewList.tsx')).SavedViewList })));

export interface SavedViewsProps {
  /** Those that the policy names. */
  readonly views: readonly SavedView[];
  readonly change: ChangeView;
}

/** The name of the product; behind it the views that the policy names, and how this one gets among them. */
export function SavedViews({ views, change }: SavedViewsProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        title="Saved views"
        className="-mx-1.5 flex items-center gap-2 rounded-md px-1.5 whitespace-nowrap hover:bg-panel"
      >
        <Logo />
        <span className="max-lg:sr-only">Release Matrix</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="z-50">
          <Popover.Popup className="w-96 max-w-[calc(100vw-2rem)] rounded-lg border border-edge bg-raised p-1.5 text-base font-normal text-ink shadow-xl">
            <Popover.Title className="px-2 pt-1 pb-1.5 font-semibold">Saved views</Popover.Title>
            <ErrorBoundary what="The saved views" triesAgainOn={null}>
              <Suspense fallback={null}>
                <SavedViewList views={views} change={change} onPick={() => setOpen(false)} />
              </Suspense>
            </ErrorBoundary>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
