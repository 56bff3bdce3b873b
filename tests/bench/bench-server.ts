import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { CannedTable } from './canned-table.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

export interface BenchServer {
  /** With no slash at its end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves the built pages of the benchmark from a folder. */
export async function servePages(folder: string): Promise<BenchServer> {
  return listen(
    createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname));
      try {
        const body = readFileSync(join(folder, path));
        response.writeHead(200, { 'content-type': TYPES.get(extname(path)) ?? 'application/octet-stream' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    }),
  );
}

/**
 * Serves canned tables, each at a path of its own, from another origin than the pages: the browser asks for leave before
 * each kind of call, as it does of AWS.
 */
export async function serveTables(tables: ReadonlyMap<string, CannedTable>): Promise<BenchServer> {
  return listen(
    createServer((request, response) => {
      const cors = { 'access-control-allow-origin': '*' };
      if (request.method === 'OPTIONS') {
        const allowed = { 'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*' };
        response.writeHead(204, { ...cors, ...allowed, 'access-control-max-age': '600' }).end();
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const table = tables.get((request.url ?? '').split('/')[1] ?? '');
        const answer = table?.answer(String(request.headers['x-amz-target']), Buffer.concat(chunks).toString('utf8'));
        if (answer === undefined) response.writeHead(400, cors).end('{"__type":"ValidationException"}');
        else response.writeHead(200, { ...cors, 'content-type': 'application/x-amz-json-1.0' }).end(answer);
      });
    }),
  );
}

async function listen(server: Server): Promise<BenchServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
