import { lazy, Suspense } from 'react';
import { laterPart } from '../../live/later-part.ts';
import { Popover } from '../elements/Popover.tsx';
import { ErrorBoundary } from '../faults/ErrorBoundary.tsx';
import { CellFace, looksOf } from './CellFace.tsx';
import type { Sample } from './LegendSigns.tsx';

const LegendSigns = lazy(laterPart(() => import('./LegendSigns.tsx')));

/** What every sign of the grid means. Its words are loaded when somebody asks. */
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
            <ErrorBoundary what="The legend" triesAgainOn={null}>
              <Suspense>
                <LegendSigns Cell={Cell} />
              </Suspense>
            </ErrorBoundary>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Cell({ face, news }: Pick<Sample, 'face' | 'news'>) {
  return (
    <div className="mx-cell" data-news={news} {...looksOf(face)}>
      <CellFace content={face} />
    </div>
  );
}
