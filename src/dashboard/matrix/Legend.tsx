import { lazy, Suspense } from 'react';
import { laterPart } from '../../live/server-secret.ts';
import { Popover } from '../elements/Popover.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';

const LegendSamples = lazy(laterPart(() => import('./LegendSamples.tsx')));

/** A button that opens what every sign of the grid means. */
export function Legend() {
  return (
    <Popover.Root>
      <Popover.Trigger className="inline-flex h-7 items-center rounded-md px-2 text-sm font-medium text-dim hover:bg-panel hover:text-ink">
        Legend
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} className="z-50">
          <Popover.Popup
            aria-label="Legend"
            className="max-h-[calc(100dvh-8rem)] w-[680px] max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-edge bg-raised p-4 text-ink shadow-lg"
          >
            <Suspense fallback={<ViewLoads />}>
              <LegendSamples />
            </Suspense>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
