import { Popover } from '@base-ui/react/popover';
import { useRef } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { EvidenceList } from '../elements/EvidenceList.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { ReleaseHead } from '../grid/heads.ts';

interface EvidencePopoverProps {
  readonly head: ReleaseHead;
  /** The mark at the head. */
  readonly anchor: Element;
  /** The head itself: it has the focus again afterwards. */
  readonly focusAfter: HTMLElement | null;
  readonly onClose: () => void;
}

/** What the mark at the head of a release counts: each evidence by name, whether it holds, who said it, and what is to be done. */
export default function EvidencePopover({ head, anchor, focusAfter, onClose }: EvidencePopoverProps) {
  const { release, evidence } = head.row;
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="start" sideOffset={6} className="z-50">
          <Popover.Popup
            aria-label={shownText(`Evidence of ${release.tag}`)}
            ref={popup}
            // Not the first link in it: it is there to be read.
            initialFocus={popup}
            finalFocus={() => focusAfter}
            className="max-h-[calc(100dvh-8rem)] w-[640px] max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-edge bg-raised px-4 py-3 text-sm text-ink shadow-lg"
          >
            <h2 className="mb-1 text-sm font-semibold">
              Evidence of <VisibleLabel text={release.tag} limit={60} />
            </h2>
            <EvidenceList release={release.tag} evidence={evidence} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
