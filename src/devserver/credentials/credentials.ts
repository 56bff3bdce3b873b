import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { fromEnv } from '@aws-sdk/credential-providers';
import { CredentialFault } from '../../aws/credential-fault.ts';
import type { Identity } from '../../aws/credential-helper.ts';
import { settleProfilePaths } from '../../aws/profile-files.ts';
import type { ProfilePlan } from '../../aws/profile-plan.ts';
import { findPlan, resolvePlan } from '../../aws/resolve-profile.ts';
import { explainSdkError, type Step } from '../../aws/sdk-fault.ts';
import type { ProfileCredentials } from '../../contract/local-server.ts';
import { readerPolicy } from '../../contract/reader-policy.ts';
import { MAX_SESSION_POLICY_CHARACTERS } from '../../limits/limits.ts';
import { readArn } from '../../release/text/arn.ts';
import { openAwsClock } from './aws-clock.ts';
import { cacheUntilStale, type Kept } from './credential-cache.ts';
import { openSts, type Sts } from './sts.ts';

export interface CredentialOptions {
  /** The named profile; null: the keys of the environment, which the settings have asked for. */
  readonly profile: string | null;
  readonly region: string;
  /** Bare name of the table, which the session policy opens. */
  readonly tableName: string;
  /** Account of the table where it is known to be another's (an ARN was given), twelve digits. */
  readonly tableAccount: string | null;
  /** Role to assume with the session policy, where one is configured. */
  readonly readerRoleArn: string | null;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds for the whole way to credentials. */
  readonly limitMs?: number;
}

/** Credentials for the page. @param refused AWS has refused those handed out before. @throws CredentialFault */
export type CredentialSource = (refused?: boolean) => Promise<ProfileCredentials>;

interface Obtained {
  readonly identity: Identity & { readonly sessionToken: string };
  readonly scope: ProfileCredentials['Scope'];
  /** Milliseconds since 1970 by AWS's clock, or null when they do not say. */
  readonly expiresAt: number | null;
}

/** What is kept: the time of day when it was fetched, and what life it then had, are AWS's. */
interface Fetched extends Obtained {
  readonly fetchedAt: number;
  readonly lifeMs: number | null;
}

/** How AWS begins the ids of keys that do not expire; those of sessions begin with ASIA. */
const LONG_LIVED_ID = /^AKIA/;

/** Life that is said of credentials which do not say their end: short, so that the page soon asks again. */
const UNKNOWN_LIFE_MS = 15 * 60_000;

/**
 * Opens the one source of credentials of this server: the named profile, narrowed to reading the one table wherever
 * AWS offers a way. Long-lived keys are exchanged and never leave this module.
 */
export function openCredentialSource(options: CredentialOptions): CredentialSource {
  const limitMs = options.limitMs ?? 10_000;
  // The SDK's chain would ask instance roles; nothing here does, but a source profile must not either.
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  settleProfilePaths(process.env);
  // AWS dates the end of credentials by its own clock; ours may be hours off. Until it has been seen ours is believed.
  let awsNow = Date.now;
  const read = cacheUntilStale<Fetched>({
    fetch: async () => {
      const plan =
        options.profile === null ? null : await findPlan(options.profile, options.env, { machineRoles: false });
      const clock = openAwsClock(options.region, options.env);
      const obtained = await obtain(options, plan, limitMs);
      awsNow = (await clock) ?? awsNow;
      const fetchedAt = awsNow();
      const { expiresAt } = obtained;
      return { ...obtained, fetchedAt, lifeMs: expiresAt === null ? null : expiresAt - fetchedAt };
    },
    limitMs: limitMs + 500, // a helper's own limit ends first, and says so
    onLimit: () => new CredentialFault('StsUnreachable', 'The sign-in service of AWS did not answer in time.'),
  });
  return async (refused) => handOut(await read(refused), options.profile ?? 'environment');
}

