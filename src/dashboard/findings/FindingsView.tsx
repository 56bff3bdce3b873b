import { useCallback, useMemo, useState } from 'react';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingsAnswer, GroupSummary } from '../../views/findings/findings-answer.ts';
import { type ListLine, linesOf } from '../../views/findings/list-lines.ts';
import { Button } from '../elements/Button.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { ALL_FINDINGS, filtersOf } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { FindingList } from './FindingList.tsx';
import { FindingsSummary } from './FindingsSummary.tsx';

interface FindingsViewProps {
  readonly view: ViewState;
}

/** The first screen. */
const FIRST_BLOCK = [0];
const NO_GROUPS = [] as const;

/** The findings of the current releases that the filters leave, in groups; those of past ones where they are wanted. */
export function FindingsView({ view }: FindingsViewProps) {
  const change = useChangeView();
  const { severity, code, waived, group, shut, notes, past } = view;
  const [blocks, setBlocks] = useState<readonly number[]>(FIRST_BLOCK);
  const filters = filtersOf(view);
  const found = useAnswer('findings', { filters, severity, code, waived, group, past, blocks });
  const groups = found?.groups ?? NO_GROUPS;
  const hasPast = found?.past != null;
  const lines = useMemo(
    () => linesOf(groups, { shut, notes, past: hasPast ? past : null }),
    [groups, shut, notes, past, hasPast],
  );
  const want = useCallback(
    (wanted: readonly number[]) => setBlocks((now) => (now.join() === wanted.join() ? now : wanted)),
    [],
  );
  const showAll = useCallback(() => change(ALL_FINDINGS), [change]);
  const readAt = Date.parse(useOutline().readAt);
  const isOpen = view.component !== null;
  const looks = useMemo(
    () => ({
      says: { release: group === 'release', owner: group === 'owner', code: group === 'code' },
      readAt,
      isBeside: isOpen,
    }),
    [group, readAt, isOpen],
  );
  const onToggle = useCallback(
    ({ kind, group: of }: ListLine<GroupSummary>) => {
      if (kind === 'past') change({ past: !past });
      else if (of === null) return;
      else if (kind === 'notes' || of.notes === of.size) change({ notes: toggled(notes, of.id) });
      else change({ shut: toggled(shut, of.id) });
    },
    [change, shut, notes, past],
  );
  if (found === null) return <ViewLoads />;
  return (
    <section aria-label="Findings" className="flex min-w-0 flex-1 flex-col">
      <FindingsSummary found={found} view={view} onShowAll={showAll} />
      {found.shown > 0 ? (
        <FindingList
          lines={lines}
          past={found.past}
          blocks={found.blocks}
          looks={looks}
          chosen={view}
          onWant={want}
          onToggle={onToggle}
        />
      ) : (
        <NoFindings found={found} onShowAll={showAll} />
      )}
    </section>
  );
}

function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

interface NoFindingsProps {
  readonly found: Pick<FindingsAnswer, 'within' | 'all' | 'unknown'>;
  readonly onShowAll: () => void;
}

/** In place of an empty list: whether nothing was found, or all of it is hidden, and over how much. */
function NoFindings({ found: { within, all, unknown }, onShowAll }: NoFindingsProps) {
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-8">
      <div className="max-w-md text-center">
        {all > 0 ? (
          <>
            <p className="text-lg font-semibold">{`The filters hide all ${countWords(all, 'finding')}`}</p>
            <p className="mt-1 text-dim">{shownText(`They leave ${within}.`)}</p>
            <Button className="mt-4" onClick={onShowAll}>
              Show all findings
            </Button>
          </>
        ) : (
          <>
            <p className="text-lg font-semibold">{shownText(`Nothing was found in ${within}`)}</p>
            <p className="mt-1 text-dim">
              {unknown.length === 0
                ? 'Every check ran over all of them.'
                : `That says nothing of the ${countWords(unknown.length, 'release')} named above, of which too little is known.`}
            </p>
          </>
        )}
      </div>
    </div>
  );
}
