import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { Fragment } from '../../release/item/fragment.ts';
import { type HolderIndex, indexHolders } from '../../release/item/holders.ts';
import type { Report } from '../../release/report/report.ts';
import { cellEntries, type Entry, type EntryGroup, holderEntries, reportEntries } from '../../views/search/entries.ts';
import { type FoundGroup, findEntries } from '../../views/search/find-entries.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';

export interface PaletteProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Called when its own box has the focus. */
  readonly onReady: () => void;
  readonly report: Report;
  /** All that were read: those in which a commit or a digest is looked for. */
  readonly fragments: readonly Fragment[];
  readonly actions: readonly Entry[];
  readonly onChoose: (entry: Entry) => void;
  readonly onClose: () => void;
}

const GROUP_WORDS = {
  Holders: 'Holds this commit or digest',
  Cells: 'Cells',
  Releases: 'Releases',
  Components: 'Components',
  Findings: 'Findings',
  Views: 'Views',
  Actions: 'Actions',
} satisfies Record<EntryGroup, string>;

/** One box for everything: names, findings, commands, and what holds a pasted commit or digest. */
export default function Palette(props: PaletteProps) {
  const { typed, onType, onReady, report, fragments, actions, onChoose, onClose } = props;
  const indexOf = useHolderIndex(fragments);
  const named = useMemo(() => [...reportEntries(report), ...actions], [report, actions]);
  const { groups, noHolder } = useMemo(() => {
    const holders = holderEntries(report, typed, indexOf);
    const found = holders ?? cellEntries(report, typed);
    return { groups: findEntries(named, typed, found), noHolder: holders?.length === 0 };
  }, [report, named, typed, indexOf]);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          aria-label="Search"
          finalFocus={false}
          className="fixed top-[min(12vh,6rem)] left-1/2 z-50 flex max-h-[min(34rem,calc(100dvh-2rem))] w-[40rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-edge bg-raised text-ink shadow-xl outline-none max-sm:top-2"
        >
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
            <div className="flex items-center gap-2.5 border-b border-rule px-3.5">
              <Search size={15} aria-hidden="true" className="shrink-0 text-dim" />
              <Autocomplete.Input
                aria-label="Search"
                onFocus={({ currentTarget }) => {
                  currentTarget.setSelectionRange(typed.length, typed.length);
                  onReady();
                }}
                placeholder="Release, component, finding, command, commit or digest"
                className="h-11 min-w-0 flex-1 bg-transparent text-[14px] outline-none placeholder:text-dim"
              />
              <Dialog.Close className="shrink-0 rounded border border-rule px-1.5 font-mono text-[11px] leading-[18px] text-dim hover:text-ink">
                <span className="sr-only">Close, </span>Esc
              </Dialog.Close>
            </div>
            {noHolder && (
              <p className="border-b border-rule px-3.5 py-2 text-[12.5px] text-dim" aria-live="polite">
                No fragment holds this commit or digest.
              </p>
            )}
            <Autocomplete.Empty className="px-3.5 py-3 text-[13px] text-dim empty:hidden">
              {groups.length === 0 ? 'No matches.' : null}
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto py-1 empty:hidden">
              {(found: FoundGroup) => (
                <Autocomplete.Group key={found.group} items={found.items}>
                  <Autocomplete.GroupLabel className="px-3.5 pt-2 pb-1 text-[11.5px] font-medium text-dim">
                    {GROUP_WORDS[found.group]}
                    {found.more > 0 && ` · ${found.more} more`}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => (
                      <Autocomplete.Item
                        key={entry.id}
                        value={entry}
                        onClick={() => onChoose(entry)}
                        className="flex min-h-8 items-center justify-between gap-4 border-l-2 border-transparent px-3 text-[13px] data-highlighted:border-accent data-highlighted:bg-accent-soft"
                      >
                        <VisibleLabel text={entry.label} className="min-w-0 truncate" />
                        <span className="max-w-1/2 shrink-0 truncate text-[12px] text-dim">
                          <VisibleLabel text={entry.detail} />
                        </span>
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The index over what was read: made when a commit is first pasted, and anew only after another reading. */
function useHolderIndex(fragments: readonly Fragment[]): () => HolderIndex {
  const made = useRef<{ readonly of: readonly Fragment[]; readonly index: HolderIndex } | null>(null);
  return useMemo(
    () => () => {
      if (made.current?.of !== fragments) made.current = { of: fragments, index: indexHolders(fragments) };
      return made.current.index;
    },
    [fragments],
  );
}
