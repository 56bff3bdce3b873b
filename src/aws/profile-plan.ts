import { isRoleArn } from '../release/text/arn.ts';
import { shellWord } from '../release/text/shell-text.ts';
import { CredentialFault } from './credential-fault.ts';
import type { ProfileFiles, Section } from './profile-files.ts';

/** What is known of a profile before anything is asked over the network or started. */
export interface ProfilePlan {
  readonly profile: string;
  /** The program that gives the first credentials, and in whose section it stands: for a role it may be a source's. */
  readonly helper: { readonly profile: string; readonly command: string } | null;
  /** In the order in which they are assumed; the last one is that of the profile itself. */
  readonly roles: readonly AssumedRole[];
  /** The profile that signs in (SSO or login), which for a role is its source: the one to name in the fix. */
  readonly signIn: SignIn | null;
}

export interface SignIn {
  readonly profile: string;
  readonly command: 'aws sso login' | 'aws login';
  /** The sso-session whose token the SDK refreshes by itself, and its region; null: it is none, or of the old form. */
  readonly session: { readonly name: string; readonly region: string } | null;
}

/** @returns the command by which a person signs in, ready to paste */
export function signInCommand({ command, profile }: SignIn): string {
  return `${command} --profile ${shellWord(profile)}`;
}

/** A role as STS is asked for it. */
export interface AssumedRole {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId?: string;
  /** Seconds, where the profile says how long a session is to last. */
  readonly DurationSeconds?: number;
}

export interface PlanOptions {
  /**
   * Whether the roles of the machine (of an instance or a container) may be what a profile names as its source. Not in
   * the local server: on a cloud machine they would reach the page.
   */
  readonly machineRoles: boolean;
}

const SSO_KEYS = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name', 'sso_region'] as const;

/**
 * Follows a profile through its source profiles and names what is wrong with it, where the SDK would only say that
 * it could not load credentials.
 *
 * @throws CredentialFault ProfileMissing, ProfileBroken or MfaNeeded
 */
export function planProfile(files: ProfileFiles, profile: string, options: PlanOptions): ProfilePlan {
  const section = files.profiles.get(profile);
  if (section === undefined) throw missing(files, profile);
  return follow({ files, options }, profile, section, []);
}

interface Known {
  readonly files: ProfileFiles;
  readonly options: PlanOptions;
}

function follow(known: Known, profile: string, section: Section, visited: readonly string[]): ProfilePlan {
  if (visited.includes(profile)) throw broken(profile, `loops: ${[...visited, profile].join(' → ')}`);
  const plan: ProfilePlan = { profile, helper: null, roles: [], signIn: null };
  // A role is taken before keys, but a source profile that holds keys is used as it is: the SDK's own order.
  const isSource = visited.length > 0;
  if (isSource && holdsKeys(section)) return keys(profile, section, plan);
  // A web identity is what a role is assumed by, unless a source is named: again the SDK's order.
  const isWebIdentity =
    section.has('web_identity_token_file') && !section.has('source_profile') && !section.has('credential_source');
  if (section.has('role_arn') && !isWebIdentity) {
    return role(known, profile, section, visited, plan);
  }
  if (isSource && section.has('credential_source')) return namedSource(known, profile, section, plan);
  if (holdsKeys(section)) return keys(profile, section, plan);
  if (isWebIdentity) return { ...plan, roles: [ownRole(profile, section)] };
  const command = section.get('credential_process');
  if (command !== undefined) return { ...plan, helper: { profile, command } };
  if (SSO_KEYS.some((key) => section.has(key))) return sso(known.files, profile, section, plan);
  if (section.has('login_session')) {
    return { ...plan, signIn: { profile, command: 'aws login', session: null } };
  }
  if (section.has('aws_access_key_id') || section.has('aws_secret_access_key')) return keys(profile, section, plan);
  throw broken(profile, `does not say where its credentials come from (${WAYS.join(', ')})${slipIn(section)}`);
}

const WAYS = ['aws_access_key_id', 'sso_session', 'role_arn', 'credential_process', 'login_session'] as const;

/** What the SDK makes of two slips of the pen, so that a key that stands in the file is not looked for in vain. */
function slipIn(section: Section): string {
  const names = [...section.keys()];
  const cased = names.find((name) => WAYS.some((way) => name !== way && name.toLowerCase() === way));
  if (cased !== undefined) return `; its key ${cased} is read in lower case only`;
  const below = names.map((name) => /\.(.+)$/.exec(name)?.[1]).find((name) => WAYS.some((way) => way === name));
  return below === undefined
    ? ''
    : `; its key ${below} stands indented below a key without a value, and so is a part of that`;
}

/** Whether a section says anything of credentials, rightly or wrongly. */
export function namesAWay(section: Section): boolean {
  const ways: readonly string[] = [...WAYS, ...SSO_KEYS, 'aws_secret_access_key', 'web_identity_token_file'];
  return ways.some((name) => section.has(name));
}

function holdsKeys(section: Section): boolean {
  return section.has('aws_access_key_id') && section.has('aws_secret_access_key');
}

