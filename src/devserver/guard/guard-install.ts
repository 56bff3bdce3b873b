import { IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Connect } from 'vite';
import { MAX_HEADERS } from '../../limits/limits.ts';
import { describeRequest, REFUSED, sendError } from './answer.ts';
import { canonicalAddress, firstRefusal, type GuardCheck, type Refusal, type RequestDescription } from './guard.ts';
import { FIXED_HEADERS } from './security-headers.ts';

export interface GuardOptions {
  readonly checks: Readonly<Record<string, GuardCheck>>;
  /** Content security policy of answers on this port that are not the page. */
  readonly policyFor: (port: number) => string;
  /** Has the answer to a request, refusals included, carry what the page believes it by. */
  readonly proveAnswer: (request: RequestDescription, response: ServerResponse) => void;
  /** Told once per reason, for the terminal of the person at this machine. */
  readonly onRefusal: (refusal: Refusal) => void;
}

/** Middleware that answers whatever the guard refuses, and puts the fixed headers on everything else. */
export function guardMiddleware(options: GuardOptions): Connect.NextHandleFunction {
  return (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const description = describeRequest(request);
    options.proveAnswer(description, response);
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', options.policyFor(description.port));
    const address = canonicalAddress(description);
    if (address !== null) {
      response.writeHead(308, { Location: address, 'Cache-Control': 'no-store', 'Content-Length': 0 });
      response.end();
      return;
    }
    const refusal = firstRefusal(description, options.checks);
    if (refusal === null) return next();
    // A connection that is gone has no peer, and there is nobody to answer.
    if (description.peer === '') return void response.destroy();
    options.onRefusal(refusal);
    sendError(response, refusal.status, REFUSED, refusal.status === 405 ? { Allow: 'GET, HEAD, POST' } : {});
  };
}

/**
 * Puts a middleware first in Vite's stack. Vite adds its own CORS and host checks before it asks plugins, and they
 * would answer before us.
 */
export function installFirst(middlewares: Connect.Server, handle: Connect.NextHandleFunction): void {
  middlewares.stack.unshift({ route: '', handle });
}

/** @throws Error when anything stands before the guard: then nothing may be served. */
export function assertFirst(middlewares: Connect.Server, handle: Connect.NextHandleFunction): void {
  if (middlewares.stack[0]?.handle !== handle || middlewares.stack[0].route !== '') {
    throw new Error('The guard must be the first middleware of the local server, but another one stands before it.');
  }
}

/**
 * Guards WebSocket upgrades. The event itself is intercepted, not one more listener added: listeners cannot stop
 * each other, and Vite's is there before ours.
 */
export function guardUpgrades(
  server: Server,
  { checks, onRefusal }: Omit<GuardOptions, 'policyFor' | 'proveAnswer'>,
): void {
  const emit = server.emit.bind(server);
  server.emit = (event: string, ...values: unknown[]): boolean => {
    if (event !== 'upgrade') return emit(event, ...values);
    const [request, socket] = values;
    if (!(request instanceof IncomingMessage) || !(socket instanceof Duplex)) return true;
    const refusal = firstRefusal(describeRequest(request), checks);
    if (refusal === null) {
      const before = written(socket);
      emit(event, ...values);
      // Vite answers at once or never: it looks away from what is not for its own channel, and Node sets no limit any more.
      const isTaken = socket.destroyed || socket.writableEnded || written(socket) > before;
      if (!isTaken) refuseUpgrade(socket, UNTAKEN, onRefusal);
    } else refuseUpgrade(socket, refusal, onRefusal);
    return true;
  };
}

const UNTAKEN: Refusal = { status: 400, reason: 'an upgrade to something that is not here' };

/** @returns bytes that were ever written to a connection, which may have had requests before */
function written(socket: Duplex): number {
  return socket instanceof Socket ? socket.bytesWritten : 0;
}

function refuseUpgrade(socket: Duplex, refusal: Refusal, onRefusal: GuardOptions['onRefusal']): void {
  onRefusal(refusal);
  socket.on('error', () => undefined);
  // Node lets the other end keep its half open for ever.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** How long a request may take, in milliseconds. */
export interface RequestLimits {
  /** Until its head is there. */
  readonly headMs: number;
  /** Until all of it is there. */
  readonly wholeMs: number;
  /** Between two looks at the connections, so that a limit is held to this. */
  readonly lookEveryMs: number;
}

const LIMITS: RequestLimits = { headMs: 10_000, wholeMs: 15_000, lookEveryMs: 500 };

/**
 * Sets the limits that keep slow or endless requests from holding the server.
 *
 * @param server one that does not listen yet: Node begins to look at the connections when it does
 */
export function limitRequests(server: Server, { headMs, wholeMs, lookEveryMs }: RequestLimits = LIMITS): void {
  server.headersTimeout = headMs;
  server.requestTimeout = wholeMs;
  server.maxHeadersCount = MAX_HEADERS;
  // Node would look every thirty seconds. It takes this as an option of a server that Vite makes, and keeps it here.
  Object.assign(server, { connectionsCheckingInterval: lookEveryMs });
}
