import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/embedded/embedded-table.ts';

/** How a call ends instead of reaching the table. */
export type Fault =
  /** DynamoDB's own error. */
  | { readonly kind: 'error'; readonly status: number; readonly name: string; readonly message: string }
  /** Takes the call and never answers. */
  | { readonly kind: 'hang' }
  /** Begins an answer and never ends it. */
  | { readonly kind: 'stall' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'cut' }
  /** A successful answer that is not DynamoDB's. */
  | { readonly kind: 'body'; readonly text: string };

/** An endpoint on 127.0.0.1 that speaks DynamoDB's protocol, with a real table behind it and faults on demand. */
export interface FaultServer {
  /** For `DYNAMODB_ENDPOINT`. */
  readonly url: string;
  /** The table behind it; its client writes past all faults. */
  readonly table: EmbeddedTable;
  /** @returns the operations asked for since the last time this was called: `Scan`, `DescribeTable`, … */
  takeCalls(): string[];
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

/** @param table name of the table behind it, which is made with the documented keys */
export async function startFaultServer(table = 'ReleaseFragments'): Promise<FaultServer> {
  const embedded = await openEmbeddedTable({ table, region: 'us-east-1', data: 'test' });
  let fault: Fault | null = null;
  let only: readonly string[] | undefined;
  let calls: string[] = [];
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
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.slice(target.indexOf('.') + 1);
    calls.push(operation);
    await passGate(operation);
    const applies = fault !== null && (only === undefined || only.includes(operation));
    if (fault === null || !applies) {
      const { status, headers, body } = await embedded.handle(Buffer.concat(parts), { 'x-amz-target': target });
      response.writeHead(status, headers).end(body);
      return;
    }
    switch (fault.kind) {
      case 'hang':
        return;
      case 'stall':
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100000' });
        response.write('{"Items":[');
        return;
      case 'cut':
        request.socket.destroy();
        return;
      case 'body':
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(fault.text);
        return;
      case 'error':
        response
          .writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.name}`, message: fault.message }));
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);

  return {
    url: `http://127.0.0.1:${address.port}`,
    table: embedded,
    takeCalls() {
      const taken = calls;
      calls = [];
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
