import { useCallback, useMemo } from 'react';
import type { Report } from '../../release/report/report.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { type PlacedFinding, visibleFindings } from '../../views/filters/visible-findings.ts';
import { type FindingGroup, filterFindings, groupFindings, linesOf } from '../../views/findings/group-findings.ts';
import { unknownReleases } from '../../views/findings/unknown-releases.ts';
import { ALL_FINDINGS } from '../filters/filter-words.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { FindingList } from './FindingList.tsx';
import { FindingsSummary } from './FindingsSummary.tsx';
import { FindingsToolbar } from './FindingsToolbar.tsx';
import { NoFindings } from './NoFindings.tsx';

export interface FindingsViewProps {
  readonly report: Report;
  readonly visible: Visible;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with a finding that somebody wants to see in its place. */
  readonly onGo: (placed: PlacedFinding) => void;
}

/** All findings of the releases that the filters leave, in groups. */
export function FindingsView({ report, visible, view, change, onGo }: FindingsViewProps) {
  const { version, stage, type, env, q, problems, severity, code, waived, group, shut } = view;
  const left = useMemo(
    () => visibleFindings(report, visible, { version, stage, type, env, q, problems }),
    [report, visible, version, stage, type, env, q, problems],
  );
  const shown = useMemo(() => filterFindings(left, { severity, code, waived }), [left, severity, code, waived]);
  const groups = useMemo(() => groupFindings(report, shown, group), [report, shown, group]);
  const lines = useMemo(() => linesOf(groups, shut), [groups, shut]);
  const unknown = useMemo(() => unknownReleases(report, visible), [report, visible]);
  const all = useMemo(() => report.rows.reduce((sum, { findings }) => sum + findings.length, 0), [report]);
  const showAll = useCallback(() => change(ALL_FINDINGS), [change]);
  const onToggle = useCallback(
    ({ id }: FindingGroup) =>
      change({ shut: shut.includes(id) ? shut.filter((other) => other !== id) : [...shut, id] }),
    [change, shut],
  );
  return (
    <section aria-label="Findings" className="flex min-w-0 flex-1 flex-col">
      <FindingsToolbar left={left} groups={groups} view={view} change={change} />
      <FindingsSummary
        report={report}
        visible={visible}
        shown={shown.length}
        all={all}
        unknown={unknown}
        onShowAll={showAll}
      />
      {lines.length > 0 ? (
        <FindingList report={report} lines={lines} onGo={onGo} onToggle={onToggle} />
      ) : (
        <NoFindings report={report} visible={visible} all={all} unknown={unknown.length} onShowAll={showAll} />
      )}
    </section>
  );
}
