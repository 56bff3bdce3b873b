import { dynamoEndpoint } from '../../contract/aws-region.ts';
import { stopwatch } from '../guard/stopwatch.ts';

/** Milliseconds for the one look; without an answer the clock of this machine is believed. */
const LIMIT_MS = 3_000;
/** An answer's Date is in whole seconds and has been on its way: a smaller difference says nothing. */
const LEAST_MS = 2_000;

/**
 * Looks at AWS's clock, as the sign-in service dates an answer that needs no signature. AWS refuses signatures that are
 * more than five minutes off, and dates the end of credentials by its own clock.
 *
 * @param region whose sign-in service is asked; AWS_ENDPOINT_URL_STS or AWS_ENDPOINT_URL names another
 * @returns AWS's clock, milliseconds since 1970, which goes on rightly when the one of this machine is set right
 *   meanwhile; null where there was no answer
 */
export async function openAwsClock(region: string, env: NodeJS.ProcessEnv): Promise<(() => number) | null> {
  const url =
    env.AWS_ENDPOINT_URL_STS || env.AWS_ENDPOINT_URL || dynamoEndpoint(region).replace('//dynamodb.', '//sts.');
  // Measured by a clock that does not jump.
  const started = performance.now();
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    const dated = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(dated)) return null;
    const theirs = dated + 500 + (performance.now() - started) / 2;
    const ours = Date.now();
    const since = stopwatch();
    const at = Math.abs(theirs - ours) < LEAST_MS ? ours : Math.round(theirs);
    return () => at + since();
  } catch {
    return null;
  }
}
