import { Suspense } from 'react';
import { laterPart } from '../../live/later-part.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { Popover } from '../elements/Popover.tsx';
import { CellFace, looksOf } from './CellFace.tsx';
import type { Sample } from './LegendSigns.tsx';

const LegendSigns = drawnLater(
  laterPart(() => import('./LegendSigns.tsx')),
  (error) => shownText(error.message),
);

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
            <Suspense>
              <LegendSigns Cell={Cell} />
            </Suspense>
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
