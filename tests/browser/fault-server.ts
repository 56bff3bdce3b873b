import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';

/** How a call ends instead of reaching the table. */
export type Fault =
  /** DynamoDB's own error. */
  | { readonly kind: 'error'; readonly status: number; readonly name: string; readonly message: string }
  /** Takes the call and never answers, whatever comes after it. */
  | { readonly kind: 'hang' }
  /** Begins an answer and never ends it. */
  | { readonly kind: 'stall' }
  /** Begins an answer and goes on with a byte a second, for hours. */
  | { readonly kind: 'drip' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'cut' }
  /** Resets the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Answers well, but so many milliseconds later. */
  | { readonly kind: 'late'; readonly ms: number }
  /** A successful answer that is not DynamoDB's. */
  | { readonly kind: 'body'; readonly text: string };

/** An endpoint on 127.0.0.1 that speaks DynamoDB's protocol, with a real table behind it and faults on demand. */
export interface FaultServer {
  /** For `DYNAMODB_ENDPOINT`. */
  readonly url: string;
  readonly port: number;
  /** The table behind it; its client writes past all faults. */
  readonly table: EmbeddedTable;
  /** @returns the operations asked for since the last time this was called: `Scan`, `DescribeTable`, … */
  takeCalls(): string[];
  /**
   * @returns when requests came since the last time this was called, milliseconds since 1970: every one that reached the
   *   endpoint, a browser's own questions before a call and its own repeats included
   */
  takeRequests(): number[];
  /**
   * From now on calls end so; null: they work.
   * @param operations only these; all others work
   */
  fail(fault: Fault | null, operations?: readonly string[]): void;
  /**
   * From now on calls wait until {@link release}: a window in which a test can look around, however slow the machine.
   * @param operation only this one waits; all others work
   * @param after so many of them still pass
   */
  hold(operation?: string, after?: number): void;
  /** Lets pass what waits and what comes. */
  release(): void;
  stop(): Promise<void>;
}

/** DynamoDB's errors as it words them. */
export const DYNAMODB_ERRORS = {
  missing: {
    kind: 'error',
    status: 400,
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  },
  denied: {
    kind: 'error',
    status: 400,
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::123456789012:assumed-role/reader/me is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:us-east-1:123456789012:table/ReleaseFragments because no identity-based policy allows the dynamodb:Scan action',
  },
  throttled: {
    kind: 'error',
    status: 400,
    name: 'ProvisionedThroughputExceededException',
    message: 'The level of configured provisioned throughput for the table was exceeded.',
  },
  failing: { kind: 'error', status: 500, name: 'InternalServerError', message: 'Internal server error' },
} as const satisfies Record<string, Fault>;

/** How DynamoDB in AWS answers a page of another origin. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' } as const;
/** … when its browser asks whether the page may call: the headers that it asks for, for two days. */
const mayCall = (request: IncomingMessage) => ({
  ...CORS,
  'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
  'access-control-max-age': '172800',
});

/**
 * @param table name of the table behind it, which is made with the documented keys
 * @param secure the key and certificate of an endpoint that stands for one in AWS, which pages call by https; null: one on
 *   this machine, which the local server calls
 */
export async function startFaultServer(
  table = 'ReleaseFragments',
  secure: { readonly key: string; readonly cert: string } | null = null,
): Promise<FaultServer> {
  const embedded = await openEmbeddedTable({ table, region: 'us-east-1', data: 'test' });
  let fault: Fault | null = null;
  let only: readonly string[] | undefined;
  let calls: string[] = [];
  let requests: number[] = [];
  /** As the machine has them, below any TLS, by the port at the other end. */
  const connections = new Map<number | undefined, Socket>();
  const cors = secure === null ? {} : CORS;
  /** Null: it stands open. */
  let gate: { readonly operation: string | null; passing: number; readonly waiting: (() => void)[] } | null = null;

  const passGate = async (operation: string): Promise<void> => {
    if (gate === null || (gate.operation ?? operation) !== operation) return;
    gate.passing -= 1;
    const { passing, waiting } = gate;
    if (passing < 0) await new Promise<void>((resume) => waiting.push(resume));
  };
  const release = (): void => {
    for (const resume of gate?.waiting ?? []) resume();
    gate = null;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(Date.now());
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.slice(target.indexOf('.') + 1);
    const asks = request.method === 'OPTIONS';
    if (request.method === 'POST') {
      calls.push(operation);
      await passGate(operation);
    }
    const applied = fault !== null && (only === undefined || only.includes(operation)) ? fault : null;
    if (applied?.kind === 'late') await new Promise((resume) => setTimeout(resume, applied.ms));
    // What is wrong with the table is wrong with its answers; what is wrong with the way to it, with every request.
    const isOfWay = applied !== null && applied.kind !== 'error' && applied.kind !== 'body';
    if (asks && !isOfWay) {
      response.writeHead(200, mayCall(request)).end();
      return;
    }
    const json = { 'content-type': 'application/x-amz-json-1.0', ...cors };
    switch (applied?.kind) {
      case undefined:
      case 'late':
        if (asks) response.writeHead(200, mayCall(request)).end();
        else if (request.method === 'GET') response.writeHead(200, { 'content-type': 'text/plain' }).end('healthy');
        else {
          const { status, headers, body } = await embedded.handle(Buffer.concat(parts), { 'x-amz-target': target });
          response.writeHead(status, { ...headers, ...cors }).end(body);
        }
        return;
      case 'hang':
        return;
      case 'stall':
        response.writeHead(200, { ...json, 'content-length': '100000' });
        response.write('{"Items":[');
        return;
      case 'drip': {
        response.writeHead(200, { ...json, 'content-length': '100000' });
        const drip = setInterval(() => response.write(' '), 1_000);
        response.on('close', () => clearInterval(drip));
        return;
      }
      case 'cut':
        request.socket.destroy();
        return;
      case 'reset':
        connections.get(request.socket.remotePort)?.resetAndDestroy();
        return;
      case 'body':
        response.writeHead(200, json).end(applied.text);
        return;
      case 'error':
        response
          .writeHead(applied.status, json)
          .end(
            JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${applied.name}`, message: applied.message }),
          );
    }
  };

  const take = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
  const server = secure === null ? createServer(take) : createSecureServer(secure, take);
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    connections.set(remotePort, socket);
    socket.on('close', () => connections.delete(remotePort));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);

  return {
    url: `${secure === null ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    port: address.port,
    table: embedded,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    fail(next, operations) {
      fault = next;
      only = operations;
    },
    hold(operation, after = 0) {
      release();
      gate = { operation: operation ?? null, passing: after, waiting: [] };
    },
    release,
    async stop() {
      server.closeAllConnections();
      await new Promise((resume) => server.close(resume));
      await embedded.close();
    },
  };
}
