import { clsx } from 'clsx';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { type FindingCode, SEVERITIES, type Severity } from '../../release/finding/finding.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import type { FindingsAnswer } from '../../views/findings/findings-answer.ts';
import { GROUPINGS, type Grouping, WAIVED_SHOWN } from '../../views/params.ts';
import { Button } from '../elements/Button.tsx';
import { type Choice, ChoiceGroup } from '../elements/ChoiceGroup.tsx';
import { Segments } from '../elements/Segments.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';

interface FindingsToolbarProps {
  readonly found: Pick<FindingsAnswer, 'severities' | 'codes' | 'groups'>;
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
export function FindingsToolbar({ found, view, change }: FindingsToolbarProps) {
  const { groups } = found;
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
        choices={severityChoices(found.severities)}
        chosen={view.severity}
        onChange={(severity) => change({ severity })}
        inBar={SEVERITIES.length}
      />
      <ChoiceGroup
        name="Code"
        plural="codes"
        choices={codeChoices(found.codes, view.code)}
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

function severityChoices(counts: FindingsAnswer['severities']): Choice<Severity>[] {
  return SEVERITIES.map((severity) => {
    const { many, glyph, ink } = WEIGHT_LOOKS[severity];
    return {
      value: severity,
      label: `${many} ${counts[severity].toLocaleString('en')}`,
      mark: (
        <span aria-hidden="true" className={clsx('text-[11px]', ink)}>
          {glyph}
        </span>
      ),
    };
  });
}

/** Those there are, and those a link asks for: they must be there to be undone. */
function codeChoices(counts: FindingsAnswer['codes'], chosen: readonly FindingCode[]): Choice<FindingCode>[] {
  return FINDING_CODES.filter((code) => counts[code] !== undefined || chosen.includes(code)).map((code) => ({
    value: code,
    label: `${code} ${(counts[code] ?? 0).toLocaleString('en')}`,
  }));
}
