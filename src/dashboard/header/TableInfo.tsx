import { ChevronDown, X } from 'lucide-react';
import type { PageStart } from '../../contract/local-server.ts';
import { laterPart } from '../../live/later-part.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { View } from '../../views/params.ts';
import { Button } from '../elements/Button.tsx';
import { drawnLater } from '../elements/drawn-later.tsx';
import { Popover } from '../elements/Popover.tsx';
import { regionOf, sourceName } from '../elements/source-words.ts';
import type { TableChoice } from '../state/chosen-table.ts';
import type { TableWatch } from '../state/live-reading.ts';
import { HeaderPanel } from './HeaderPanel.tsx';

const TableFacts = drawnLater(laterPart(async () => ({ default: (await import('./TableFacts.tsx')).TableFacts })));

export interface TableInfoProps {
  readonly start: PageStart;
  readonly choice: TableChoice;
  readonly view: View;
  readonly watch: Pick<TableWatch, 'latest'>;
}

/** Which table this is, in a line; on a click where it is, how it is read, and how to read another. */
export function TableInfo({ start, choice, view, watch }: TableInfoProps) {
  const { source } = start;
  return (
    <Popover.Root>
      <Popover.Trigger
        className="flex h-7 min-w-0 items-center gap-1 rounded-md px-2 text-dim hover:bg-panel hover:text-ink"
        title="About this table"
      >
        {/* Where there is no room for all of it, the name stays whole. */}
        <span className="flex min-w-0">
          <span className="max-w-72 shrink-0 truncate">
            {shownText(choice.chosen ?? (choice.others.length > 0 ? choice.first : start.table))}
          </span>
          <span className="min-w-0 truncate whitespace-pre">
            {' · '}
            {shownText([...regionOf(start), sourceName(source)].join(' · '))}
          </span>
        </span>
        <ChevronDown size={14} aria-hidden="true" className="shrink-0" />
      </Popover.Trigger>
      <HeaderPanel
        what="What is known of the table"
        align="end"
        className="w-[30rem] p-4"
        title={
          <div className="mb-3 flex items-start justify-between gap-4">
            <Popover.Title className="text-base font-semibold break-all">{shownText(start.table)}</Popover.Title>
            <Popover.Close render={<Button icon look="quiet" aria-label="Close" className="-mt-1 -mr-1" />}>
              <X size={15} aria-hidden="true" />
            </Popover.Close>
          </div>
        }
      >
        <TableFacts start={start} choice={choice} view={view} watch={watch} />
      </HeaderPanel>
    </Popover.Root>
  );
}
