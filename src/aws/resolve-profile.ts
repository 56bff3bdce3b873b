import { fromIni, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { CredentialFault } from './credential-fault.ts';
import { type Identity, runCredentialHelper } from './credential-helper.ts';
import { readProfileFiles } from './profile-files.ts';
import { type PlanOptions, type ProfilePlan, planProfile } from './profile-plan.ts';
import { explainSdkError } from './sdk-fault.ts';

/** Limits of one call to AWS, milliseconds. The whole way to credentials has ten seconds in the local server. */
export const AWS_CALL_LIMITS = {
  connectionTimeout: 3_000,
  requestTimeout: 5_000,
  /** Without it the SDK only warns, and waits for ever. */
  throwOnRequestTimeout: true,
  /** Between two parts of an answer that has begun. */
  socketTimeout: 5_000,
} as const;

type FromIni = NonNullable<Parameters<typeof fromIni>[0]>;

/** How roles are assumed; the SDK's own way where none is given. */
export interface Assumers {
  readonly assume: NonNullable<FromIni['roleAssumer']>;
  readonly assumeByToken: NonNullable<FromIni['roleAssumerWithWebIdentity']>;
}

export interface ResolveOptions {
  /** Whose endpoint of STS is asked. */
  readonly region: string;
  /** Milliseconds that a helper has. */
  readonly limitMs: number;
  readonly assumers?: Assumers;
}

/**
 * Gets the credentials of a profile, or names why there are none.
 *
 * @throws CredentialFault
 */
export async function profileIdentity(
  profile: string,
  env: NodeJS.ProcessEnv,
  options: ResolveOptions & PlanOptions,
): Promise<Identity> {
  const plan = await findPlan(profile, env, options);
  try {
    return await resolvePlan(plan, options);
  } catch (error) {
    throw await explainSdkError(error, plan, 'profile', env);
  }
}

/**
 * Reads the config files and follows a profile through them.
 *
 * @throws CredentialFault what is wrong with the files or the profile
 */
export async function findPlan(profile: string, env: NodeJS.ProcessEnv, options: PlanOptions): Promise<ProfilePlan> {
  const files = await readProfileFiles(env);
  if (!files.ok) throw new CredentialFault('ProfileBroken', `The AWS config cannot be used: ${files.reason}.`);
  return planProfile(files.files, profile, options);
}

/**
 * Gets the credentials of a profile from its section alone: no chain, nothing picked up silently. The SDK has the files as
 * `findPlan` has just read them.
 *
 * @throws CredentialFault of a helper; else whatever the SDK throws, for `explainSdkError`
 */
export async function resolvePlan(plan: ProfilePlan, options: ResolveOptions): Promise<Identity> {
  const { profile } = plan;
  const clientConfig = { maxAttempts: 2, requestHandler: AWS_CALL_LIMITS };
  const { assumers } = options;
  if (plan.helper !== null) {
    const assume =
      assumers?.assume ??
      ((source, params) =>
        fromTemporaryCredentials({
          masterCredentials: source,
          params,
          clientConfig: { ...clientConfig, region: options.region, profile },
        })());
    // Run by us wherever it stands: the SDK would set it no limit and never end it.
    let identity = await runCredentialHelper(plan.helper.command, options.limitMs, plan.helper.profile);
    for (const role of plan.roles) identity = await assume(identity, role);
    return identity;
  }
  return fromIni({
    profile,
    // Without a region: that of SSO is its own and stands in the profile, and this would go before it.
    clientConfig,
    parentClientConfig: { ...clientConfig, region: options.region, profile },
    ...(assumers === undefined
      ? {}
      : { roleAssumer: assumers.assume, roleAssumerWithWebIdentity: assumers.assumeByToken }),
  })({ callerClientConfig: { region: async () => options.region } });
}
