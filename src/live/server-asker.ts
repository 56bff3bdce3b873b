import type { DemoAsk, DemoState } from '../contract/demo.ts';
import { ROUTES, tableRoute } from '../contract/local-server.ts';
import { bytesOf, PROOF_HEADER, type Prover } from '../contract/proof.ts';
import { localServerFault, ReadFault } from '../contract/read-fault.ts';
import { SIGN_IN_WATCH_MS, type SignInAsk, type SignInState } from '../contract/sign-in.ts';
import { unproven } from '../store/proven-requests.ts';

/** Beyond the time for which an answer may be held back, milliseconds. */
const PATIENCE_MS = 10_000;

/** What the page asks of the local server besides the table. Both throw ReadFault `local-server-…`. */
export interface ServerAsker {
  /** @returns where the sign-in of the profile is */
  signIn(ask: SignInAsk): Promise<SignInState>;
  /** Steers the simulated CI of the demo. */
  demo(ask: DemoAsk): Promise<DemoState>;
}

/**
 * @param prover proves each request, and the answer
 * @param chosen the table whose profile signs in; null: the first one
 */
export function serverAsker(prover: Prover, fetch: typeof globalThis.fetch, chosen: string | null): ServerAsker {
  const ask = async (path: string, wish: object): Promise<unknown> => {
    const body = bytesOf(JSON.stringify(wish));
    const signed = await prover.sign({ method: 'POST', path, action: null, refused: false }, body);
    let response: Response;
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      response = await fetch(path, {
        method: 'POST',
        headers: { [PROOF_HEADER]: signed.proof },
        body,
        redirect: 'error',
        cache: 'no-store',
        credentials: 'same-origin',
        signal: AbortSignal.timeout(SIGN_IN_WATCH_MS + PATIENCE_MS),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw new ReadFault('local-server-stopped', 'The local server does not answer.', { cause });
    }
    if (!(await signed.isAnswer(response.status, bytes, response.headers.get(PROOF_HEADER)))) throw unproven();
    const answer: unknown = JSON.parse(new TextDecoder().decode(bytes)); // proved to be of our server, which sends JSON
    if (response.ok) return answer;
    throw (
      localServerFault(response.status, answer) ??
      new ReadFault('local-server-failing', `The local server answered ${response.status}.`)
    );
  };
  // Our own server's words, proved and in the form of each route.
  return {
    signIn: (wish) => ask(tableRoute(ROUTES.signIn, chosen), wish) as Promise<SignInState>,
    demo: (wish) => ask(ROUTES.demo, wish) as Promise<DemoState>,
  };
}
