import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { onTestFinished, vi } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { connectTable, type TableConnection } from '../../src/store/client.ts';
import { DOCUMENTED_SCHEMA } from './documented-schema.ts';
import { originOf } from './tables.ts';

/** One call as it came in. */
export interface Call {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** `Scan`, `DescribeTable`, … */
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** What the server does with a call. `stall` sends the head and the first bytes, and then nothing. */
export type Answer =
  | { readonly status?: number; readonly body: string; readonly headers?: Record<string, string> }
  | { readonly does: 'hang' | 'reset' }
  | { readonly does: 'stall'; readonly body: string };

/** An HTTP server on loopback that answers calls with the given bytes: what no emulator can be made to say. */
export async function cannedServer(answer: (call: Call, index: number) => Answer) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call: Call = {
        url: request.url ?? '',
        headers: request.headers,
        operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
        input: JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}'),
      };
      calls.push(call);
      give(answer(call, calls.length - 1), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: originOf(server),
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function give(answer: Answer, response: ServerResponse): void {
  if ('does' in answer) {
    if (answer.does === 'reset') response.destroy();
    if (answer.does === 'stall') {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100000' });
      response.write(answer.body);
    }
    return;
  }
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.0', ...answer.headers });
  response.end(answer.body);
}

/** DescribeTable's answer for a table as documented. */
export const DESCRIBED_TABLE = JSON.stringify({ Table: { TableStatus: 'ACTIVE', ...DOCUMENTED_SCHEMA } });

/** An error as DynamoDB words it. */
export function awsError(name: string, message: string, status = 400): Answer {
  return { status, body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }) };
}

/** The two ways in which the SDK speaks HTTP: Node's own, and `fetch` as in the browser. */
export const HTTP_HANDLERS = ['node', 'fetch'] as const;

const NodesRequest = globalThis.Request;

/**
 * `fetch` as a browser has it, for one test. Node 20 collects a Request that nothing but its fetch holds, and the way from
 * its signal to the connection with it: what is stopped then goes on. So each is held until the test is over.
 *
 * @param requestTimeout milliseconds
 */
export function fetchHandler(requestTimeout: number): FetchHttpHandler {
  const held = new Set<Request>();
  class HeldRequest extends NodesRequest {
    constructor(...given: ConstructorParameters<typeof Request>) {
      super(...given);
      held.add(this);
    }
  }
  vi.stubGlobal('Request', HeldRequest);
  onTestFinished(() => {
    vi.stubGlobal('Request', NodesRequest);
    held.clear();
  });
  return new FetchHttpHandler({ requestTimeout });
}

/** A client of the canned server; one try a call, unless said. */
export function cannedClient(
  origin: string,
  handler: (typeof HTTP_HANDLERS)[number] = 'node',
  more: Partial<TableConnection> = {},
) {
  return connectTable({
    region: 'eu-central-1',
    credentials: EMULATOR_CREDENTIALS,
    endpoint: origin,
    maxAttempts: 1,
    ...(handler === 'fetch' ? { requestHandler: fetchHandler(5_000) } : {}),
    ...more,
  });
}
