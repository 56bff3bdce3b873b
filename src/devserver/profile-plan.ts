import { CredentialFault, shellWord } from './credential-fault.ts';
import type { ProfileFiles } from './profile-files.ts';

/** How a profile comes by its credentials. */
export type ProfileKind = 'keys' | 'role' | 'sso' | 'process' | 'web-identity' | 'login';

/** What is known of a profile before anything is asked over the network or started. */
export interface ProfilePlan {
  readonly profile: string;
  readonly kind: ProfileKind;
  /** The program that gives the first credentials, and in whose section it stands: for a role it may be a source's. */
  readonly helper: { readonly profile: string; readonly command: string } | null;
  /** The roles of a `role` or `web-identity` profile in the order in which they are assumed; the last one is its own. */
  readonly roles: readonly AssumedRole[];
  /** The profile that signs in (SSO or login), which for a role is its source: the one to name in the mend. */
  readonly signIn: { readonly profile: string; readonly command: 'aws sso login' | 'aws login' } | null;
}

/** A role as STS is asked for it. */
export interface AssumedRole {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId?: string;
}

type Section = ReadonlyMap<string, string>;

const SSO_KEYS = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name', 'sso_region'] as const;

/**
 * Follows a profile through its source profiles and names what is wrong with it, where the SDK would only say that
 * it could not load credentials.
 *
 * @throws CredentialFault ProfileMissing, ProfileBroken or MfaNeeded
 */
export function planProfile(files: ProfileFiles, profile: string): ProfilePlan {
  const section = files.profiles.get(profile);
  if (section === undefined) throw missing(files, profile);
  return follow(files, profile, section, []);
}

function follow(files: ProfileFiles, profile: string, section: Section, visited: readonly string[]): ProfilePlan {
  if (visited.includes(profile)) throw broken(profile, `loops: ${[...visited, profile].join(' → ')}`);
  const plan = { profile, helper: null, roles: [], signIn: null };
  // A role is taken before keys, but a source profile that holds keys is used as it is: the SDK's own order.
  const isSource = visited.length > 0;
  if (isSource && section.has('aws_access_key_id')) return keys(profile, section, plan);
  // A web identity is what a role is assumed by, unless a source is named: again the SDK's order.
  const isWebIdentity =
    section.has('web_identity_token_file') && !section.has('source_profile') && !section.has('credential_source');
  if (section.has('role_arn') && !isWebIdentity) {
    return role(files, profile, section, visited, plan);
  }
  if (isSource && section.has('credential_source')) return environmentSource(profile, section, plan);
  if (section.has('aws_access_key_id') || section.has('aws_secret_access_key')) return keys(profile, section, plan);
  if (isWebIdentity) return { ...plan, kind: 'web-identity', roles: [ownRole(profile, section)] };
  const command = section.get('credential_process');
  if (command !== undefined) {
    if (command === '') throw broken(profile, 'has an empty credential_process');
    return { ...plan, kind: 'process', helper: { profile, command } };
  }
  if (SSO_KEYS.some((key) => section.has(key))) return sso(files, profile, section, plan);
  if (section.has('login_session')) {
    return { ...plan, kind: 'login', signIn: { profile, command: 'aws login' } };
  }
  throw broken(profile, 'names no way to credentials (keys, sso_session, role_arn, credential_process)');
}

type Start = Omit<ProfilePlan, 'kind'>;

function role(
  files: ProfileFiles,
  profile: string,
  section: Section,
  visited: readonly string[],
  start: Start,
): ProfilePlan {
  const own = ownRole(profile, section);
  const source = section.get('source_profile');
  const credentialSource = section.get('credential_source');
  if ((source === undefined) === (credentialSource === undefined)) {
    throw broken(profile, 'must have either source_profile or credential_source beside its role_arn');
  }
  if (section.has('mfa_serial')) {
    throw new CredentialFault(
      'MfaNeeded',
      `Profile ${profile} asks for a code of a second factor, which the local server cannot ask for. ` +
        'Use a profile without mfa_serial, for example one of AWS SSO.',
      `aws configure sso --profile ${shellWord(profile)}-sso`,
    );
  }
  if (source === undefined) return { ...environmentSource(profile, section, start), kind: 'role', roles: [own] };
  if (source === profile) {
    // A role profile may name itself when it holds keys as well.
    if (!section.has('aws_access_key_id')) throw broken(profile, `loops: ${profile} → ${profile}`);
    return { ...keys(profile, section, start), kind: 'role', roles: [own] };
  }
  const next = files.profiles.get(source);
  if (next === undefined) throw broken(profile, `names the source_profile ${source}, which does not exist`);
  const { signIn, helper, roles } = follow(files, source, next, [...visited, profile]);
  return { ...start, kind: 'role', roles: [...roles, own], signIn, helper };
}

function ownRole(profile: string, section: Section): AssumedRole {
  const roleArn = section.get('role_arn');
  if (roleArn === undefined) throw broken(profile, 'has no role_arn');
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn)) {
    throw broken(profile, 'has a role_arn that is no role');
  }
  const externalId = section.get('external_id');
  return {
    RoleArn: roleArn,
    RoleSessionName: section.get('role_session_name') ?? 'release-matrix',
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
}

/** Instance and container roles are not used: on a cloud machine they would be picked up without being named. */
function environmentSource(profile: string, section: Section, start: Start): ProfilePlan {
  const source = section.get('credential_source') ?? '';
  if (source !== 'Environment') {
    throw broken(profile, `has the credential_source ${source}; only Environment is used here`);
  }
  return { ...start, kind: 'keys' };
}

function keys(profile: string, section: Section, start: Start): ProfilePlan {
  for (const name of ['aws_access_key_id', 'aws_secret_access_key'] as const) {
    const value = section.get(name) ?? '';
    if (value === '') throw broken(profile, `has no ${name}`);
    if (/\s/.test(value)) throw broken(profile, `has white space in its ${name}`);
  }
  return { ...start, kind: 'keys' };
}

function sso(files: ProfileFiles, profile: string, section: Section, start: Start): ProfilePlan {
  const named = section.get('sso_session');
  const session = named === undefined ? section : files.ssoSessions.get(named);
  if (session === undefined) throw broken(profile, `names the sso-session ${named}, which does not exist`);
  const absent = [
    ...['sso_start_url', 'sso_region'].filter((key) => !session.has(key)),
    ...['sso_account_id', 'sso_role_name'].filter((key) => !section.has(key)),
  ];
  if (absent.length > 0) throw broken(profile, `has no ${absent.join(', ')}`);
  return { ...start, kind: 'sso', signIn: { profile, command: 'aws sso login' } };
}

function missing(files: ProfileFiles, profile: string): CredentialFault {
  const names = [...files.profiles.keys()].sort();
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? `, and ${names.length - 20} more` : '');
  return new CredentialFault(
    'ProfileMissing',
    `There is no profile ${profile} in the AWS config files. ` +
      (names.length === 0 ? 'They name no profile at all.' : `Found: ${shown}.`),
    names.length === 0 ? `aws configure sso --profile ${shellWord(profile)}` : 'aws configure list-profiles',
  );
}

function broken(profile: string, what: string): CredentialFault {
  return new CredentialFault(
    'ProfileBroken',
    `Profile ${profile} ${what}.`,
    `aws configure list --profile ${shellWord(profile)}`,
  );
}