async function obtain(options: CredentialOptions, plan: ProfilePlan | null, limitMs: number): Promise<Obtained> {
  const { region, readerRoleArn } = options;
  const sts = openSts(region, plan?.profile ?? null);
  const at = <T>(step: Step, work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      throw await explainSdkError(error, plan, step, options.env);
    });
  const { identity: base, isNarrowed } = await at('profile', resolve(options, plan, sts, limitMs));
  if (readerRoleArn !== null) {
    const role = { RoleArn: readerRoleArn, RoleSessionName: 'release-matrix-reader' };
    const policy = sessionPolicy(options, accountOfRole(readerRoleArn));
    return finish(await at('reader-role', sts.assume(base, role, policy)), 'session');
  }
  if (base.sessionToken === undefined) {
    const policy = sessionPolicy(options, await at('federate', sts.accountOf(base)));
    return finish(await at('federate', sts.federate(base, policy)), 'session');
  }
  return finish(base, isNarrowed ? 'session' : 'profile');
}

/** Resolves the profile, with its last role narrowed to reading the one table, unless the reader role will be. */
async function resolve(
  options: CredentialOptions,
  plan: ProfilePlan | null,
  sts: Sts,
  limitMs: number,
): Promise<{ readonly identity: Identity; readonly isNarrowed: boolean }> {
  if (plan === null) return { identity: await fromEnv()(), isNarrowed: false };
  // The last role of the chain takes the session policy; those before it must stay able to assume the next.
  const last = options.readerRoleArn === null ? plan.roles.at(-1)?.RoleArn : undefined;
  const policy = last === undefined ? null : sessionPolicy(options, accountOfRole(last));
  let isNarrowed = false;
  const narrow = (roleArn: string | undefined, ask: (policy: string | null) => Promise<Identity>) => {
    if (roleArn !== last) return ask(null);
    isNarrowed = true;
    return ask(policy);
  };
  const identity = await resolvePlan(plan, {
    region: options.region,
    limitMs,
    assumers: {
      assume: (source, role: AssumeRoleCommandInput) =>
        narrow(role.RoleArn, (policy) => sts.assume(source, role, policy)),
      assumeByToken: (role) => narrow(role.RoleArn, (policy) => sts.assumeByToken(role, policy)),
    },
  });
  return { identity, isNarrowed };
}

/**
 * The policy of the session. The account is named, not left open: a table of the same name in somebody else's account
 * could open itself to everyone and so be used to carry data out.
 *
 * @param account of the identity; an ARN in the settings may name another
 */
function sessionPolicy({ tableName, tableAccount, region }: CredentialOptions, account: string): string {
  const policy = JSON.stringify(readerPolicy({ table: tableName, region, account: tableAccount ?? account }));
  if (policy.length > MAX_SESSION_POLICY_CHARACTERS)
    throw new RangeError('The session policy is longer than AWS takes.');
  return policy;
}

function accountOfRole(roleArn: string): string {
  return readArn(roleArn)?.account ?? '';
}

function finish(identity: Identity, scope: Obtained['scope']): Obtained {
  const { accessKeyId, sessionToken, expiration } = identity;
  // The one gate through which credentials leave: without the token of a session they would be long-lived, as they are
  // with something else in its place (a pair of quotes, which the SDK does not take off).
  if (sessionToken === undefined || !/\w/.test(sessionToken) || LONG_LIVED_ID.test(accessKeyId)) {
    throw new CredentialFault('Unscopable', 'The profile gave only long-lived keys; they are not handed out.');
  }
  return { identity: { ...identity, sessionToken }, scope, expiresAt: expiration?.getTime() ?? null };
}

function handOut({ value, ageMs }: Kept<Fetched>, profile: string): ProfileCredentials {
  const { identity, scope, fetchedAt, lifeMs } = value;
  const now = fetchedAt + ageMs;
  const leftMs = lifeMs === null ? UNKNOWN_LIFE_MS : Math.max(0, lifeMs - ageMs);
  return {
    AccessKeyId: identity.accessKeyId,
    SecretAccessKey: identity.secretAccessKey,
    Token: identity.sessionToken,
    Expiration: new Date(value.expiresAt ?? now + leftMs).toISOString(),
    ExpiresInMs: leftMs,
    ServerTime: new Date(now).toISOString(),
    Profile: profile,
    Scope: scope,
  };
}
