import type { IncomingMessage, ServerResponse } from 'node:http';
import { CredentialFault } from '../aws/credential-fault.ts';
import { REFUSED_HEADER, ROUTES, type StartRefusal, TOKEN_HEADER, type TokenedStart } from '../store/local-server.ts';
import { describeRequest, REFUSED, sendError, sendJson } from './answer.ts';
import type { Checks } from './checks.ts';
import type { CredentialSource } from './credentials.ts';
import { FAULT_STATUS } from './fault-status.ts';
import { judge, type Refusal, type RequestDescription, soleHeader, targetPath } from './guard.ts';
import { type CodeOutcome, codeOf, type OneTimeCodes } from './one-time-code.ts';
import { bearerToken, type PageToken } from './page-token.ts';
import { readCall } from './reading-calls.ts';
import { readBody } from './request-body.ts';
import { type SlidingWindow, slidingWindow } from './sliding-window.ts';
import type { TablePort } from './table-port.ts';

export interface RouteOptions {
  readonly checks: Checks;
  readonly token: PageToken;
  /** The start for pages that carry none, and the codes that get it. Null: every page carries its start. */
  readonly locked: { readonly start: TokenedStart; readonly codes: OneTimeCodes } | null;
  /** Null when the source needs no credentials: the route is not there then. */
  readonly credentials: CredentialSource | null;
  /** Null when the page calls DynamoDB itself: the route is not there then. */
  readonly table: { readonly port: TablePort; readonly name: string; readonly unreachable: string } | null;
  /** One line for the terminal; never holds a token or a secret. */
  readonly log: (line: string) => void;
  /** Milliseconds, never runs backwards. */
  readonly now?: () => number;
  /** Waits so many milliseconds. */
  readonly delay?: (ms: number) => Promise<void>;
}

/** Everything below this is ours; nothing below it is ever passed on to Vite. */
const OWN_PREFIX = '/__release-matrix';

/** Largest call of DynamoDB's JSON protocol that is taken, bytes. */
const MAX_CALL_BYTES = 1024 * 1024;
/** Credentials are handed out so often in a minute; one page asks about once in an hour. */
const CREDENTIALS_PER_MINUTE = 60;
/** More wrong tokens than this in ten seconds are guessing: each further answer is held back. */
const WRONG_TOKENS = { count: 20, windowMs: 10_000, delayMs: 1_000 } as const;

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
  const wrongTokens: SlidingWindow = slidingWindow(WRONG_TOKENS.windowMs, now);

  /** Wrong secrets are counted, and many of them answered slowly. */
  const holdBackGuesses = async (): Promise<void> => {
    const count = wrongTokens.note();
    if (count <= WRONG_TOKENS.count) return;
    if (count === WRONG_TOKENS.count + 1) options.log('Many requests with a wrong token: answers are held back.');
    await delay(WRONG_TOKENS.delayMs);
  };

  /** @returns the refusal of a request that may not use a route; null: it may */
  const refusalOf = async (description: RequestDescription, isTrusted: () => boolean): Promise<Refusal | null> => {
    const refusal = judge({ ...description, isTrusted }, options.checks.route);
    if (refusal?.status === 401) await holdBackGuesses();
    return refusal;
  };

  const answerCredentials = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const description = describeRequest(request);
    const token = bearerToken(soleHeader(description, 'authorization'));
    const refusal = await refusalOf(description, () => options.token.matches(token));
    if (refusal !== null) return refuse(response, refusal);
    if (options.credentials === null) return sendError(response, 404, REFUSED);
    const waitMs = () => handedOut.admit(CREDENTIALS_PER_MINUTE);
    const costly = judge({ ...description, waitMs }, options.checks.credentials);
    if (costly !== null) return refuse(response, costly);
    try {
      sendJson(response, 200, await options.credentials(soleHeader(description, REFUSED_HEADER) !== null));
    } catch (error) {
      const fault = error instanceof CredentialFault ? error : new CredentialFault('Internal', 'Unforeseen fault.');
      sendError(response, FAULT_STATUS[fault.code], fault.toError());
    }
  };

  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const description = describeRequest(request);
    const refusal = await refusalOf(description, () => options.token.matches(soleHeader(description, TOKEN_HEADER)));
    if (refusal !== null) return refuse(response, refusal);
    const { table } = options;
    if (table === null) return sendError(response, 404, REFUSED);
    const body = await readBody(request, MAX_CALL_BYTES);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too-long') return sendError(response, 413, REFUSED);
    const call = readCall(soleHeader(description, 'x-amz-target'), body.bytes, table.name);
    if (call === null || judge(call, options.checks.call) !== null) {
      const message = `Only reading calls on the table ${table.name} pass here.`;
      return sendError(response, 400, { Code: 'NotAllowed', Message: message });
    }
    // A page that has left, or has given up, must not keep the table busy.
    const left = new AbortController();
    response.on('close', () => left.abort());
    if (response.destroyed) return;
    const headers = pick(Object.fromEntries(description.headers), CALL_HEADERS);
    try {
      const answer = await table.port.handle(call.body, headers, left.signal);
      if (response.destroyed) return;
      response.writeHead(answer.status, {
        ...pick(answer.headers, ANSWER_HEADERS),
        'Cache-Control': 'no-store',
        'Content-Length': answer.body.length,
      });
      response.end(answer.body);
    } catch {
      sendError(response, 502, { Code: 'EndpointUnreachable', Message: table.unreachable });
    }
  };

  const answerStart = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { locked } = options;
    if (locked === null) return sendError(response, 404, REFUSED);
    const description = describeRequest(request);
    const authorization = soleHeader(description, 'authorization');
    const [code, token] = [codeOf(authorization), bearerToken(authorization)];
    let outcome: CodeOutcome = 'unknown';
    // Asked for last: a request that is refused for another reason does not use up the code.
    const isTrusted = (): boolean => {
      if (code === null) return options.token.matches(token);
      outcome = locked.codes.redeem(code);
      return outcome === 'good';
    };
    const refusal = judge(description, options.checks.start) ?? (await refusalOf(description, isTrusted));
    if (refusal === null) return sendJson(response, 200, locked.start);
    if (refusal.status !== 401) return refuse(response, refusal);
    sendError(response, 401, { Code: CODE_REFUSALS[outcome], Message: 'refused' });
  };

  return async (request, response) => {
    const target = request.url ?? '';
    if (target === ROUTES.credentials) await answerCredentials(request, response);
    else if (target === ROUTES.dynamodb) await answerCall(request, response);
    else if (target === ROUTES.start) await answerStart(request, response);
    else if (isBelowOwnPrefix(target)) sendError(response, 404, REFUSED);
    else return false;
    return true;
  };
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
