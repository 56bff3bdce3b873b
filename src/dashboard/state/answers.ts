import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Engine } from '../../live/engine.ts';
import type { Answer, Asks, QuestionName } from '../../views/questions.ts';

/** Whom a view asks, and of which state of the table. */
export interface Answering {
  readonly engine: Pick<Engine, 'ask' | 'signIn' | 'demo'>;
  /** Counts up with whatever changes answers. */
  readonly revision: number;
}

export const Answers = createContext<Answering | null>(null);

/** An answer of before is of no use once another is there; for as long, going back to a view shows it at once. */
const KEPT_MS = 10_000;

/** Only what is selected is compared with what another question brought before. */
const asItIs = (data: unknown) => data;

/**
 * What a view is drawn from. While an answer is on its way the one before stays, be it to another question of the same
 * kind. An answer that says the same is the same object, so that nothing is drawn again for it.
 *
 * @param asks plain data; null: nothing is asked
 * @returns null until the first answer is there
 * @throws Error where it cannot be answered, for the error boundary to say so
 */
export function useAnswer<Name extends QuestionName>(name: Name, asks: Asks<Name> | null): Answer<Name> | null {
  const answering = useContext(Answers);
  const { data } = useQuery({
    queryKey: ['answer', name, asks, answering?.revision],
    queryFn: async (): Promise<Answer<Name> | null> =>
      answering === null || asks === null ? null : await answering.engine.ask(name, asks),
    enabled: answering !== null && asks !== null,
    placeholderData: keepPreviousData,
    select: asItIs,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
    networkMode: 'always',
    throwOnError: true,
  });
  return (data as Answer<Name> | null | undefined) ?? null; // the cache keeps what the function above returned
}

/** Asks once, when somebody wants something done: a file, the next problem. */
export function useAsk(): Engine['ask'] {
  const answering = useContext(Answers);
  return async (name, asks) => {
    if (answering === null) throw new Error('Nothing has been read yet.');
    return answering.engine.ask(name, asks);
  };
}

/** What is asked of the local server besides the table: about the sign-in of the profile, and the demo. */
export function useServer(): Pick<Engine, 'signIn' | 'demo'> {
  const answering = useContext(Answers);
  if (answering === null) throw new Error('Nobody is there to be asked.');
  return answering.engine;
}
