import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { TableAnswer } from './table-port.ts';

/** dynalite wants every call to look signed and checks no signature, so each gets this one, whatever it came with. */
const LOOKS_SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=embedded, SignedHeaders=host, Signature=unchecked',
  'x-amz-date': '20200101T000000Z',
} as const;

/**
 * Hands one call of DynamoDB's JSON protocol to a server that does not listen.
 *
 * dynalite on a port would be an open, writable database, and one upload that breaks off ends its process. Here it
 * sees only complete calls, as objects in memory: the request is the few events and properties its handler uses.
 *
 * @param target the operation: `DynamoDB_20120810.Scan`
 * @throws Error when dynalite throws while it reads the call; what it throws later, while it answers, is not catchable
 */
export function handOver(server: Server, target: string, body: Buffer): Promise<TableAnswer> {
  return new Promise((resolve, reject) => {
    const request = Object.assign(new EventEmitter(), {
      method: 'POST',
      url: '/',
      headers: { ...LOOKS_SIGNED, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    });
    const headers: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader(name: string, value: string | number) {
        headers[name.toLowerCase()] = String(value);
      },
      end(text = '') {
        // A whole body has a length; the 413 for a body above 16 MB announces a chunked one.
        delete headers['transfer-encoding'];
        resolve({ status: response.statusCode, headers, body: Buffer.from(text) });
      },
    };
    try {
      server.emit('request', request, response);
      request.emit('data', body);
      request.emit('end');
    } catch (fault) {
      reject(fault);
    }
  });
}
