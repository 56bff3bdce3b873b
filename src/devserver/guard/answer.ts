import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalServerError, StartRefusal } from '../../contract/local-server.ts';
import { PROOF_HEADER } from '../../contract/proof.ts';
import type { RequestDescription } from './guard.ts';

/** What every refusal says, whatever its cause: the asker may be hostile and learns nothing from it. */
export const REFUSED = { Code: 'Refused', Message: 'refused' } as const satisfies LocalServerError;

/** Describes a request from its raw header lines: Node's own `headers` hide repeated lines. */
export function describeRequest(request: IncomingMessage): RequestDescription {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.push([(request.rawHeaders[i] ?? '').toLowerCase(), request.rawHeaders[i + 1] ?? '']);
  }
  return {
    peer: request.socket.remoteAddress ?? '',
    port: request.socket.localPort ?? 0,
    version: request.httpVersion,
    method: request.method ?? '',
    target: request.url ?? '',
    headers,
  };
}

/** A proof for the head of an answer, of its status and its body. */
type Prove = (status: number, body: Buffer) => string;

const provers = new WeakMap<ServerResponse, Prove>();

/** Has whatever is sent as this answer carry a proof. */
export function proveAnswer(response: ServerResponse, prove: Prove): void {
  provers.set(response, prove);
}

/** Sends an answer of ours, whole, that no cache keeps. Nothing is sent to those who have left. */
export function sendBytes(
  response: ServerResponse,
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  const proof = provers.get(response)?.(status, body);
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Length': body.length,
    ...(proof === undefined ? {} : { [PROOF_HEADER]: proof }),
    ...headers,
  });
  response.end(body);
}

/** Sends JSON that no cache keeps. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  sendBytes(response, status, bytes, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

/** Sends a refusal or failure and closes the connection, so that an unread body cannot pass for a next request. */
export function sendError(
  response: ServerResponse,
  status: number,
  error: LocalServerError | StartRefusal,
  headers: Readonly<Record<string, string>> = {},
): void {
  // The SDK in the page reads an error's name from this header; our own client reads the body.
  sendJson(response, status, error, { Connection: 'close', 'X-Amzn-ErrorType': error.Code, ...headers });
}
