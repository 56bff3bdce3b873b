import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CredentialFault } from '../../aws/credential-fault.ts';
import type { Identity } from '../../aws/credential-helper.ts';
import { readProfileFiles } from '../../aws/profile-files.ts';
import { namesAWay } from '../../aws/profile-plan.ts';
import { profileIdentity } from '../../aws/resolve-profile.ts';
import { localServerFault } from '../../contract/read-fault.ts';
import { MAX_HELPER_MS } from '../../limits/limits.ts';

export interface AwsCredentialOptions {
  /** Null: none is named, and the standard chain is asked, which finds the role of a job. */
  readonly profile: string | null;
  readonly region: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Gets credentials for one command.
 *
 * @throws ReadFault why there are none, by the same causes that the dashboard names; without a profile also whatever the
 *   SDK's chain throws
 */
export async function awsCredentials({ profile, region, environment }: AwsCredentialOptions): Promise<Identity> {
  const env = { ...environment };
  const ofProfile = (name: string) =>
    profileIdentity(name, env, { region, limitMs: MAX_HELPER_MS, machineRoles: true });
  if (profile !== null) return await explained(ofProfile(profile));
  const caller = { callerClientConfig: { region: async () => region } };
  const found = fromNodeProviderChain({ parentClientConfig: { region } })(caller).catch(async (error: unknown) => {
    // It only says that nothing gave any. What is wrong with [default] is named as if it had been asked for.
    if (await isDefaultMeant(env)) return await ofProfile('default');
    throw error;
  });
  return await explained(found);
}

/** What is asked of AWS for the sake of credentials. @throws ReadFault in the place of a CredentialFault */
export async function explained<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof CredentialFault ? (localServerFault(0, error.toError()) ?? error) : error;
  }
}

/** Many have a [default] for its region alone. */
async function isDefaultMeant(env: NodeJS.ProcessEnv): Promise<boolean> {
  const read = await readProfileFiles(env);
  return !read.ok || namesAWay(read.files.profiles.get('default') ?? new Map());
}

/**
 * Fetches before it is asked, so that a person's answer to a helper is not counted as time of the first call.
 *
 * @returns the values: first the one that was fetched, or its failure, and then fresh ones
 */
export async function readAhead<T>(fetch: () => Promise<T>): Promise<() => Promise<T>> {
  let first: Promise<T> | null = fetch();
  await first.catch(() => undefined);
  return () => {
    const given = first ?? fetch();
    first = null;
    return given;
  };
}