function role(
  known: Known,
  profile: string,
  section: Section,
  visited: readonly string[],
  start: ProfilePlan,
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
      `Profile ${profile} asks for an MFA code, which cannot be entered here. ` +
        'Use a profile without mfa_serial, for example one of AWS SSO.',
      `aws configure sso --profile ${shellWord(profile)}-sso`,
    );
  }
  if (source === undefined) return { ...namedSource(known, profile, section, start), roles: [own] };
  if (source === profile) {
    // A role profile may name itself when it holds keys as well.
    if (!holdsKeys(section)) throw broken(profile, `loops: ${profile} → ${profile}`);
    return { ...keys(profile, section, start), roles: [own] };
  }
  const next = known.files.profiles.get(source);
  if (next === undefined) throw broken(profile, `names the source_profile ${source}, which does not exist`);
  const { signIn, helper, roles } = follow(known, source, next, [...visited, profile]);
  return { ...start, roles: [...roles, own], signIn, helper };
}

function ownRole(profile: string, section: Section): AssumedRole {
  const roleArn = section.get('role_arn');
  if (roleArn === undefined) throw broken(profile, 'has no role_arn');
  if (!isRoleArn(roleArn)) throw broken(profile, 'has a role_arn that is not a role');
  const externalId = section.get('external_id');
  const seconds = Number.parseInt(section.get('duration_seconds') ?? '', 10);
  return {
    RoleArn: roleArn,
    RoleSessionName: section.get('role_session_name') ?? 'release-matrix',
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
    ...(Number.isNaN(seconds) ? {} : { DurationSeconds: seconds }),
  };
}

/** What a credential_source may say; the SDK knows no other. */
const MACHINE_ROLES: readonly string[] = ['EcsContainer', 'Ec2InstanceMetadata'];

function namedSource({ options }: Known, profile: string, section: Section, start: ProfilePlan): ProfilePlan {
  const source = section.get('credential_source') ?? '';
  const taken = ['Environment', ...(options.machineRoles ? MACHINE_ROLES : [])];
  if (!taken.includes(source)) {
    const only = taken.length === 1 ? 'only Environment is' : `${taken.join(', ')} are`;
    throw broken(profile, `has the credential_source ${source}; ${only} used here`);
  }
  return start;
}

function keys(profile: string, section: Section, start: ProfilePlan): ProfilePlan {
  for (const name of ['aws_access_key_id', 'aws_secret_access_key'] as const) {
    const value = section.get(name) ?? '';
    if (value === '') throw broken(profile, `has no ${name}`);
    if (/\s/.test(value)) throw broken(profile, `has white space in its ${name}`);
  }
  return start;
}

function sso(files: ProfileFiles, profile: string, section: Section, start: ProfilePlan): ProfilePlan {
  const named = section.get('sso_session');
  const session = named === undefined ? section : files.ssoSessions.get(named);
  if (session === undefined) throw broken(profile, `names the sso-session ${named}, which does not exist`);
  const absent = [
    ...['sso_start_url', 'sso_region'].filter((key) => !session.has(key)),
    ...['sso_account_id', 'sso_role_name'].filter((key) => !section.has(key)),
  ];
  if (absent.length > 0) throw broken(profile, `has no ${absent.join(', ')}`);
  const region = session.get('sso_region') ?? '';
  const refreshed = named === undefined ? null : { name: named, region };
  return { ...start, signIn: { profile, command: 'aws sso login', session: refreshed } };
}

function missing(files: ProfileFiles, profile: string): CredentialFault {
  const names = [...files.profiles.keys()].sort();
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? `, and ${names.length - 20} more` : '');
  const reasons = [
    nearHeading(files, profile),
    ...files.absent.map(({ variable, path }) => `${variable} names ${path}, which does not exist.`),
    names.length === 0 ? 'They have no profiles.' : `Found: ${shown}.`,
  ];
  return new CredentialFault(
    'ProfileMissing',
    ['There is no profile', profile, 'in the AWS config files.', ...reasons].filter(Boolean).join(' '),
    names.length === 0 ? `aws configure sso --profile ${shellWord(profile)}` : 'aws configure list-profiles',
  );
}

/** Names that the SDK takes in a heading of the config file. */
const HEADING_NAME = /^[\w@+.%:/-]+$/;

/** @returns a sentence on a heading that was to be this profile's and that the SDK reads as something else; or '' */
function nearHeading({ headings }: ProfileFiles, profile: string): string {
  for (const { file, text, alone } of headings) {
    const name = text
      .trim()
      .replace(/^profile\s+/i, '')
      .replace(/^(["'])(.*)\1$/, '$2')
      .trim();
    if (name.toLowerCase() !== profile.toLowerCase()) continue;
    if (name !== profile) return `The ${file} file has a profile ${name}: capitals count.`;
    if (file === 'config' && !HEADING_NAME.test(name)) {
      return 'The config file has one of that name, which the SDK does not read: letters, digits and -_@+.%:/ are taken.';
    }
    const right = file === 'config' && profile !== 'default' ? `profile ${profile}` : profile;
    return alone && text === right
      ? `The ${file} file has its heading, and no key with a value below it.`
      : `The ${file} file has it under a heading of another form: it must be [${right}], alone on its line.`;
  }
  return '';
}

function broken(profile: string, what: string): CredentialFault {
  return new CredentialFault(
    'ProfileBroken',
    `Profile ${profile} ${what}.`,
    `aws configure list --profile ${shellWord(profile)}`,
  );
}
