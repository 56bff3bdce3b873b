import { type ProfileCredentials, REFUSED_HEADER, ROUTES, tableRoute } from '../contract/local-server.ts';
import { PROOF_HEADER, type Prover } from '../contract/proof.ts';
import { localServerFault, ReadFault } from '../contract/read-fault.ts';
import { MAX_PAGE_CREDENTIALS_MS } from '../limits/limits.ts';
import { unproven } from '../store/proven-requests.ts';
import type { TableAccess } from './table-data.ts';

/** Short-lived credentials in the form the SDK takes, and what the screen may say about them. */
export interface PageCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** By this machine's clock, however wrong that is. */
  readonly expiration: Date;
  readonly access: TableAccess;
}

/** What the provider needs of its context. */
export interface CredentialContext {
  readonly fetch: typeof fetch;
  /** The table for which they are; null or absent: the first one. */
  readonly chosen?: string | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Makes the function by which the page asks the local server for credentials of the named profile.
 *
 * A provider of our own: the SDK's `fromHttp` never times out in a browser, asks four times on a refusal, and reckons
 * with `Expiration` by the browser's clock. Calls while one is under way share its answer; nothing is repeated here,
 * a failed reading is repeated as a whole. Nothing is kept: the SDK keeps what it was given until it expires.
 *
 * @returns `refused`: AWS has refused the credentials given before; the local server then looks for others
 * @throws ReadFault (from the function it returns) `profile-…` as the local server names the cause, `local-server-…`
 * @param prover proves each request, and the answer
 */
export function profileCredentials(
  prover: Prover,
  { fetch, now, chosen = null }: CredentialContext,
): (refused?: boolean) => Promise<PageCredentials> {
  let underWay: Promise<PageCredentials> | null = null;
  const path = tableRoute(ROUTES.credentials, chosen);

  const ask = async (refused: boolean): Promise<PageCredentials> => {
    const signed = await prover.sign({ method: 'POST', path, action: null, refused }, NO_BODY);
    let response: Response;
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      response = await fetch(path, {
        method: 'POST',
        headers: { [PROOF_HEADER]: signed.proof, ...(refused ? { [REFUSED_HEADER]: 'true' } : {}) },
        redirect: 'error',
        cache: 'no-store',
        credentials: 'same-origin',
        signal: AbortSignal.timeout(MAX_PAGE_CREDENTIALS_MS),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw faultOf(cause);
    }
    if (!(await signed.isAnswer(response.status, bytes, response.headers.get(PROOF_HEADER)))) throw unproven();
    const body = jsonOf(bytes);
    if (!response.ok) {
      throw (
        localServerFault(response.status, body) ??
        new ReadFault('local-server-failing', `The local server answered ${response.status}.`)
      );
    }
    if (!isCredentials(body)) {
      throw new ReadFault('local-server-failing', 'The local server answered with something other than credentials.');
    }
    return {
      accessKeyId: body.AccessKeyId,
      secretAccessKey: body.SecretAccessKey,
      sessionToken: body.Token,
      // Relative: where this machine's clock is two hours off, the credentials must not look expired, or eternal.
      expiration: new Date(now() + body.ExpiresInMs),
      access: {
        profile: body.Profile,
        scope: body.Scope,
        clockOffsetMs: Date.parse(body.ServerTime) - now(),
      },
    };
  };

  return (refused = false) => {
    underWay ??= ask(refused).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

function faultOf(cause: unknown): ReadFault {
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? cause.name : null;
  if (name === 'TimeoutError') {
    return new ReadFault(
      'timed-out',
      `The local server gave no credentials within ${MAX_PAGE_CREDENTIALS_MS / 1000} s.`,
      { cause },
    );
  }
  return new ReadFault('local-server-stopped', 'The local server does not answer.', { cause });
}

function jsonOf(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ReadFault('local-server-failing', 'The local server answered with something other than JSON.', { cause });
  }
}

const NO_BODY = new Uint8Array();

function isCredentials(body: unknown): body is ProfileCredentials {
  if (typeof body !== 'object' || body === null) return false;
  const text = (name: string) => typeof Reflect.get(body, name) === 'string';
  const scope: unknown = Reflect.get(body, 'Scope');
  return (
    ['AccessKeyId', 'SecretAccessKey', 'Token', 'Profile'].every(text) &&
    typeof Reflect.get(body, 'ExpiresInMs') === 'number' &&
    !Number.isNaN(Date.parse(String(Reflect.get(body, 'ServerTime')))) &&
    (scope === 'session' || scope === 'profile')
  );
}
