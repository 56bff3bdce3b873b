import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { withinTime } from './time-limit.ts';

/** Errors after which fresh credentials may help. The SDK itself does not fetch any. */
const STALE_CREDENTIALS = new Set([
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
]);

/** Sends one call, within its time limit; once more where credentials had gone stale. */
export type FreshCaller = <T>(call: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * For the calls of one reading: the first that meets stale credentials has fresh ones fetched, once for all of them.
 *
 * @param limitMs milliseconds for one call, its retries and its body included
 */
export function freshCaller(client: DynamoDBDocumentClient, limitMs: number): FreshCaller {
  let refreshed: Promise<unknown> | null = null;
  return async (call, signal) => {
    try {
      return await withinTime(call, limitMs, signal);
    } catch (error) {
      if (!(error instanceof Error) || !STALE_CREDENTIALS.has(error.name)) throw error;
      refreshed ??= withinTime(() => client.config.credentials({ forceRefresh: true }), limitMs, signal);
      await refreshed;
      return await withinTime(call, limitMs, signal);
    }
  };
}
