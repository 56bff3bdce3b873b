import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TablePort } from '../../devserver/table/table-port.ts';

/** A table that other processes of this machine reach. */
export interface TableDoor {
  /** For `--endpoint`. */
  readonly url: string;
  close(): Promise<void>;
}

/** The largest call that DynamoDB takes, bytes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Opens a table of this process to programs on this machine, for as long as a story takes. Programs alone: a browser
 * says from which page it asks, and no page has any business here.
 */
export async function openDoor(table: TablePort): Promise<TableDoor> {
  const server = createServer((request, response) => {
    answer(table, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resume) => server.close(resume));
    },
  };
}

/** The embedded database gets whole calls only: half a body would end it. */
async function answer(table: TablePort, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.headers['x-amz-target'];
  const fromPage = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (fromPage || request.method !== 'POST' || typeof target !== 'string') {
    response.writeHead(403).end();
    return;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('A call is too large.');
    parts.push(part);
  }
  const { status, headers, body } = await table.handle(Buffer.concat(parts), { 'x-amz-target': target });
  response.writeHead(status, headers).end(body);
}
