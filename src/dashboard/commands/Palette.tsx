import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import type { Entry, EntryGroup } from '../../views/search/entries.ts';
import type { FoundGroup } from '../../views/search/find-entries.ts';
import type { SearchAnswer } from '../../views/search/search-answer.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { InFullLines } from '../filters/InFullLines.tsx';
import { SEARCH_BOX, SEARCH_LINE, SEARCH_POPUP } from './search-looks.ts';

export interface PaletteProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Called when its own box has the focus. */
  readonly onReady: () => void;
  readonly isPart: boolean;
  /** What has been found last, be it by what was typed before. Null: nothing has been looked for yet. */
  readonly found: SearchAnswer | null;
  readonly onChoose: (entry: Entry) => void;
  /** The best of what will be found is to be chosen. */
  readonly onChooseBest: () => void;
  readonly onClose: () => void;
}

const GROUP_WORDS = {
  Changes: 'In short',
  Places: 'Releases that have it',
  Cells: 'Cells',
  Releases: 'Releases',
  Components: 'Components',
  Findings: 'Findings',
  Views: 'Views',
  Actions: 'Actions',
} satisfies Record<EntryGroup, string>;

const NO_GROUPS = [] as const;

/** One box for everything: names, findings, commands, and where is what was pasted. */
export default function Palette(props: PaletteProps) {
  const { typed, onType, onReady, isPart, found, onChoose, onChooseBest, onClose } = props;
  const groups = found?.groups ?? NO_GROUPS;
  const isLate = found?.text !== typed;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup aria-label="Search" finalFocus={false} className={SEARCH_POPUP}>
          <Autocomplete.Root
            open
            inline
            items={groups}
            mode="none"
            value={typed}
            onValueChange={(value, { reason }) => {
              // Choosing an entry would write its label into the box.
              if (reason !== 'item-press') onType(value);
            }}
            itemToStringValue={(entry: Entry) => entry.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className={SEARCH_LINE}>
              <Search size={15} aria-hidden="true" className="shrink-0 text-dim" />
              <Autocomplete.Input
                aria-label="Search"
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || !isLate) return;
                  event.preventBaseUIHandler();
                  onChooseBest();
                }}
                onFocus={({ currentTarget }) => {
                  currentTarget.setSelectionRange(typed.length, typed.length);
                  onReady();
                }}
                placeholder="Release, component, command; commit, image, ticket, address"
                className={SEARCH_BOX}
              />
              <Dialog.Close className="shrink-0 rounded border border-rule px-1.5 font-mono text-xs leading-[18px] text-dim hover:text-ink">
                <span className="sr-only">Close, </span>Esc
              </Dialog.Close>
            </div>
            {isPart && (
              <p className="px-3.5 py-3 text-base text-dim" aria-live="polite">
                Still reading: what matches is listed when all has been read.
              </p>
            )}
            <p aria-live="polite" className="border-b border-rule px-3.5 py-2 text-sm text-dim empty:hidden">
              {found?.nothing != null && <VisibleLabel text={found.nothing} />}
            </p>
            <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto py-1 empty:hidden">
              {({ group, items, more }: FoundGroup) => (
                <Autocomplete.Group key={group} items={items}>
                  <Autocomplete.GroupLabel className="px-3.5 pt-2 pb-1 text-sm font-medium text-dim">
                    {GROUP_WORDS[group]}
                    {more > 0 && ` · ${more} more`}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => (
                      <Autocomplete.Item
                        key={entry.id}
                        value={entry}
                        onClick={() => onChoose(entry)}
                        className={clsx(
                          'flex min-h-8 justify-between gap-x-4 border-l-2 border-transparent px-3 text-base data-highlighted:border-accent data-highlighted:bg-accent-soft',
                          group === 'Changes' ? 'flex-col py-1.5' : 'items-center',
                        )}
                      >
                        <VisibleLabel text={entry.label} className="min-w-0 truncate" />
                        <span
                          className={clsx(
                            'text-sm text-dim',
                            group === 'Changes' ? '[overflow-wrap:anywhere]' : 'max-w-1/2 shrink-0 truncate',
                          )}
                        >
                          <VisibleLabel text={entry.detail} limit={group === 'Changes' ? 600 : 200} />
                        </span>
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            <InFullLines of={found?.inFull} />
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
