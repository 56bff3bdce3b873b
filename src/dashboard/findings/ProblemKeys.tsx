import { useCallback, useEffect, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ProblemAnswer, ProblemAsks } from '../../views/filters/problem-answer.ts';
import { isPageKey } from '../elements/keys.ts';
import { filtersOf } from '../filters/filter-words.ts';
import type { WhereaboutsRef } from '../grid/place.ts';
import { useAsk } from '../state/answers.ts';
import { useGo } from '../state/page-context.ts';
import type { ViewState } from '../state/view-state.ts';

interface ProblemKeysProps {
  readonly view: ViewState;
  /** Where one is in the matrix: steps begin where the focus is. */
  readonly whereabouts: WhereaboutsRef;
}

/** How long the word about a step stays, milliseconds. */
const SHOWN_MS = 6_000;

/** `n` and `p` lead to the next problem and to the one before, from anywhere but where one types, and say where that is. */
export function ProblemKeys(props: ProblemKeysProps) {
  const [said, setSaid] = useState<{ readonly text: string } | null>(null);
  const step = useSteps(props, setSaid);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = isPageKey(event, 'nextProblem')
        ? 'next'
        : isPageKey(event, 'previousProblem')
          ? 'previous'
          : null;
      if (direction === null) return;
      event.preventDefault();
      step(direction);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [step]);

  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    // Always there, so that what comes into it is announced. No `status`: that is the live state's.
    <p
      aria-live="polite"
      className="pointer-events-none absolute bottom-4 left-4 z-30 rounded-md border border-edge bg-raised px-3 py-1.5 text-base text-ink shadow-lg empty:opacity-0"
    >
      {said && shownText(said.text)}
    </p>
  );
}

/** Steps from where one is. Each begins where the one before has ended, however fast the key is pressed. */
function useSteps(props: ProblemKeysProps, say: (said: { readonly text: string }) => void) {
  const ask = useAsk();
  const go = useGo();
  const latest = useRef({ ...props, ask, go });
  useEffect(() => {
    latest.current = { ...props, ask, go };
  });
  const under = useRef(Promise.resolve());
  /** Where the last step has led, and from which view: it takes a moment until the view says so. */
  const last = useRef<{ readonly view: ViewState; readonly to: ProblemAsks['from'] } | null>(null);
  useEffect(() => {
    // Somebody, or the step itself, has put the focus elsewhere: the next step begins there.
    const forget = () => {
      last.current = null;
    };
    document.addEventListener('focusin', forget);
    return () => document.removeEventListener('focusin', forget);
  }, []);
  return useCallback(
    (direction: ProblemAsks['direction']) => {
      const take = async () => {
        const { view } = latest.current;
        const { release, component } = view;
        const filters = filtersOf(view);
        // The focus is where one looks; it takes a moment until it is where the step before has led.
        const focused = view.view === 'matrix' ? focusedPlace(latest.current.whereabouts) : null;
        const from = last.current?.view === view ? last.current.to : (focused ?? { release, component });
        const step = await latest.current.ask('problem', { filters, from, direction });
        say({ text: step === null ? 'No problems match the filters.' : stepWords(step) });
        if (step === null) return;
        const to = { release: step.to.release, component: step.to.component?.id ?? null };
        last.current = { view: latest.current.view, to };
        latest.current.go(to.release, to.component);
      };
      under.current = under.current.then(take).catch(() => say({ text: 'The next problem could not be found.' }));
    },
    [say],
  );
}

function focusedPlace({ current }: WhereaboutsRef): ProblemAsks['from'] | null {
  const here = current?.();
  return here?.focus ? here.place : null;
}

/** "Problem 3 of 17: payment-service in v1.4.0". */
export function stepWords({ to, place, of, wrapped }: NonNullable<ProblemAnswer>): string {
  const where = to.component === null ? to.release : `${to.component.name} in ${to.release}`;
  const before = wrapped ? (place === 1 ? 'From the top again. ' : 'From the end again. ') : '';
  return `${before}Problem ${place} of ${of}: ${where}`;
}
