import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Answers } from '../../src/dashboard/state/answers.ts';
import { ChangeViewContext, type Go, GoContext, OutlineContext } from '../../src/dashboard/state/page-context.ts';
import { type ChangeView, useViewState, type ViewState } from '../../src/dashboard/state/view-state.ts';
import { ANSWERS } from '../../src/live/answers.ts';
import { lineOf, outlineOf } from '../../src/views/matrix/outline.ts';
import type { Known } from '../../src/views/questions.ts';

interface AnsweredProps {
  readonly known: Known;
  /** Told what of the view is changed. Default: nothing may be. */
  readonly change?: ChangeView;
  /** Told which places are gone to. Default: none may be. */
  readonly go?: Go;
  readonly children: ReactNode;
}

const NOWHERE = () => {
  throw new Error('This test leads nowhere.');
};

/** What the page has around a view. Answers the questions of the views in it, as an engine would: each answer is a copy. */
export function Answered({ known, change = NOWHERE, go = NOWHERE, children }: AnsweredProps) {
  const [client] = useState(() => new QueryClient());
  const [revisions] = useState(() => new Map<Known, number>());
  if (!revisions.has(known)) revisions.set(known, revisions.size + 1);
  const answering = useMemo(
    () => ({
      engine: {
        ask: async (...[name, asks]: Parameters<typeof answer>) => answer(name, asks, known),
      } as never,
      revision: revisions.get(known) ?? 0,
    }),
    [known, revisions],
  );
  const { report } = known;
  const outline = useMemo(() => {
    const rows = report.rows.map((row) => ({ ...lineOf(row), cells: null, folded: null }));
    return { ...outlineOf(report), rows };
  }, [report]);
  return (
    <QueryClientProvider client={client}>
      <Answers value={answering}>
        <ChangeViewContext value={change}>
          <GoContext value={go}>
            <OutlineContext value={outline}>{children}</OutlineContext>
          </GoContext>
        </ChangeViewContext>
      </Answers>
    </QueryClientProvider>
  );
}

interface OnPageProps extends Pick<AnsweredProps, 'known' | 'go'> {
  readonly children: (view: ViewState) => ReactNode;
}

/** A view with the view state of the address. Unless it is told otherwise, a place is gone to in the matrix. */
export function OnPage({ known, go, children }: OnPageProps) {
  const [view, change] = useViewState();
  const toMatrix: Go = (release, component) => change({ view: 'matrix', release, component });
  return (
    <Answered known={known} change={change} go={go ?? toMatrix}>
      {children(view)}
    </Answered>
  );
}

async function answer(name: keyof typeof ANSWERS, asks: unknown, known: Known): Promise<unknown> {
  const beyond = null as never; // none of these views is saved as one file
  return structuredClone(await ANSWERS[name](known, structuredClone(asks) as never, beyond));
}
