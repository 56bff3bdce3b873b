import { shellWord } from '../release/text/shell-text.ts';
import { CredentialFault, type CredentialFaultCode } from './credential-fault.ts';
import { type ProfilePlan, signInCommand } from './profile-plan.ts';
import { isRenewalUnreachable } from './token-service.ts';

/** What was being asked when it failed. */
export type Step =
  /** Resolving the profile itself (its files, sign-in, source role). */
  | 'profile'
  /** The exchange of long-lived keys. */
  | 'federate'
  /** Assuming the configured reader role. */
  | 'reader-role';

/** AWS answered, but not with a session that is narrowed as asked. */
export class UnnarrowedSession extends Error {}

const NETWORK_CODES =
  /AggregateError|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|TimeoutError|NetworkingError|CERT|self.signed/i;

/**
 * Names the cause of an SDK error. The SDK's text is only looked at, never passed on.
 *
 * @param plan what is known of the profile; null for credentials of the environment
 * @param env says where the service is that renews a sign-in
 */
export async function explainSdkError(
  error: unknown,
  plan: ProfilePlan | null,
  step: Step,
  env: NodeJS.ProcessEnv,
): Promise<CredentialFault> {
  if (error instanceof CredentialFault) return error;
  const text = traces(error);
  const profile = plan?.profile ?? null;
  const whoAmI = `aws sts get-caller-identity${profile === null ? '' : ` --profile ${shellWord(profile)}`}`;
  const whose = profile === null ? 'The credentials of the environment' : `Profile ${profile}`;
  const fault = (code: CredentialFaultCode, words: string, fix = whoAmI) => new CredentialFault(code, words, fix);
  if (error instanceof UnnarrowedSession || /PackedPolicyTooLarge|MalformedPolicyDocument/.test(text)) {
    const words = 'AWS did not give a session narrowed to reading the one table, so nothing is handed out.';
    return fault('Unscopable', `${whose}: ${words}`);
  }
  const signIn = plan?.signIn ?? null;
  if (signIn !== null && step === 'profile' && isSignedOut(text)) {
    const which = `The sign-in of profile ${signIn.profile}`;
    // The SDK takes a sign-in that it cannot renew for one that has ended, whatever kept it from renewing it.
    if (signIn.session !== null && (await isRenewalUnreachable(signIn.session, env))) {
      const words = 'cannot be renewed now: the sign-in service of AWS cannot be reached.';
      return fault('StsUnreachable', `${which} ${words}`);
    }
    return fault('SsoExpired', `${which} has expired or was never made.`, signInCommand(signIn));
  }
  if (NETWORK_CODES.test(text)) {
    return fault('StsUnreachable', `${whose}: the sign-in service of AWS cannot be reached.`);
  }
  if (
    isServiceError(error) ||
    /AccessDenied|ForbiddenException|InvalidClientTokenId|SignatureDoesNotMatch|insufficient permissions/.test(text)
  ) {
    return fault('StsDenied', `${whose}: ${DENIED[step]}`);
  }
  if (/Unable to find environment variable credentials/.test(text)) {
    const words =
      'takes its credentials from the environment, which has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
    return fault('ProfileBroken', `${whose} ${words}`);
  }
  const listed = profile === null ? whoAmI : `aws configure list --profile ${shellWord(profile)}`;
  return fault('ProfileBroken', `${whose}: it gave no credentials. The AWS CLI says more.`, listed);
}

const DENIED = {
  profile: 'AWS refused to give credentials (the role, or the keys behind it).',
  federate:
    'AWS refused to exchange its long-lived keys. Allow sts:GetFederationToken to its user, or name a role in RELEASE_READER_ROLE_ARN.',
  'reader-role':
    'AWS refused to let it assume the role of RELEASE_READER_ROLE_ARN. The trust policy of the role must name it.',
} as const satisfies Record<Step, string>;

/** A token of `aws login` that is not there or is broken is a sign-in that was never made. */
const SIGNED_OUT =
  /UnauthorizedException|aws sso login|SSO session|re-?authenticate|InvalidGrant|ExpiredToken|token is expired|Failed to load (?:a )?token|Failed to generate Dpop/i;

function isSignedOut(text: string): boolean {
  if (/Failed to refresh token/.test(text) && NETWORK_CODES.test(text)) return false;
  return SIGNED_OUT.test(text) && !/ForbiddenException|insufficient permissions/.test(text);
}

/** An answer of AWS, as opposed to a fault on the way there. */
function isServiceError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return false;
  const { $metadata } = error;
  return typeof $metadata === 'object' && $metadata !== null && 'httpStatusCode' in $metadata;
}

/** Names, codes and messages of an error and its causes, to look for known words in. */
function traces(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 3) return '';
  const code = 'code' in error ? String(error.code) : '';
  return `${error.name} ${code} ${error.message} ${traces(error.cause, depth + 1)}`;
}
