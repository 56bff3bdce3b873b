import { IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import type { Connect } from 'vite';
import { describeRequest, REFUSED, sendError } from './answer.ts';
import { type Check, canonicalAddress, judge, MAX_HEADERS, type Refusal } from './guard.ts';
import { FIXED_HEADERS } from './security-headers.ts';

export interface GuardOptions {
  readonly checks: Readonly<Record<string, Check>>;
  /** Content security policy of answers on this port that are not the page. */
  readonly policyFor: (port: number) => string;
  /** Told once per reason, for the terminal of the person at this machine. */
  readonly onRefusal: (refusal: Refusal) => void;
}

/** Middleware that answers whatever the guard refuses, and puts the fixed headers on everything else. */
export function guardMiddleware(options: GuardOptions): Connect.NextHandleFunction {
  return (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const description = describeRequest(request);
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', options.policyFor(description.port));
    const address = canonicalAddress(description);
    if (address !== null) {
      response.writeHead(308, { Location: address, 'Cache-Control': 'no-store', 'Content-Length': 0 });
      response.end();
      return;
    }
    const refusal = judge(description, options.checks);
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
export function guardUpgrades(server: Server, { checks, onRefusal }: Omit<GuardOptions, 'policyFor'>): void {
  const emit = server.emit.bind(server);
  server.emit = (event: string, ...values: unknown[]): boolean => {
    if (event !== 'upgrade') return emit(event, ...values);
    const [request, socket] = values;
    if (!(request instanceof IncomingMessage) || !(socket instanceof Duplex)) return true;
    const refusal = judge(describeRequest(request), checks);
    if (refusal === null) return emit(event, ...values);
    onRefusal(refusal);
    socket.on('error', () => undefined);
    socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return true;
  };
}

/** Limits that keep slow or endless requests from holding the server (milliseconds, header lines). */
export function limitRequests(server: Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.maxHeadersCount = MAX_HEADERS;
}
