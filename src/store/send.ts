import type { DynamoDBClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import { faultFrom } from '../contract/read-fault.ts';
import { MAX_CALL_MS } from '../limits/limits.ts';
import { routeOf } from './client.ts';
import { withinTime } from './time-limit.ts';
import { type TableCommand, takeAnswer } from './wire-answer.ts';

/** How one call is made. */
export interface CallOptions {
  /** The caller's own wish to stop. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the call once it has its turn, the SDK's retries and the body of the answer included. */
  readonly timeLimitMs?: number | undefined;
}

/** Errors after which fresh credentials may help. The SDK itself does not fetch any. */
const STALE_CREDENTIALS = new Set([
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
]);

/** By client, the last time that its credentials were fetched anew. */
const refreshed = new WeakMap<DynamoDBClient, Promise<unknown>>();

/**
 * The one way to DynamoDB: sends a command within its time, and once more where the credentials had gone stale. Fresh ones
 * are fetched once for all calls that failed by the same ones.
 *
 * @param command is sent as it is; for items see `sendForJson`
 * @returns what the SDK makes of the answer
 * @throws ReadFault
 */
export async function send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: DynamoDBClient,
  command: TableCommand<Input, Output>,
  { signal, timeLimitMs = MAX_CALL_MS }: CallOptions = {},
): Promise<Output> {
  const sendInTurn = (abortSignal: AbortSignal, begin: () => void): Promise<Output> => {
    command.middlewareStack.add(
      (next) => (args) => {
        // It was stopped while it waited.
        abortSignal.throwIfAborted();
        begin();
        return next(args);
      },
      // In the SDK's first step: what a command adds there comes after what its client has, the wait for its turn.
      { name: 'beginTime', override: true },
    );
    return client.send(command, { abortSignal });
  };
  // What waits for its turn (`outage-limit.ts`) waits as long as that takes.
  const call = () => withinTime(sendInTurn, timeLimitMs, signal, 'when-told');
  const before = refreshed.get(client);
  try {
    return await call().catch(async (error: unknown) => {
      if (!(error instanceof Error) || !STALE_CREDENTIALS.has(error.name)) throw error;
      if (refreshed.get(client) === before) refreshed.set(client, client.config.credentials({ forceRefresh: true }));
      await withinTime(async () => await refreshed.get(client), timeLimitMs, signal);
      return await call();
    });
  } catch (error) {
    throw faultFrom(error, await routeOf(client));
  }
}

/**
 * The same for a command whose answer holds items or their keys: it is taken from the wire, as `plain-item.ts` reads it.
 *
 * @returns the answer's JSON
 * @throws ReadFault
 */
export async function sendForJson<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: DynamoDBClient,
  command: TableCommand<Input, Output>,
  options: CallOptions = {},
): Promise<unknown> {
  const answer = takeAnswer(client, command);
  await send(client, command, options);
  return answer();
}
