import { dynamoEndpoint } from '../store/aws-region.ts';

/** Milliseconds for the one look; without an answer the clock of this machine is believed. */
const LIMIT_MS = 3_000;
/** An answer's Date is in whole seconds and has been on its way: a smaller difference says nothing. */
const LEAST_MS = 2_000;

/**
 * By how much AWS's clock is ahead of this machine's, as the sign-in service dates an answer that needs no signature.
 * AWS refuses signatures that are more than five minutes off, and dates the end of credentials by its own clock.
 *
 * @param region whose sign-in service is asked; AWS_ENDPOINT_URL_STS names another
 * @returns milliseconds; 0 where they agree, null where there was no answer
 */
export async function awsClockOffsetMs(region: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  const url = env.AWS_ENDPOINT_URL_STS || dynamoEndpoint(region).replace('//dynamodb.', '//sts.');
  // Measured by a clock that does not jump: the other one may be set right in the meantime.
  const started = performance.now();
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return null;
    const underWay = (performance.now() - started) / 2;
    const offset = theirs + 500 + underWay - Date.now();
    return Math.abs(offset) < LEAST_MS ? 0 : Math.round(offset);
  } catch {
    return null;
  }
}
