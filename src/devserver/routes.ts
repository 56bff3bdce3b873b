import type { IncomingMessage, ServerResponse } from 'node:http';
import { CredentialFault } from '../aws/credential-fault.ts';
import { readDemoAsk } from '../contract/demo.ts';
import {
  NONCE_HEADER,
  REFUSED_HEADER,
  ROUTES,
  type StartRefusal,
  type TokenedStart,
  tableRoute,
} from '../contract/local-server.ts';
import { readSignInAsk } from '../contract/sign-in.ts';
import { MAX_CREDENTIAL_CALLS, MAX_REQUEST_BYTES } from '../limits/limits.ts';
import type { Checks } from './checks.ts';
import type { CredentialSource } from './credentials/credentials.ts';
import type { SignInDesk } from './credentials/sign-in.ts';
import { FAULT_STATUS } from './fault-status.ts';
import { describeRequest, REFUSED, sendBytes, sendError, sendJson } from './guard/answer.ts';
import { firstRefusal, type Refusal, type RequestDescription, soleHeader, targetPath } from './guard/guard.ts';
import type { Identify } from './guard/identity.ts';
import { type CodeOutcome, codeOf, type OneTimeCodes } from './guard/one-time-code.ts';
import type { ProofKeeper } from './guard/proof-check.ts';
import { readBody } from './guard/request-body.ts';
import { type RunSecret, ticketOf } from './guard/run-secret.ts';
import { type SlidingWindow, slidingWindow } from './guard/sliding-window.ts';
import { readCall } from './table/reading-calls.ts';
import type { OwnTablePort, TablePort } from './table/table-port.ts';

/** What stands behind the routes to one table. */
export interface TableRoutes {
  /** Null when the source needs no credentials: the route is not there then. */
  readonly credentials: CredentialSource | null;
  /** Null where no profile is named: the route is not there then. */
  readonly signIn: SignInDesk | null;
  /** Null when the page calls DynamoDB itself: the route is not there then. */
  readonly table: { readonly port: TablePort; readonly name: string; readonly unreachable: string } | null;
}

export interface RouteOptions extends TableRoutes {
  /** The same of the tables that the settings name besides, by name: whatever else is named is not there. */
  readonly others: ReadonlyMap<string, TableRoutes>;
  readonly checks: Checks;
  readonly proofs: ProofKeeper;
  readonly identify: Identify;
  /** The start for pages that carry none, and what gets it. Null: every page carries its start. */
  readonly locked: { readonly start: TokenedStart; readonly codes: OneTimeCodes; readonly ticket: RunSecret } | null;
  /** Steers the simulated CI of the demo; null: there is none, and the route is not there. */
  readonly demo: OwnTablePort['steer'] | null;
  /** One line for the terminal; never holds a token or a secret. */
  readonly log: (line: string) => void;
  /** Milliseconds, never runs backwards. */
  readonly now?: () => number;
  /** Waits so many milliseconds. */
  readonly delay?: (ms: number) => Promise<void>;
}

/** Everything below this is ours; nothing below it is ever passed on to Vite. */
const OWN_PREFIX = '/__release-matrix';

/** So often a minute it is said who answers here: some tabs that ask every second while the server is started anew. */
const IDENTITIES_PER_MINUTE = 240;
/** Bytes of a wish about the sign-in, a code of `aws login` and some words around it; or about the demo. */
const MAX_WISH_BYTES = 8 * 1024;
/** More wrong proofs, codes and tickets than this in ten seconds are guessing: each further answer is held back. */
const WRONG_SECRETS = { count: 20, windowMs: 10_000, delayMs: 1_000 } as const;

/** What is told of a code that was not good. */
const CODE_REFUSALS = {
  good: 'Refused', // good for another check, which refused the request all the same
  unknown: 'Refused',
  used: 'CodeUsed',
  expired: 'CodeExpired',
} as const satisfies Record<CodeOutcome, StartRefusal['Code']>;

/** Headers of a call that the table needs: its name, form and signature. */
const CALL_HEADERS = [
  'content-type',
  'x-amz-target',
  'authorization',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
] as const;
/** Headers of an answer that the SDK reads. No CORS header is among them. */
const ANSWER_HEADERS = ['content-type', 'x-amzn-requestid', 'x-amz-crc32', 'x-amzn-errortype'] as const;

