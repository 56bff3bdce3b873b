import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { emulatorCredentials } from '../contract/emulator-credentials.ts';
import { ROUTES, tableRoute } from '../contract/local-server.ts';
import type { Prover } from '../contract/proof.ts';
import type { CallRoute } from '../contract/read-fault.ts';
import { endingFailed } from './end-failed-requests.ts';
import { provingHandler } from './proven-requests.ts';

/** How the table is reached. The credentials are always handed in: the SDK's own search for some is never used. */
export interface TableConnection {
  readonly region: string;
  readonly credentials: NonNullable<DynamoDBClientConfig['credentials']>;
  /** Origin, with a path where the endpoint has one; absent: the region's own endpoint. */
  readonly endpoint?: string;
  /** Proves every call to the local server, and every answer to be its; absent: the endpoint is none. */
  readonly prover?: Prover;
  /** Milliseconds by which AWS's clock is ahead of this machine's; signatures follow AWS's. */
  readonly clockOffsetMs?: number;
  /** Tries of one call, the first included. */
  readonly maxAttempts?: number;
  /** Milliseconds until the answer's head must have come; the body has a limit of its own, in `time-limit.ts`. */
  readonly headTimeoutMs?: number;
  /** Replaces HTTP altogether, for a table inside this process. */
  readonly requestHandler?: NonNullable<DynamoDBClientConfig['requestHandler']>;
}

/**
 * Makes the client of one table, in the browser and in Node alike. Makes no call.
 *
 * @param connection how the table is reached
 */
export function connectTable(connection: TableConnection): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    region: connection.region,
    credentials: connection.credentials,
    ...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),
    // Else credentials that carry an account id move the host to <account>.ddb.<region>, and the content security
    // policy of the page refuses it.
    accountIdEndpointMode: 'disabled',
    // One layer of retries, and a bounded one: the adaptive mode can queue polls without limit.
    maxAttempts: connection.maxAttempts ?? 3,
    retryMode: 'standard',
    // The default logger does nothing, but the SDK makes a deep copy of every page to hand it over.
    logger: {} as NonNullable<DynamoDBClientConfig['logger']>,
    systemClockOffset: connection.clockOffsetMs ?? 0,
    // By which CloudTrail tells these calls from others.
    defaultUserAgentProvider: async () => [['release-matrix']],
    requestHandler: connection.requestHandler ?? httpOptions(connection),
  });
  const { prover } = connection;
  const handler = client.config.requestHandler;
  client.config.requestHandler = endingFailed(prover === undefined ? handler : provingHandler(handler, prover));

  // The SDK's protocol ends every path with a slash; the local server's routes are exact. Done before signing.
  client.middlewareStack.add(
    (next) => (args) => {
      // What the types of a middleware leave open: the service is called by HTTP.
      const request = args.request as { path: string };
      if (request.path.startsWith(ROUTES.dynamodb)) request.path = request.path.replace(/\/$/, '');
      return next(args);
    },
    { step: 'build' },
  );
  // AWS's own statistics of retries: a tenth of what each poll sends.
  client.middlewareStack.addRelativeTo(
    <Given extends object, Answer>(next: (args: Given) => Answer) =>
      (args: Given) => {
        const { headers } = (args as { request: { headers: Record<string, string> } }).request; // as above
        delete headers['amz-sdk-invocation-id'];
        delete headers['amz-sdk-request'];
        return next(args);
      },
    { relation: 'after', toMiddleware: 'retryMiddleware' },
  );
  return DynamoDBDocumentClient.from(client);
}

/**
 * What the SDK's HTTP is told, in the browser and in Node alike: each takes what it knows.
 *
 * @param connection how the table is reached
 */
export function httpOptions({ prover, headTimeoutMs = 5_000 }: Pick<TableConnection, 'prover' | 'headTimeoutMs'>) {
  return {
    requestTimeout: headTimeoutMs,
    // The browser's part. No cookie of this machine goes to AWS. What is answered to a POST no browser keeps; to forbid
    // it would have Chromium forget as well that it may call AWS, and ask that before each call.
    credentials: 'omit',
    cache: prover === undefined ? 'default' : 'no-store',
    // Node's part. Without the second it only prints a warning when the time is over.
    connectionTimeout: headTimeoutMs,
    throwOnRequestTimeout: true,
  } as const;
}

/**
 * The connection to the embedded table or a loopback endpoint, through the local server's guarded route.
 *
 * @param origin the page's own origin, `http://127.0.0.1:5179`
 * @param region any region; emulators keep their tables by it
 * @param prover of the page's token; null: the table is inside this process
 * @param keyId by which an emulator behind the route is called
 */
export function localRoute(
  origin: string,
  region: string,
  prover: Prover | null,
  keyId?: string,
  table: string | null = null,
): TableConnection {
  const endpoint = `${origin}${tableRoute(ROUTES.dynamodb, table)}`;
  const connection = { region, endpoint, credentials: emulatorCredentials(keyId) };
  return prover === null ? connection : { ...connection, prover };
}

/**
 * Which way a client's calls go, so that a lost connection is put down to the right end.
 *
 * @param client a client made by `connectTable`, or any other
 */
export async function routeOf(client: DynamoDBClient): Promise<CallRoute> {
  const endpoint = await client.config.endpoint?.();
  return endpoint?.path.startsWith(ROUTES.dynamodb) ? 'local-server' : 'direct';
}
