import { clsx } from 'clsx';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useMemo } from 'react';
import { type FindingCode, SEVERITIES, type Severity } from '../../release/finding/finding.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import type { PlacedFinding } from '../../views/filters/visible-findings.ts';
import type { FindingGroup } from '../../views/findings/group-findings.ts';
import { GROUPINGS, type Grouping, WAIVED_SHOWN } from '../../views/params.ts';
import { Button } from '../elements/Button.tsx';
import { type Choice, ChoiceGroup } from '../elements/ChoiceGroup.tsx';
import { Segments } from '../elements/Segments.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';

interface FindingsToolbarProps {
  /** What the filter bar leaves. */
  readonly left: readonly PlacedFinding[];
  readonly groups: readonly FindingGroup[];
  readonly view: ViewState;
  readonly change: ChangeView;
}

const GROUPING_LABELS = {
  code: 'Code',
  severity: 'Severity',
  release: 'Release',
  component: 'Component',
} satisfies Record<Grouping, string>;
const WAIVED_LABELS = { show: 'Show', hide: 'Hide', only: 'Only' } as const;

/** How the findings are grouped, and which of them are left. */
export function FindingsToolbar({ left, groups, view, change }: FindingsToolbarProps) {
  const severities = useMemo(() => severityChoices(left), [left]);
  const codes = useMemo(() => codeChoices(left, view.code), [left, view.code]);
  const allShut = groups.length > 0 && groups.every(({ id }) => view.shut.includes(id));
  const FoldIcon = allShut ? ChevronsUpDown : ChevronsDownUp;
  return (
    <section
      aria-label="Findings shown"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-rule px-4 py-2"
    >
      <Segments
        name="Group by"
        options={GROUPINGS}
        labels={GROUPING_LABELS}
        chosen={view.group}
        // Groups of another kind have other names.
        onChange={(group) => change({ group, shut: null })}
      />
      <ChoiceGroup
        name="Severity"
        plural="severities"
        choices={severities}
        chosen={view.severity}
        onChange={(severity) => change({ severity })}
        inBar={SEVERITIES.length}
      />
      <ChoiceGroup
        name="Code"
        plural="codes"
        choices={codes}
        chosen={view.code}
        onChange={(code) => change({ code })}
        inBar={0}
      />
      <Segments
        name="Waived"
        options={WAIVED_SHOWN}
        labels={WAIVED_LABELS}
        chosen={view.waived}
        onChange={(waived) => change({ waived })}
      />
      {groups.length > 1 && (
        <Button
          look="quiet"
          className="ml-auto"
          onClick={() => change({ shut: allShut ? null : groups.map(({ id }) => id) })}
        >
          <FoldIcon size={14} aria-hidden="true" />
          {allShut ? 'Open all groups' : 'Shut all groups'}
        </Button>
      )}
    </section>
  );
}

function severityChoices(left: readonly PlacedFinding[]): Choice<Severity>[] {
  return SEVERITIES.map((severity) => {
    const { many, glyph, ink } = WEIGHT_LOOKS[severity];
    const count = left.reduce((sum, { finding }) => sum + (finding.severity === severity ? 1 : 0), 0);
    return {
      value: severity,
      label: `${many} ${count.toLocaleString('en')}`,
      mark: (
        <span aria-hidden="true" className={clsx('text-[11px]', ink)}>
          {glyph}
        </span>
      ),
    };
  });
}

/** Those there are, and those a link asks for: they must be there to be undone. */
function codeChoices(left: readonly PlacedFinding[], chosen: readonly FindingCode[]): Choice<FindingCode>[] {
  const counts = new Map<FindingCode, number>();
  for (const { finding } of left) counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1);
  return FINDING_CODES.filter((code) => counts.has(code) || chosen.includes(code)).map((code) => ({
    value: code,
    label: `${code} ${(counts.get(code) ?? 0).toLocaleString('en')}`,
  }));
}
