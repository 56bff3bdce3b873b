import { useEffect, useRef, useState } from 'react';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import {
  nextProblem,
  type ProblemPlace,
  type ProblemStep,
  placeOfSelection,
  problemPlaces,
} from '../../views/filters/next-problem.ts';
import type { Visible } from '../../views/filters/visible.ts';
import { isPageKey } from '../elements/keys.ts';
import type { ViewState } from '../state/view-state.ts';

interface ProblemKeysProps {
  readonly report: Report;
  readonly visible: Visible;
  readonly view: ViewState;
  readonly onGo: (to: ProblemPlace) => void;
}

/** How long the word about a step stays, milliseconds. */
const SHOWN_MS = 6_000;

/** `n` and `p` lead to the next problem and to the one before, from anywhere but where one types, and say where that is. */
export function ProblemKeys(props: ProblemKeysProps) {
  const [said, setSaid] = useState<{ readonly text: string } | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = isPageKey(event, 'nextProblem')
        ? 'next'
        : isPageKey(event, 'previousProblem')
          ? 'previous'
          : null;
      if (direction === null) return;
      event.preventDefault();
      const { report, visible, view, onGo } = latest.current;
      const from = placeOfSelection(report, view.release, view.component);
      const step = nextProblem(problemPlaces(report, visible, view), from, direction);
      setSaid({ text: step === null ? 'No problem in what the filters leave.' : stepWords(report, step) });
      if (step !== null) onGo(step.to);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    // Always there, so that what comes into it is announced. No `status`: that is the live state's.
    <p
      aria-live="polite"
      className="pointer-events-none absolute bottom-4 left-4 z-30 rounded-md border border-edge bg-raised px-3 py-1.5 text-[13px] text-ink shadow-lg empty:opacity-0"
    >
      {said && shownText(said.text)}
    </p>
  );
}

/** "Problem 3 of 17: payment-service in v1.4.0". */
export function stepWords({ rows, components }: Report, { to, place, of, wrapped }: ProblemStep): string {
  const release = rows[to.row]?.release.tag ?? '';
  const component = to.column === null ? null : (components[to.column]?.name ?? '');
  const where = component === null ? release : `${component} in ${release}`;
  const before = wrapped ? (place === 1 ? 'From the top again. ' : 'From the end again. ') : '';
  return `${before}Problem ${place} of ${of}: ${where}`;
}
