import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Identity } from './credential-helper.ts';
import { AWS_CALL_LIMITS } from './resolve-profile.ts';
import { explainSdkError } from './sdk-fault.ts';

/** Whose name is asked for. */
export interface Caller {
  readonly credentials: Identity;
  /** Whose endpoint of STS is asked, unless AWS_ENDPOINT_URL_STS or the profile names another. */
  readonly region: string;
  /** Its config section may hold settings of the client; null: none is named. */
  readonly profile: string | null;
}

/**
 * Who calls, as AWS knows it, so that nobody writes under another's name: it needs no permission, and no policy can deny
 * it.
 *
 * @param env says where the service is that renews a sign-in, should one have ended
 * @returns the ARN of a user, or of a role's session: `arn:aws:sts::111122223333:assumed-role/Release/jane@acme.com`
 * @throws CredentialFault
 */
export async function callerIdentity(
  { credentials, region, profile }: Caller,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const client = new STSClient({
    region,
    credentials,
    maxAttempts: 2,
    requestHandler: AWS_CALL_LIMITS,
    ...(profile === null ? {} : { profile }),
  });
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    if (Arn === undefined || Arn === '') throw new Error('AWS returned no ARN.');
    return Arn;
  } catch (error) {
    throw await explainSdkError(error, null, 'profile', env);
  }
}
