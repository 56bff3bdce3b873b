import { useCallback, useEffect, useRef, useState } from 'react';
import type { SignInState } from '../../contract/sign-in.ts';
import { useServer } from '../state/answers.ts';

/** A sign-in as the page sees it. */
export interface SigningIn {
  /** Null: nobody has asked for one. `lost`: the local server does not answer. */
  readonly state: SignInState | { readonly step: 'lost'; readonly message: string } | null;
  readonly underWay: boolean;
  readonly start: () => void;
  readonly cancel: () => void;
  /** Hands over what the browser shows at the end of `aws login`. */
  readonly send: (code: string) => void;
}

/** Has the AWS CLI sign in, and watches it. @param onDone what is done when it has: the table is read again */
export function useSignIn(onDone: () => void): SigningIn {
  const { signIn: ask } = useServer();
  const [state, setState] = useState<SigningIn['state']>(null);
  const [underWay, setUnderWay] = useState(false);
  /** Counts up with each start, and at the end: what an earlier one is told is no longer of interest. */
  const run = useRef(0);
  const latest = useRef({ ask, onDone });
  latest.current = { ask, onDone };

  const start = useCallback(async () => {
    const mine = ++run.current;
    setUnderWay(true);
    try {
      let told = await latest.current.ask({ do: 'start' });
      while (mine === run.current) {
        setState(told);
        if (told.step !== 'starting' && told.step !== 'open') break;
        told = await latest.current.ask({ do: 'watch', seen: told.number });
      }
      if (mine === run.current && told.step === 'done') latest.current.onDone();
    } catch (error) {
      if (mine === run.current)
        setState({ step: 'lost', message: error instanceof Error ? error.message : String(error) });
    }
    if (mine === run.current) setUnderWay(false);
  }, []);
  const end = useCallback(() => {
    run.current++;
    latest.current.ask({ do: 'cancel' }).catch(() => undefined); // without a watcher it ends by itself
  }, []);
  const cancel = useCallback(() => {
    end();
    setUnderWay(false);
    setState(null);
  }, [end]);
  const send = useCallback((code: string) => {
    // What comes of it is told to whoever watches.
    latest.current.ask({ do: 'code', code }).catch(() => undefined);
  }, []);
  const isUnderWay = useRef(underWay);
  isUnderWay.current = underWay;
  // When the notice goes, nobody could finish what it has begun.
  useEffect(
    () => () => {
      if (isUnderWay.current) end();
    },
    [end],
  );
  return { state, underWay, start: () => void start(), cancel, send };
}
