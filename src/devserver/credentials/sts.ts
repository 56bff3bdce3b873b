import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Identity } from '../../aws/credential-helper.ts';
import { AWS_CALL_LIMITS } from '../../aws/resolve-profile.ts';
import { UnnarrowedSession } from '../../aws/sdk-fault.ts';

/** Seconds of a session that reaches the page: the least that AWS gives, whatever a role allows. */
const SESSION_SECONDS = 900;

/** The calls to the Security Token Service that exchange credentials. All throw what the SDK throws. */
export interface Sts {
  /** @returns the account of the credentials, twelve digits */
  accountOf(source: Identity): Promise<string>;
  /** Exchanges long-lived keys for a session narrowed by `policy`. @throws UnnarrowedSession */
  federate(source: Identity, policy: string): Promise<Identity>;
  /** Assumes a role, narrowed by `policy` where one is given. @throws UnnarrowedSession */
  assume(source: Identity, role: AssumeRoleCommandInput, policy: string | null): Promise<Identity>;
  /** The same by the token of a web identity, in place of credentials. @throws UnnarrowedSession */
  assumeByToken(role: AssumeRoleWithWebIdentityCommandInput, policy: string | null): Promise<Identity>;
}

/**
 * @param profile its config section may hold settings of the client (an endpoint, for example)
 * @param region the session is made at this region's endpoint, unless AWS_ENDPOINT_URL_STS names another
 */
export function openSts(region: string, profile: string | null): Sts {
  /** @param source null: for a call that is not signed */
  const client = (source: Identity | null): STSClient =>
    new STSClient({
      region,
      ...(source === null ? {} : { credentials: identity(source) }),
      maxAttempts: 2,
      requestHandler: AWS_CALL_LIMITS,
      ...(profile === null ? {} : { profile }),
    });
  return {
    async accountOf(source) {
      const { Account } = await client(source).send(new GetCallerIdentityCommand({}));
      if (Account === undefined || !/^\d{12}$/.test(Account)) throw new UnnarrowedSession();
      return Account;
    },
    async federate(source, policy) {
      const answer = await client(source).send(
        new GetFederationTokenCommand({ Name: 'release-matrix', Policy: policy, DurationSeconds: SESSION_SECONDS }),
      );
      return session(answer, true);
    },
    async assume(source, role, policy) {
      const answer = await client(source).send(new AssumeRoleCommand({ ...role, ...limits(policy) }));
      return session(answer, policy !== null);
    },
    async assumeByToken(role, policy) {
      const answer = await client(null).send(new AssumeRoleWithWebIdentityCommand({ ...role, ...limits(policy) }));
      return session(answer, policy !== null);
    },
  };
}

/** Not a profile's own duration_seconds: nothing here needs a session longer than its next exchange. */
function limits(policy: string | null) {
  return { DurationSeconds: SESSION_SECONDS, ...(policy === null ? {} : { Policy: policy }) };
}

interface SessionAnswer {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
  readonly PackedPolicySize?: number | undefined;
}

/** AWS says how much room the policy took; an answer that does not say so did not take the policy in. */
function session(answer: SessionAnswer, narrowed: boolean): Identity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  const whole = AccessKeyId && SecretAccessKey && SessionToken && Expiration;
  if (!whole || (narrowed && answer.PackedPolicySize === undefined)) throw new UnnarrowedSession();
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

function identity(source: Identity) {
  const { accessKeyId, secretAccessKey, sessionToken } = source;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