/** Answers a request to one of our routes. @returns false when the request is not for us */
export type OwnRoutes = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The routes of `ROUTES`. The guard must have let the request pass before. */
export function ownRoutes(options: RouteOptions): OwnRoutes {
  const now = options.now ?? (() => performance.now());
  const delay = options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const handedOut = slidingWindow(60_000, now);
  const signedIn = slidingWindow(60_000, now);
  const steered = slidingWindow(60_000, now);
  const identified = slidingWindow(60_000, now);
  const wrongSecrets: SlidingWindow = slidingWindow(WRONG_SECRETS.windowMs, now);

  /** Wrong secrets are counted, and many of them answered slowly. */
  const holdBackGuesses = async (): Promise<void> => {
    const count = wrongSecrets.note();
    if (count <= WRONG_SECRETS.count) return;
    if (count === WRONG_SECRETS.count + 1) options.log('Many requests without proof: answers are delayed.');
    await delay(WRONG_SECRETS.delayMs);
  };

  /** @returns the refusal of a request that does not prove to be of the page; null: it does */
  const unproven = async (description: RequestDescription, body: Buffer): Promise<Refusal | null> => {
    const refusal = firstRefusal(options.proofs.claimOf(description, body), options.checks.proof);
    if (refusal !== null) await holdBackGuesses();
    return refusal;
  };

  const answerCredentials =
    ({ credentials }: TableRoutes): Answer =>
    async (_, response, description) => {
      // No body is taken: the proof is one of none.
      const refusal = await unproven(description, NO_BODY);
      if (refusal !== null) return refuse(response, refusal);
      if (credentials === null) return sendError(response, 404, REFUSED);
      const waitMs = () => handedOut.admit(MAX_CREDENTIAL_CALLS);
      const costly = firstRefusal({ ...description, waitMs }, options.checks.credentials);
      if (costly !== null) return refuse(response, costly);
      try {
        sendJson(response, 200, await credentials(soleHeader(description, REFUSED_HEADER) !== null));
      } catch (error) {
        const fault = error instanceof CredentialFault ? error : new CredentialFault('Internal', 'Unexpected error.');
        sendError(response, FAULT_STATUS[fault.code], fault.toError());
      }
    };

  const answerSignIn =
    ({ signIn }: TableRoutes): Answer =>
    async (request, response, description) => {
      const body = await readBody(request, MAX_WISH_BYTES);
      if (body.kind === 'aborted') return;
      if (body.kind === 'too-long') return sendError(response, 413, REFUSED);
      const refusal = await unproven(description, body.bytes);
      if (refusal !== null) return refuse(response, refusal);
      if (signIn === null) return sendError(response, 404, REFUSED);
      const waitMs = () => signedIn.admit(MAX_CREDENTIAL_CALLS);
      const costly = firstRefusal({ ...description, waitMs }, options.checks.signIn);
      if (costly !== null) return refuse(response, costly);
      const ask = readSignInAsk(jsonOf(body.bytes));
      if (ask === null) {
        const message = 'A sign-in is started, watched, cancelled or given its code; nothing else is chosen here.';
        return sendError(response, 400, { Code: 'NotAllowed', Message: message });
      }
      const left = leaving(response);
      if (left.aborted) return;
      sendJson(response, 200, await signIn.ask(ask, left));
    };

  const answerCall =
    ({ table }: TableRoutes): Answer =>
    async (request, response, description) => {
      const body = await readBody(request, MAX_REQUEST_BYTES);
      if (body.kind === 'aborted') return;
      if (body.kind === 'too-long') return sendError(response, 413, REFUSED);
      const refusal = await unproven(description, body.bytes);
      if (refusal !== null) return refuse(response, refusal);
      if (table === null) return sendError(response, 404, REFUSED);
      const call = readCall(soleHeader(description, 'x-amz-target'), body.bytes, table.name);
      if (call === null || firstRefusal(call, options.checks.call) !== null) {
        const message = `Only reading calls on the table ${table.name} pass here.`;
        return sendError(response, 400, { Code: 'NotAllowed', Message: message });
      }
      // A page that has left, or has given up, must not keep the table busy.
      const left = leaving(response);
      if (left.aborted) return;
      const headers = pick(Object.fromEntries(description.headers), CALL_HEADERS);
      try {
        const answer = await table.port.handle(call.body, headers, left);
        sendBytes(response, answer.status, answer.body, pick(answer.headers, ANSWER_HEADERS));
      } catch {
        sendError(response, 502, { Code: 'EndpointUnreachable', Message: table.unreachable });
      }
    };

  const answerDemo: Answer = async (request, response, description) => {
    const body = await readBody(request, MAX_WISH_BYTES);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too-long') return sendError(response, 413, REFUSED);
    const refusal = await unproven(description, body.bytes);
    if (refusal !== null) return refuse(response, refusal);
    const { demo } = options;
    if (!demo) return sendError(response, 404, REFUSED);
    const waitMs = () => steered.admit(MAX_CREDENTIAL_CALLS);
    const costly = firstRefusal({ ...description, waitMs }, options.checks.demo);
    if (costly !== null) return refuse(response, costly);
    const ask = readDemoAsk(jsonOf(body.bytes));
    if (ask !== null) return sendJson(response, 200, await demo(ask));
    const message =
      'The demo is looked at, has its next step taken, or gets another speed; nothing else is chosen here.';
    sendError(response, 400, { Code: 'NotAllowed', Message: message });
  };

  const answerStart: Answer = async (_, response, description) => {
    const { locked } = options;
    if (locked === null) return sendError(response, 404, REFUSED);
    const authorization = soleHeader(description, 'authorization');
    const code = codeOf(authorization);
    let outcome: CodeOutcome = 'unknown';
    // Asked for last: a request that is refused for another reason does not use up the code.
    const isTrusted = (): boolean => {
      if (code === null) return locked.ticket.matches(ticketOf(authorization));
      outcome = locked.codes.redeem(code);
      return outcome === 'good';
    };
    const refusal = firstRefusal({ ...description, isTrusted }, options.checks.start);
    if (refusal === null) return sendJson(response, 200, locked.start);
    if (refusal.status !== 401) return refuse(response, refusal);
    await holdBackGuesses();
    sendError(response, 401, { Code: CODE_REFUSALS[outcome], Message: 'refused' });
  };

  const answerIdentity: Answer = async (_, response, description) => {
    const waitMs = () => identified.admit(IDENTITIES_PER_MINUTE);
    const refusal = firstRefusal({ ...description, waitMs }, options.checks.identity);
    if (refusal !== null) return refuse(response, refusal);
    sendJson(response, 200, options.identify(description.port, soleHeader(description, NONCE_HEADER) ?? ''));
  };

  const answers: ReadonlyMap<string, Answer> = new Map([
    [ROUTES.demo, answerDemo],
    [ROUTES.start, answerStart],
    [ROUTES.identity, answerIdentity],
    ...[[null, options] as const, ...options.others].flatMap(([name, routes]): [string, Answer][] => [
      [tableRoute(ROUTES.credentials, name), answerCredentials(routes)],
      [tableRoute(ROUTES.signIn, name), answerSignIn(routes)],
      [tableRoute(ROUTES.dynamodb, name), answerCall(routes)],
    ]),
  ]);

  return async (request, response) => {
    const target = request.url ?? '';
    const answer = answers.get(target);
    if (answer === undefined) {
      if (!isBelowOwnPrefix(target)) return false;
      sendError(response, 404, REFUSED);
      return true;
    }
    const description = describeRequest(request);
    const refusal = firstRefusal(description, options.checks.route);
    if (refusal === null) await answer(request, response, description);
    else refuse(response, refusal);
    return true;
  };
}

/** Answers a request to one route, which has passed what each of them asks. */
type Answer = (request: IncomingMessage, response: ServerResponse, description: RequestDescription) => Promise<void>;

const NO_BODY = Buffer.alloc(0);

/** Aborted when whoever waits for an answer has left, or has left already. */
function leaving(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.on('close', () => left.abort());
  if (response.destroyed) left.abort();
  return left.signal;
}

/** @returns undefined where it is none */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Sends a refusal; only one that passes by itself says more than that it is one. */
function refuse(response: ServerResponse, { status, retryAfterSeconds }: Refusal): void {
  if (retryAfterSeconds !== undefined) {
    const error = { Code: 'RateLimited', Message: `Asked too often; ask again in ${retryAfterSeconds} s.` } as const;
    sendError(response, status, error, { 'Retry-After': String(retryAfterSeconds) });
  } else sendError(response, status, REFUSED, status === 405 ? { Allow: 'POST' } : {});
}

function isBelowOwnPrefix(target: string): boolean {
  let path = targetPath(target).toLowerCase();
  try {
    path = decodeURIComponent(path);
  } catch {
    // An address that cannot be decoded is compared as it is.
  }
  return path.startsWith(OWN_PREFIX);
}

function pick(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
