import { ArrowLeftRight } from 'lucide-react';
import { useId, useMemo } from 'react';
import { compareTexts } from '../../release/compare/compare.ts';
import type { SideFault } from '../../release/compare/compare-sides.ts';
import type { Policy } from '../../release/policy/policy.ts';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { shownComparison } from '../../views/compare/shown-comparison.ts';
import { sideChoices } from '../../views/compare/side-choices.ts';
import { type ProblemPlace, placeOfSelection } from '../../views/filters/next-problem.ts';
import { Button } from '../elements/Button.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { CompareActions } from './CompareActions.tsx';
import { CompareStarts } from './CompareStarts.tsx';
import { ComparisonBody } from './ComparisonBody.tsx';
import { SidePicker } from './SidePicker.tsx';

export interface CompareViewProps {
  readonly report: Report;
  readonly policy: Policy;
  readonly view: ViewState;
  readonly change: ChangeView;
  /** Called with a cell that somebody wants to see in its place. */
  readonly onGo: (place: ProblemPlace) => void;
}

/** Two sides, and what became of every component between them. */
export function CompareView({ report, policy, view, change, onGo }: CompareViewProps) {
  const { a, b, version, stage, type, env, q, problems } = view;
  const faultId = useId();
  const choices = useMemo(() => sideChoices(report), [report]);
  const reading = useMemo(
    () => (a.trim() === '' || b.trim() === '' ? null : compareTexts(report, policy, a, b)),
    [report, policy, a, b],
  );
  const whole = reading !== null && 'comparison' in reading ? reading.comparison : null;
  const shown = useMemo(
    () => (whole === null ? null : shownComparison(report, whole, { version, stage, type, env, q, problems })),
    [report, whole, version, stage, type, env, q, problems],
  );
  const faults = reading !== null && 'faults' in reading ? reading.faults : [];
  const faultOf = (side: string) => (faults.some(({ asked }) => isAsked(asked, side)) ? faultId : undefined);
  const go: OnGo = (release, component) => {
    const place = placeOfSelection(report, release, component);
    if (place !== null) onGo(place);
  };
  return (
    <section aria-label="Compare" className="flex min-w-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-rule px-4 py-2">
        <SidePicker name="From" value={a} choices={choices} onChange={(to) => change({ a: to })} faultId={faultOf(a)} />
        <Button icon look="quiet" aria-label="Swap sides" title="Swap sides" onClick={() => change({ a: b, b: a })}>
          <ArrowLeftRight size={15} aria-hidden="true" />
        </Button>
        <SidePicker name="To" value={b} choices={choices} onChange={(to) => change({ b: to })} faultId={faultOf(b)} />
        {whole !== null && shown !== null && <CompareActions whole={whole} shown={shown} />}
      </div>
      <div id={faultId} aria-live="polite" className="shrink-0">
        <Faults faults={faults} />
      </div>
      {whole !== null && shown !== null ? (
        <ComparisonBody whole={whole} shown={shown} view={view} change={change} onGo={go} />
      ) : (
        faults.length === 0 && <CompareStarts report={report} change={change} />
      )}
    </section>
  );
}

/** An environment's fault names it with its @ and without what stood around it. */
function isAsked(asked: string, side: string): boolean {
  return asked.replaceAll(' ', '') === side.replaceAll(' ', '');
}

function Faults({ faults }: { readonly faults: readonly SideFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul aria-label="What cannot be compared" className="space-y-1 bg-error-soft px-4 py-2.5 text-[13px] text-error">
      {faults.map(({ message }) => (
        <li key={message} className="[overflow-wrap:anywhere]">
          <span aria-hidden="true">✕ </span>
          {shownText(message)}
        </li>
      ))}
    </ul>
  );
}
