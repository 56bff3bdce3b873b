import { clsx } from 'clsx';
import { type FindingCode, SEVERITIES, type Severity } from '../../release/finding/finding.ts';
import { WAIVED_SHOWN } from '../../release/finding/finding-filters.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import type { FindingsAnswer } from '../../views/findings/findings-answer.ts';
import { GROUPINGS, type Grouping } from '../../views/params.ts';
import { type Choice, ChoiceGroup } from '../elements/ChoiceGroup.tsx';
import { Segments } from '../elements/Segments.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { useChangeView } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';

interface FindingsFiltersProps {
  readonly found: Pick<FindingsAnswer, 'severities' | 'codes' | 'waived'>;
  readonly view: ViewState;
}

const GROUPING_LABELS = {
  release: 'Release',
  owner: 'Owner',
  code: 'Code',
  component: 'Component',
} satisfies Record<Grouping, string>;
const WAIVED_LABELS = { show: 'Show', hide: 'Hide', only: 'Only' } as const;

/** Which of the findings are left, and how they are grouped. */
export function FindingsFilters({ found, view }: FindingsFiltersProps) {
  const change = useChangeView();
  return (
    <section aria-label="Findings shown" className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
      <ChoiceGroup
        name="Severity"
        plural="severities"
        choices={severityChoices(found.severities)}
        chosen={view.severity}
        onChange={(severity) => change({ severity })}
        inBar={0}
      />
      <ChoiceGroup
        name="Code"
        plural="codes"
        choices={codeChoices(found.codes, view.code)}
        chosen={view.code}
        onChange={(code) => change({ code })}
        inBar={0}
      />
      {(found.waived > 0 || view.waived !== 'show') && (
        <Segments
          name="Waived"
          options={WAIVED_SHOWN}
          labels={WAIVED_LABELS}
          chosen={view.waived}
          onChange={(waived) => change({ waived })}
        />
      )}
      <Segments
        name="Group by"
        options={GROUPINGS}
        labels={GROUPING_LABELS}
        chosen={view.group}
        // Groups of another kind have other names.
        onChange={(group) => change({ group, shut: null, notes: null })}
      />
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
        <span aria-hidden="true" className={clsx('text-xs', ink)}>
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
