import { useCallback, useMemo, useState } from 'react';
import { linesOf } from '../../views/findings/list-lines.ts';
import type { Axes } from '../../views/matrix/outline.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { ALL_FINDINGS } from '../filters/filter-words.ts';
import { useAnswer } from '../state/answers.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { FindingList } from './FindingList.tsx';
import { FindingsSummary } from './FindingsSummary.tsx';
import { FindingsToolbar } from './FindingsToolbar.tsx';
import { NoFindings } from './NoFindings.tsx';

export interface FindingsViewProps {
  readonly outline: Axes;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with the place of a finding that somebody wants to see there. */
  readonly onGo: OnGo;
}

/** The first screen. */
const FIRST_BLOCK = [0];
const NO_GROUPS = [] as const;

/** All findings of the releases that the filters leave, in groups. */
export function FindingsView({ outline, view, change, onGo }: FindingsViewProps) {
  const { version, stage, type, env, q, problems, severity, code, waived, group, shut } = view;
  const [blocks, setBlocks] = useState<readonly number[]>(FIRST_BLOCK);
  const filters = { version, stage, type, env, q, problems };
  const found = useAnswer('findings', { filters, severity, code, waived, group, blocks });
  const groups = found?.groups ?? NO_GROUPS;
  const lines = useMemo(() => linesOf(groups, shut), [groups, shut]);
  const want = useCallback(
    (wanted: readonly number[]) => setBlocks((now) => (now.join() === wanted.join() ? now : wanted)),
    [],
  );
  const showAll = useCallback(() => change(ALL_FINDINGS), [change]);
  const onToggle = useCallback(
    (id: string) => change({ shut: shut.includes(id) ? shut.filter((other) => other !== id) : [...shut, id] }),
    [change, shut],
  );
  if (found === null) return <ViewLoads />;
  return (
    <section aria-label="Findings" className="flex min-w-0 flex-1 flex-col">
      <FindingsToolbar found={found} view={view} change={change} />
      <FindingsSummary found={found} onShowAll={showAll} />
      {lines.count > 0 ? (
        <FindingList
          outline={outline}
          lines={lines}
          blocks={found.blocks}
          onWant={want}
          onGo={onGo}
          onToggle={onToggle}
        />
      ) : (
        <NoFindings found={found} onShowAll={showAll} />
      )}
    </section>
  );
}
