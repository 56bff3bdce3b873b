import { useCallback, useMemo, useState } from 'react';
import type { GroupSummary } from '../../views/findings/findings-answer.ts';
import { type ListLine, linesOf } from '../../views/findings/list-lines.ts';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { ALL_FINDINGS, filtersOf } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { FindingList } from './FindingList.tsx';
import { FindingsSummary } from './FindingsSummary.tsx';
import { NoFindings } from './NoFindings.tsx';

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
