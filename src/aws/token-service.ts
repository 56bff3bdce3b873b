import { getSSOTokenFromFile } from '@smithy/core/config';
import { dynamoEndpoint } from '../contract/aws-region.ts';

/** Milliseconds for one look at the service. */
const LIMIT_MS = 3_000;

/** The SDK asks for the renewal of a token no oftener, milliseconds; in between it only says that the token has ended. */
const SDK_PAUSE_MS = 30_000;

/** When the service of a session was last found out of reach, by `performance.now()`. */
const lastUnreachable = new Map<string, number>();

/**
 * Whether a sign-in is good and only waits for the service that renews it. The SDK keeps to itself why it could not
 * renew a token: without network it says the same as after the last day of a sign-in.
 *
 * @param session the sso-session, and its region
 * @param env may name another endpoint, as for the SDK
 */
export async function isRenewalUnreachable(
  session: { readonly name: string; readonly region: string },
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (!(await canBeRenewed(session.name))) return false;
  const url =
    env.AWS_ENDPOINT_URL_SSO_OIDC ||
    env.AWS_ENDPOINT_URL ||
    dynamoEndpoint(session.region).replace('//dynamodb.', '//oidc.');
  const since = performance.now() - (lastUnreachable.get(session.name) ?? Number.NEGATIVE_INFINITY);
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    // It answers again, but the SDK has not tried since.
    return since < SDK_PAUSE_MS;
  } catch {
    lastUnreachable.set(session.name, performance.now());
    return true;
  }
}

async function canBeRenewed(session: string): Promise<boolean> {
  const token: unknown = await getSSOTokenFromFile(session).catch(() => undefined);
  if (typeof token !== 'object' || token === null) return false;
  const field = (name: string): unknown => Reflect.get(token, name);
  const registered = Date.parse(String(field('registrationExpiresAt')));
  if (registered < Date.now()) return false;
  return ['refreshToken', 'clientId', 'clientSecret'].every((name) => typeof field(name) === 'string');
}
