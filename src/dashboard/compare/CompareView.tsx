import { ArrowLeftRight } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { SideFault } from '../../release/compare/compare-sides.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Compared } from '../../views/compare/compare-answer.ts';
import { OUTCOMES, type Outcome } from '../../views/compare/shown-comparison.ts';
import { sideChoices } from '../../views/compare/side-choices.ts';
import { Button } from '../elements/Button.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { useAnswer } from '../state/answers.ts';
import { useChangeView, useOutline } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';
import { aloneOf } from './alone-of.ts';
import { CompareActions } from './CompareActions.tsx';
import { CompareStarts } from './CompareStarts.tsx';
import { ComparisonBody } from './ComparisonBody.tsx';
import { SidePicker } from './SidePicker.tsx';

interface CompareViewProps {
  readonly view: ViewState;
}

/** So many components of a class are drawn at once; the rest on demand. */
const DRAWN = 300;

/** Two sides, and what became of every component between them. */
export function CompareView({ view }: CompareViewProps) {
  const change = useChangeView();
  const { a, b, type, owner, q } = view;
  const faultId = useId();
  const [whole, setWhole] = useState<readonly Outcome[]>([]);
  const { environments, stages, rows } = useOutline();
  const choices = useMemo(() => sideChoices({ environments, stages, rows }), [environments, stages, rows]);
  const chosen = a.trim() !== '' && b.trim() !== '';
  const wanted = view.release === null ? view.component : null;
  const isSameOpen = view.same || wanted !== null;
  const { of: alone, step } = aloneOf(view.only);
  const folded = OUTCOMES.filter((of) => (alone === null ? of === 'unchanged' && !isSameOpen : of !== alone));
  const answer = useAnswer('compare', chosen ? { a, b, type, owner, q, first: DRAWN, whole, folded, step } : null);
  // The last answer stays while none is asked for.
  const reading = chosen ? answer : null;
  const compared = reading !== null && 'compared' in reading ? reading.compared : null;
  const faults = reading !== null && 'faults' in reading ? reading.faults : [];
  const faultOf = (side: string) => (faults.some(({ asked }) => isAsked(asked, side)) ? faultId : undefined);
  return (
    <section aria-label="Compare" className="flex min-w-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-rule px-4 py-2">
        <SidePicker name="From" value={a} choices={choices} onChange={(to) => change({ a: to })} faultId={faultOf(a)} />
        <Button icon look="quiet" aria-label="Swap sides" title="Swap sides" onClick={() => change({ a: b, b: a })}>
          <ArrowLeftRight size={15} aria-hidden="true" />
        </Button>
        <SidePicker name="To" value={b} choices={choices} onChange={(to) => change({ b: to })} faultId={faultOf(b)} />
        {compared !== null && <CompareActions view={view} shown={shownOf(compared)} hidden={compared.hidden} />}
      </div>
      <div id={faultId} aria-live="polite" className="shrink-0">
        <Faults faults={faults} />
      </div>
      {compared !== null && (
        <ComparisonBody compared={compared} view={view} wanted={wanted} onWhole={(of) => setWhole([...whole, of])} />
      )}
      {!chosen && <CompareStarts />}
      {chosen && reading === null && <ViewLoads />}
    </section>
  );
}

/** Components that the filters leave, whatever became of them. */
function shownOf({ counts }: Compared): number {
  return OUTCOMES.reduce((sum, of) => sum + counts[of], 0);
}

/** An environment's fault names it with its @ and without what stood around it. */
function isAsked(asked: string, side: string): boolean {
  return asked.replaceAll(' ', '') === side.replaceAll(' ', '');
}

function Faults({ faults }: { readonly faults: readonly SideFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul aria-label="What cannot be compared" className="space-y-1 bg-error-soft px-4 py-2.5 text-base text-error">
      {faults.map(({ message }) => (
        <li key={message} className="[overflow-wrap:anywhere]">
          <span aria-hidden="true">✕ </span>
          {shownText(message)}
        </li>
      ))}
    </ul>
  );
}
