import { faultFrom } from '../contract/read-fault.ts';
import { withinTime } from '../store/time-limit.ts';

/** Milliseconds until the head of an answer must have come. */
const LIMIT_MS = 5_000;

/**
 * Finds out whether an endpoint in AWS answers at all. Before a call to another origin a browser asks whether it may make
 * it. Chromium does not take that question back with the call: six that nobody answers hold all the connections that it
 * opens to a host, and the page can ask nothing more until the other side closes them, whatever it does. This request,
 * which DynamoDB answers to everybody, is made without such a question, and ends when it is given up.
 *
 * @param endpoint its origin
 * @param signal the caller's own wish to stop
 * @throws ReadFault `timed-out`, `unreachable`, `cancelled`
 */
export async function reachEndpoint(
  endpoint: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<void> {
  try {
    await withinTime(
      (limited) => fetch(endpoint, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: limited }),
      LIMIT_MS,
      signal,
    );
  } catch (error) {
    throw faultFrom(error);
  }
}
