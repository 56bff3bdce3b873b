import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import { laterPart } from '../../live/later-part.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Exported } from '../../views/export/export-answer.ts';
import type { Filters } from '../../views/params.ts';
import { CHIP, CHIP_OFF } from './ChoiceGroup.tsx';
import type { ExportChoicesProps } from './ExportChoices.tsx';
import { Popover } from './Popover.tsx';

/** What can be saved of a view. */
export interface ExportOffer {
  /** How much that is, to be said beforehand: "12 of 64 releases, 31 of 120 components". */
  readonly words: string;
  readonly filters: Filters;
  readonly of: Exported;
}

const exportChoices = laterPart(() => import('./ExportChoices.tsx'));

/** Saves what the view shows, and says beforehand how much that is. */
export function ExportMenu({ offer }: { readonly offer: ExportOffer }) {
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [Choices, setChoices] = useState<ComponentType<ExportChoicesProps> | null>(null);
  const show = async () => {
    setFailed(null);
    try {
      const { ExportChoices } = await exportChoices();
      setChoices(() => ExportChoices);
    } catch {
      setFailed('the local server does not answer.'); // it has the program
    }
    // With all that is in it, so that the first choice has the focus.
    setOpen(true);
  };
  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? void show() : setOpen(false))}>
      <Popover.Trigger className={clsx(CHIP, CHIP_OFF)}>
        <Download size={13} aria-hidden="true" />
        Export
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-40">
          <Popover.Popup
            aria-label="Export"
            className="w-80 max-w-[calc(100vw-1rem)] rounded-md border border-edge bg-raised p-1 text-left text-base text-ink shadow-lg"
          >
            <p className="px-2.5 pt-2 pb-1.5 text-xs text-dim">{shownText(`${offer.words}. The file says so.`)}</p>
            {Choices !== null && <Choices offer={offer} onSaved={() => setOpen(false)} onFailed={setFailed} />}
            {failed !== null && (
              <p role="alert" className="px-2.5 py-1.5 text-xs text-error">
                {shownText(`It could not be saved: ${failed}`)}
              </p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
