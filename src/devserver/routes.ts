import type { IncomingMessage, ServerResponse } from 'node:http';
import { REFUSED_HEADER, ROUTES, TOKEN_HEADER } from '../store/local-server.ts';
import { describeRequest, REFUSED, sendError, sendJson } from './answer.ts';
import { CredentialFault, FAULT_STATUS } from './credential-fault.ts';
import type { CredentialSource } from './credentials.ts';
import { type RequestDescription, soleHeader, targetPath } from './guard.ts';
import { bearerToken, type PageToken } from './page-token.ts';
import { judgeCall } from './reading-calls.ts';
import { announcesBody, readBody } from './request-body.ts';
import { type SlidingWindow, slidingWindow } from './sliding-window.ts';
import type { TablePort } from './table-port.ts';

export interface RouteOptions {
  readonly token: PageToken;
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

  /** Answers a request that may not use a route, and tells whether it did. */
  const isTurnedAway = async (
    description: RequestDescription,
    token: string | null,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (description.method !== 'POST') {
      sendError(response, 405, REFUSED, { Allow: 'POST' });
      return true;
    }
    if (!isOwnFetch(description)) {
      sendError(response, 403, REFUSED);
      return true;
    }
    if (options.token.matches(token)) return false;
    const count = wrongTokens.note();
    if (count > WRONG_TOKENS.count) {
      if (count === WRONG_TOKENS.count + 1) options.log('Many requests with a wrong token: answers are held back.');
      await delay(WRONG_TOKENS.delayMs);
    }
    sendError(response, 401, REFUSED);
    return true;
  };

  const answerCredentials = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const description = describeRequest(request);
    const token = bearerToken(soleHeader(description, 'authorization'));
    if (await isTurnedAway(description, token, response)) return;
    if (options.credentials === null) return sendError(response, 404, REFUSED);
    if (announcesBody(request)) return sendError(response, 413, REFUSED);
    const waitMs = handedOut.admit(CREDENTIALS_PER_MINUTE);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      const error = { Code: 'RateLimited', Message: `Asked too often; ask again in ${seconds} s.` } as const;
      return sendError(response, 429, error, { 'Retry-After': String(seconds) });
    }
    try {
      sendJson(response, 200, await options.credentials(soleHeader(description, REFUSED_HEADER) !== null));
    } catch (error) {
      const fault = error instanceof CredentialFault ? error : new CredentialFault('Internal', 'Unforeseen fault.');
      sendError(response, FAULT_STATUS[fault.code], fault.toError());
    }
  };

  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const description = describeRequest(request);
    if (await isTurnedAway(description, soleHeader(description, TOKEN_HEADER), response)) return;
    const { table } = options;
    if (table === null) return sendError(response, 404, REFUSED);
    const body = await readBody(request, MAX_CALL_BYTES);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too-long') return sendError(response, 413, REFUSED);
    const verdict = judgeCall(soleHeader(description, 'x-amz-target'), body.bytes, table.name);
    if (!verdict.allowed) {
      const message = `Only reading calls on the table ${table.name} pass here.`;
      return sendError(response, 400, { Code: 'NotAllowed', Message: message });
    }
    try {
      const answer = await table.port.handle(verdict.body, pick(Object.fromEntries(description.headers), CALL_HEADERS));
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

  return async (request, response) => {
    const target = request.url ?? '';
    if (target === ROUTES.credentials) await answerCredentials(request, response);
    else if (target === ROUTES.dynamodb) await answerCall(request, response);
    else if (isBelowOwnPrefix(target)) sendError(response, 404, REFUSED);
    else return false;
    return true;
  };
}

/** Origin is asked for here, as it is always sent with a POST; Sec-Fetch headers must fit where a browser sends them. */
function isOwnFetch(description: RequestDescription): boolean {
  const fits = (name: string, value: string): boolean =>
    description.headers.every(([header, actual]) => header !== name || actual === value);
  return (
    soleHeader(description, 'origin') === `http://127.0.0.1:${description.port}` &&
    fits('sec-fetch-site', 'same-origin') &&
    fits('sec-fetch-mode', 'cors') &&
    fits('sec-fetch-dest', 'empty')
  );
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
