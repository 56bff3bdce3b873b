import { useState } from 'react';
import { laterPart } from '../../live/later-part.ts';
import type { SavedView } from '../../live/table-data.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { Logo } from '../elements/Logo.tsx';
import { Popover } from '../elements/Popover.tsx';
import { HeaderPanel } from './HeaderPanel.tsx';

const SavedViewList = drawnLater(
  laterPart(async () => ({ default: (await import('./SavedViewList.tsx')).SavedViewList })),
);

export interface SavedViewsProps {
  /** Those that the policy names. */
  readonly views: readonly SavedView[];
}

/** The name of the product; behind it the views that the policy names, and how this one gets among them. */
export function SavedViews({ views }: SavedViewsProps) {
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
      <HeaderPanel
        what="The saved views"
        align="start"
        className="w-96 p-1.5"
        title={<Popover.Title className="px-2 pt-1 pb-1.5 font-semibold">Saved views</Popover.Title>}
      >
        <SavedViewList views={views} onPick={() => setOpen(false)} />
      </HeaderPanel>
    </Popover.Root>
  );
}
