import { ROUTES, tableRoute } from '../contract/local-server.ts';
import { bytesOf, PROOF_HEADER, type Prover } from '../contract/proof.ts';
import { localServerFault, ReadFault } from '../contract/read-fault.ts';
import { SIGN_IN_WATCH_MS, type SignInAsk, type SignInState } from '../contract/sign-in.ts';
import { unproven } from '../store/proven-requests.ts';

/** Beyond the time for which an answer may be held back, milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Asks the local server about the sign-in of its profile.
 *
 * @returns where the sign-in is
 * @throws ReadFault `local-server-…`
 */
export type AskSignIn = (ask: SignInAsk) => Promise<SignInState>;

/**
 * @param prover proves each request, and the answer
 * @param chosen the table whose profile signs in; null: the first one
 */
export function signInAsker(prover: Prover, fetch: typeof globalThis.fetch, chosen: string | null): AskSignIn {
  const path = tableRoute(ROUTES.signIn, chosen);
  return async (ask) => {
    const body = bytesOf(JSON.stringify(ask));
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
    if (response.ok) return answer as SignInState;
    throw (
      localServerFault(response.status, answer) ??
      new ReadFault('local-server-failing', `The local server answered ${response.status}.`)
    );
  };
}
