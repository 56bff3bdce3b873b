import type { IncomingMessage } from 'node:http';

export type RequestBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-long' }
  /** The asker went away before the end; there is nobody to answer. */
  | { readonly kind: 'aborted' };

/**
 * Reads a body whole before anything is handed on: an upload that is cut off must end here, not inside the table.
 *
 * @param limit bytes
 */
export function readBody(request: IncomingMessage, limit: number): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too-long' });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const settle = (body: RequestBody): void => {
      request.removeAllListeners('data');
      request.resume();
      resolve(body);
    };
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) settle({ kind: 'too-long' });
      else parts.push(part);
    });
    request.on('end', () => settle({ kind: 'whole', bytes: Buffer.concat(parts) }));
    request.on('error', () => settle({ kind: 'aborted' }));
    request.on('close', () => settle({ kind: 'aborted' }));
  });
}
