import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Answers } from '../../src/dashboard/state/answers.ts';
import { ANSWERS } from '../../src/live/answers.ts';
import type { Known } from '../../src/views/questions.ts';

/** Answers the questions of the views in it, as an engine would: each answer is a copy. */
export function Answered({ known, children }: { readonly known: Known; readonly children: ReactNode }) {
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
  return (
    <QueryClientProvider client={client}>
      <Answers value={answering}>{children}</Answers>
    </QueryClientProvider>
  );
}

async function answer(name: keyof typeof ANSWERS, asks: unknown, known: Known): Promise<unknown> {
  const beyond = null as never; // none of these views is saved as one file
  return structuredClone(await ANSWERS[name](known, structuredClone(asks) as never, beyond));
}
