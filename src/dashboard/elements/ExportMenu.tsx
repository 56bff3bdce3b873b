import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Exported } from '../../views/export/export-answer.ts';
import type { Format } from '../../views/export/file-text.ts';
import type { Filters } from '../../views/params.ts';
import { useAsk } from '../state/answers.ts';
import { CHIP, CHIP_OFF } from './ChoiceGroup.tsx';
import { Popover } from './Popover.tsx';
import { saveFile } from './save-file.ts';

/** What can be saved of a view. */
export interface ExportOffer {
  /** How much that is, to be said beforehand: "12 of 64 releases, 31 of 120 components". */
  readonly words: string;
  readonly filters: Filters;
  readonly of: Exported;
}

const OFFERS = [
  ['CSV', 'for a spreadsheet; nothing in it runs as a formula'],
  ['JSON', 'with every detail, for a program'],
  ['Markdown', 'for an issue or a page'],
] as const satisfies readonly (readonly [Format, string])[];

/** Saves what the view shows, and says beforehand how much that is. */
export function ExportMenu({ offer }: { readonly offer: ExportOffer }) {
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const ask = useAsk();
  const save = async (format: Format) => {
    try {
      const file = await ask('export', { format, filters: offer.filters, of: offer.of });
      if (file !== null) saveFile(file.name, file.type, file.text);
      setOpen(false);
    } catch {
      setFailed(true); // the local server that has the program is gone
    }
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setFailed(false);
      }}
    >
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
            {OFFERS.map(([format, words]) => (
              <button
                key={format}
                type="button"
                aria-label={`Export as ${format}`}
                onClick={() => void save(format)}
                className="flex w-full items-baseline gap-3 rounded px-2.5 py-1.5 text-left hover:bg-accent-soft"
              >
                <span className="w-18 shrink-0 font-medium">{format}</span>
                <span className="text-xs text-dim">{words}</span>
              </button>
            ))}
            {failed && (
              <p role="alert" className="px-2.5 py-1.5 text-xs text-error">
                It could not be saved: the local server does not answer.
              </p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
