import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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

/** One call that a canned table has answered. */
export interface CannedCall {
  /** Scan, GetItem, … */
  readonly operation: string;
  /** When it came, milliseconds of `performance.now`. */
  readonly at: number;
  /** Bytes, the heads among them. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly readUnits: number;
}

export interface TableServer extends BenchServer {
  /** The calls since it was last asked, those that asked for leave (OPTIONS) left out. */
  takeCalls(): CannedCall[];
  /** From now on each answer takes so long, milliseconds, whatever its address says. */
  slow(ms: number): void;
}

/**
 * Serves files of a folder.
 *
 * @param pages answers of its own, by path, in place of files
 */
export async function servePages(
  folder: string,
  pages: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => void> = new Map(),
): Promise<BenchServer> {
  return listen(
    createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname));
      const page = pages.get(path);
      if (page !== undefined) {
        page(request, response);
        return;
      }
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
 * each kind of call, as it does of AWS. At `/<name>@40` each answer takes 40 ms, which is nearer to a real region.
 */
export async function serveTables(tables: ReadonlyMap<string, CannedTable>): Promise<TableServer> {
  let calls: CannedCall[] = [];
  let slowMs = 0;
  const server = createServer((request, response) => {
    const cors = { 'access-control-allow-origin': '*' };
    if (request.method === 'OPTIONS') {
      const allowed = { 'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*' };
      response.writeHead(204, { ...cors, ...allowed, 'access-control-max-age': '600' }).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [name = '', latencyMs = '0'] = ((request.url ?? '').split('/')[1] ?? '').split('@');
      const target = String(request.headers['x-amz-target']);
      const body = Buffer.concat(chunks);
      const answer = tables.get(name)?.answer(target, body.toString('utf8'));
      if (answer === undefined) {
        response.writeHead(400, cors).end('{"__type":"ValidationException"}');
        return;
      }
      calls.push({
        operation: target.slice(target.indexOf('.') + 1),
        at: performance.now(),
        bytesUp: body.length + headBytes(request.rawHeaders),
        bytesDown: answer.body.length + HEAD_DOWN_BYTES,
        readUnits: answer.readUnits,
      });
      const send = () =>
        response.writeHead(200, { ...cors, 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
      const takesMs = slowMs || Number(latencyMs);
      if (takesMs === 0) send();
      else setTimeout(send, takesMs);
    });
  });
  return {
    ...(await listen(server)),
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    slow(ms) {
      slowMs = ms;
    },
  };
}

/** What Node writes around such an answer. */
const HEAD_DOWN_BYTES = 210;

/** Bytes of a request's first line and its heads. */
function headBytes(rawHeaders: readonly string[]): number {
  // Between a name and its value stand two letters, and two after it.
  return rawHeaders.reduce((bytes, text) => bytes + text.length + 2, 'POST / HTTP/1.1\r\n\r\n'.length);
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
