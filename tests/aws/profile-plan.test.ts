import { describe, expect, test } from 'vitest';
import { CredentialFault } from '../../src/aws/credential-fault.ts';
import type { Heading, ProfileFiles } from '../../src/aws/profile-files.ts';
import { namesAWay, type ProfilePlan, planProfile } from '../../src/aws/profile-plan.ts';

// What a profile's section leads to, and what is wrong with one that leads nowhere: the whole plan, the whole fault.

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;
interface Said {
  readonly ssoSessions?: Sections;
  readonly headings?: readonly Heading[];
  readonly absent?: ProfileFiles['absent'];
  readonly machineRoles?: boolean;
}

const mapsOf = (sections: Sections) =>
  new Map(Object.entries(sections).map(([name, section]) => [name, new Map(Object.entries(section))]));

function plan(profiles: Sections, said: Said = {}, profile = 'x'): ProfilePlan {
  const { ssoSessions = {}, headings = [], absent = [], machineRoles = false } = said;
  const services = new Map();
  const files = { profiles: mapsOf(profiles), ssoSessions: mapsOf(ssoSessions), services, headings, absent };
  return planProfile(files, profile, { machineRoles });
}

function fault(profiles: Sections, said?: Said, profile?: string) {
  try {
    plan(profiles, said, profile);
  } catch (error) {
    if (error instanceof CredentialFault) return [error.code, error.message, error.fix];
    throw error;
  }
  throw new Error('There is nothing wrong with it.');
}

const KEYS = { aws_access_key_id: 'AKIA', aws_secret_access_key: 's' };
const ARN = 'arn:aws:iam::123456789012:role/release';
const ROLE = { RoleArn: ARN, RoleSessionName: 'release-matrix' };
const SSO_PLACE = { sso_start_url: 'https://e.invalid', sso_region: 'eu-west-1' };
const SSO_ROLE = { sso_account_id: '123456789012', sso_role_name: 'Reader' };
const NONE = { helper: null, roles: [], signIn: null };

describe('the way that a profile leads', () => {
  const helper = (profile: string) => ({ profile, command: 'run' });
  const signIn = { profile: 'x', command: 'aws sso login', session: { name: 's', region: 'eu-west-1' } };

  test.each<[string, Sections, Partial<ProfilePlan>, Said?]>([
    ['keys', { x: KEYS }, {}],
    ['a helper', { x: { credential_process: 'run' } }, { helper: helper('x') }],
    ['keys before a helper', { x: { ...KEYS, credential_process: 'run' } }, {}],
    [
      'SSO by a session',
      { x: { sso_session: 's', ...SSO_ROLE } },
      { signIn } as Partial<ProfilePlan>,
      { ssoSessions: { s: SSO_PLACE } },
    ],
    [
      'SSO of the old form, which nothing renews',
      { x: { ...SSO_PLACE, ...SSO_ROLE } },
      { signIn: { profile: 'x', command: 'aws sso login', session: null } },
    ],
    ['a login', { x: { login_session: 'me' } }, { signIn: { profile: 'x', command: 'aws login', session: null } }],
    [
      'a helper before SSO and a login',
      { x: { credential_process: 'run', sso_session: 's', login_session: 'me' } },
      { helper: helper('x') },
    ],
    ['a role by keys', { x: { role_arn: ARN, source_profile: 'b' }, b: KEYS }, { roles: [ROLE] }],
    ['a role by the keys beside it', { x: { role_arn: ARN, source_profile: 'x', ...KEYS } }, { roles: [ROLE] }],
    ['a role by the environment', { x: { role_arn: ARN, credential_source: 'Environment' } }, { roles: [ROLE] }],
    [
      'a role by the machine, in a job of CI',
      { x: { role_arn: ARN, credential_source: 'Ec2InstanceMetadata' } },
      { roles: [ROLE] },
      { machineRoles: true },
    ],
    [
      'a role by the container, in a job of CI',
      { x: { role_arn: ARN, credential_source: 'EcsContainer' } },
      { roles: [ROLE] },
      { machineRoles: true },
    ],
    [
      'a role with all that may be said of it',
      {
        x: {
          role_arn: ARN,
          source_profile: 'b',
          external_id: 'e',
          role_session_name: 'me',
          duration_seconds: '3600',
        },
        b: KEYS,
      },
      {
        roles: [{ RoleArn: ARN, RoleSessionName: 'me', ExternalId: 'e', DurationSeconds: 3600 }],
      },
    ],
    [
      'a role by a helper of its source',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { credential_process: 'run' } },
      { roles: [ROLE], helper: helper('b') },
    ],
    [
      'a role by the sign-in of its source',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { login_session: 'me' } },
      { roles: [ROLE], signIn: { profile: 'b', command: 'aws login', session: null } },
    ],
    [
      'roles one after the other',
      {
        x: { role_arn: ARN, source_profile: 'm' },
        m: { role_arn: `${ARN}-m`, source_profile: 'b' },
        b: { credential_source: 'Environment' },
      },
      { roles: [{ ...ROLE, RoleArn: `${ARN}-m` }, ROLE] },
    ],
    [
      'a source that has keys as well as a role: its keys',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { ...KEYS, role_arn: `${ARN}-b`, source_profile: 'x' } },
      { roles: [ROLE] },
    ],
    ['a web identity', { x: { role_arn: ARN, web_identity_token_file: '/t' } }, { roles: [ROLE] }],
    [
      'a web identity beside a source: the source',
      {
        x: { role_arn: ARN, web_identity_token_file: '/t', source_profile: 'b' },
        b: { credential_process: 'run' },
      },
      { roles: [ROLE], helper: helper('b') },
    ],
    [
      'a web identity beside a named source: that one',
      { x: { role_arn: ARN, web_identity_token_file: '/t', credential_source: 'Environment' } },
      { roles: [ROLE] },
    ],
    [
      'a role by a web identity',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { role_arn: `${ARN}-b`, web_identity_token_file: '/t' } },
      { roles: [{ ...ROLE, RoleArn: `${ARN}-b` }, ROLE] },
    ],
  ])('%s', (_, profiles, expected, said) => {
    expect(plan(profiles, said)).toEqual({ profile: 'x', ...NONE, ...expected });
  });

  test.each([
    ['arn:aws-cn:iam::123456789012:role/a', true],
    ['arn:aws-us-gov:iam::123456789012:role/path/a+=,.@-_', true],
    ['arn:aws:iam::123456789012:role/', false],
    ['arn:aws:iam::12345678901:role/a', false],
    ['arn:aws:iam::1234567890123:role/a', false],
    ['arn:aws:iam::123456789012:user/a', false],
    ['arn:aws:sts::123456789012:role/a', false],
    ['arn:azure:iam::123456789012:role/a', false],
    ['arn:aws-X_1:iam::123456789012:role/a', false],
    [`arn:aws:iam::123456789012:role/${'a'.repeat(577)}`, false],
    ['x arn:aws:iam::123456789012:role/a', false],
    ['arn:aws:iam::123456789012:role/a b', false],
    ['arn:aws:iam::123456789012:role/a*', false],
  ])('%s is a role: %s', (arn, is) => {
    const profiles = { x: { role_arn: arn, source_profile: 'b' }, b: KEYS };
    if (is) expect(plan(profiles).roles).toEqual([{ ...ROLE, RoleArn: arn }]);
    else expect(fault(profiles)[1]).toBe('Profile x has a role_arn that is not a role.');
  });
});

describe('what is wrong with a profile', () => {
  const LIST = 'aws configure list --profile x';
  const broken = (what: string) => ['ProfileBroken', `Profile x ${what}.`, LIST];
  const NO_WAY =
    'does not say where its credentials come from (aws_access_key_id, sso_session, role_arn, credential_process, login_session)';

  test.each<[string, Sections, readonly unknown[], Said?]>([
    ['nothing in it', { x: { region: 'r' } }, broken(NO_WAY)],
    [
      'its key in capitals',
      { x: { region: 'r', AWS_Access_Key_Id: 'A' } },
      broken(`${NO_WAY}; its key AWS_Access_Key_Id is read in lower case only`),
    ],
    [
      'its key below another',
      { x: { 's3.role_arn': 'A' } },
      broken(`${NO_WAY}; its key role_arn stands indented below a key without a value, and so is a part of that`),
    ],
    ['another key below another', { x: { 's3.max_size': 'A' } }, broken(NO_WAY)],
    ['no secret', { x: { aws_access_key_id: 'A' } }, broken('has no aws_secret_access_key')],
    ['no key id', { x: { aws_secret_access_key: 'A' } }, broken('has no aws_access_key_id')],
    ['an empty key id', { x: { ...KEYS, aws_access_key_id: '' } }, broken('has no aws_access_key_id')],
    ['an empty secret', { x: { ...KEYS, aws_secret_access_key: '' } }, broken('has no aws_secret_access_key')],
    [
      'white space in the secret',
      { x: { ...KEYS, aws_secret_access_key: 'a b' } },
      broken('has white space in its aws_secret_access_key'),
    ],
    [
      'white space in the key id',
      { x: { ...KEYS, aws_access_key_id: 'a\tb' } },
      broken('has white space in its aws_access_key_id'),
    ],
    [
      'a role without a source',
      { x: { role_arn: ARN } },
      broken('must have either source_profile or credential_source beside its role_arn'),
    ],
    [
      'a role with two',
      { x: { role_arn: ARN, source_profile: 'b', credential_source: 'Environment' }, b: KEYS },
      broken('must have either source_profile or credential_source beside its role_arn'),
    ],
    [
      'a source that is not there',
      { x: { role_arn: ARN, source_profile: 'b' } },
      broken('names the source_profile b, which does not exist'),
    ],
    ['a role of itself without keys', { x: { role_arn: ARN, source_profile: 'x' } }, broken('loops: x → x')],
    [
      'a loop',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { role_arn: ARN, source_profile: 'x' } },
      broken('loops: x → b → x'),
    ],
    [
      'a role of the machine',
      { x: { role_arn: ARN, credential_source: 'Ec2InstanceMetadata' } },
      broken('has the credential_source Ec2InstanceMetadata; only Environment is used here'),
    ],
    [
      'a role of the machine beside a web identity',
      { x: { role_arn: ARN, web_identity_token_file: '/t', credential_source: 'Ec2InstanceMetadata' } },
      broken('has the credential_source Ec2InstanceMetadata; only Environment is used here'),
    ],
    [
      'a source that nobody knows, in CI',
      { x: { role_arn: ARN, credential_source: 'Moon' } },
      broken('has the credential_source Moon; Environment, EcsContainer, Ec2InstanceMetadata are used here'),
      { machineRoles: true },
    ],
    ['a web identity without a role', { x: { web_identity_token_file: '/t' } }, broken('has no role_arn')],
    [
      'an sso-session that is not there',
      { x: { sso_session: 's', ...SSO_ROLE } },
      broken('names the sso-session s, which does not exist'),
    ],
    [
      'an sso-session without its place',
      { x: { sso_session: 's', ...SSO_ROLE } },
      broken('has no sso_start_url, sso_region'),
      { ssoSessions: { s: {} } },
    ],
    ['SSO without account and role', { x: SSO_PLACE }, broken('has no sso_account_id, sso_role_name')],
    [
      'SSO with its region alone',
      { x: { sso_region: 'r' } },
      broken('has no sso_start_url, sso_account_id, sso_role_name'),
    ],
    [
      'SSO with its role alone',
      { x: { sso_role_name: 'r' } },
      broken('has no sso_start_url, sso_region, sso_account_id'),
    ],
    [
      'SSO with its account alone',
      { x: { sso_account_id: 'r' } },
      broken('has no sso_start_url, sso_region, sso_role_name'),
    ],
    [
      'a second factor',
      { x: { role_arn: ARN, source_profile: 'b', mfa_serial: 'm' }, b: KEYS },
      [
        'MfaNeeded',
        'Profile x asks for an MFA code, which cannot be entered here. ' +
          'Use a profile without mfa_serial, for example one of AWS SSO.',
        'aws configure sso --profile x-sso',
      ],
    ],
    [
      'a source with something wrong',
      { x: { role_arn: ARN, source_profile: 'b' }, b: {} },
      ['ProfileBroken', `Profile b ${NO_WAY}.`, 'aws configure list --profile b'],
    ],
    [
      'a source that takes a source that is none',
      { x: { role_arn: ARN, source_profile: 'b' }, b: { credential_source: 'Moon' } },
      [
        'ProfileBroken',
        'Profile b has the credential_source Moon; only Environment is used here.',
        'aws configure list --profile b',
      ],
    ],
  ])('%s', (_, profiles, expected, said) => {
    expect(fault(profiles, said)).toEqual(expected);
  });
});

describe('a profile that is not there', () => {
  const names = (count: number): Sections =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${String(index).padStart(2, '0')}`, KEYS]));
  const listed = (count: number) => Object.keys(names(count)).join(', ');
  const LIST = 'aws configure list-profiles';

  test('among others: those are named, in order, twenty at most', () => {
    expect(fault({ b: KEYS, a: KEYS })).toEqual([
      'ProfileMissing',
      'There is no profile x in the AWS config files. Found: a, b.',
      LIST,
    ]);
    expect(fault(names(20))[1]).toBe(`There is no profile x in the AWS config files. Found: ${listed(20)}.`);
    expect(fault(names(22))[1]).toBe(
      `There is no profile x in the AWS config files. Found: ${listed(20)}, and 2 more.`,
    );
  });

  test('where there is none at all', () => {
    const absent = [{ variable: 'AWS_CONFIG_FILE', path: '/nowhere' }];
    expect(fault({}, { absent }, "it's")).toEqual([
      'ProfileMissing',
      "There is no profile it's in the AWS config files. AWS_CONFIG_FILE names /nowhere, which does not exist. They have no profiles.",
      `aws configure sso --profile 'it'"'"'s'`,
    ]);
  });

  const FORM = (file: string, right: string) =>
    `The ${file} file has it under a heading of another form: it must be [${right}], alone on its line.`;
  test.each<[string, Heading, string, string | null]>([
    [
      'in other capitals',
      { file: 'config', text: 'profile X', alone: true },
      'x',
      'The config file has a profile X: capitals count.',
    ],
    ['without the word', { file: 'config', text: 'x', alone: true }, 'x', FORM('config', 'profile x')],
    [
      'with the word in capitals',
      { file: 'config', text: 'PROFILE  x', alone: true },
      'x',
      FORM('config', 'profile x'),
    ],
    [
      'with the word, in the other file',
      { file: 'credentials', text: 'profile x', alone: true },
      'x',
      FORM('credentials', 'x'),
    ],
    ['in quotes', { file: 'config', text: 'profile "x"', alone: true }, 'x', FORM('config', 'profile x')],
    [
      'in single quotes, with blanks',
      { file: 'config', text: " profile  ' x ' ", alone: true },
      'x',
      FORM('config', 'profile x'),
    ],
    ['in quotes that do not match', { file: 'config', text: 'profile "x\'', alone: true }, 'x', null],
    ['in front of something', { file: 'config', text: 'profile x', alone: false }, 'x', FORM('config', 'profile x')],
    [
      'of default, with the word',
      { file: 'config', text: 'profile default', alone: true },
      'default',
      FORM('config', 'default'),
    ],
    [
      'rightly, with nothing below',
      { file: 'config', text: 'profile x', alone: true },
      'x',
      'The config file has its heading, and no key with a value below it.',
    ],
    [
      'rightly in the other file, with nothing below',
      { file: 'credentials', text: 'x', alone: true },
      'x',
      'The credentials file has its heading, and no key with a value below it.',
    ],
    [
      'with letters that the SDK does not read',
      { file: 'config', text: 'profile x y', alone: true },
      'x y',
      'The config file has one of that name, which the SDK does not read: letters, digits and -_@+.%:/ are taken.',
    ],
    [
      'with such letters in the other file, which takes them',
      { file: 'credentials', text: 'x y', alone: true },
      'x y',
      'The credentials file has its heading, and no key with a value below it.',
    ],
    ['of another', { file: 'config', text: 'profile y', alone: true }, 'x', null],
    ['of another that ends so', { file: 'config', text: 'my profile x', alone: true }, 'my x', null],
    ['of another with quotes at its end', { file: 'config', text: 'profile a"x"', alone: true }, 'ax', null],
    ['of another with quotes at its beginning', { file: 'config', text: 'profile "x"a', alone: true }, 'xa', null],
  ])('but stands in a heading, %s', (_, heading, profile, sentence) => {
    const [, message] = fault(
      { a: KEYS },
      { headings: [{ file: 'config', text: 'profile other', alone: true }, heading] },
      profile,
    );
    expect(message).toBe(
      ['There is no profile', profile, 'in the AWS config files.', sentence, 'Found: a.'].filter(Boolean).join(' '),
    );
  });
});

test.each([
  ['aws_access_key_id', true],
  ['aws_secret_access_key', true],
  ['role_arn', true],
  ['credential_process', true],
  ['login_session', true],
  ['web_identity_token_file', true],
  ['sso_session', true],
  ['sso_start_url', true],
  ['sso_account_id', true],
  ['sso_role_name', true],
  ['sso_region', true],
  ['region', false],
])('%s says something of credentials: %s', (name, says) => {
  expect(namesAWay(new Map([[name, 'v']]))).toBe(says);
});

test('a fault in the form of the local server', () => {
  const { name } = new CredentialFault('StsDenied', 'No.');
  expect(name).toBe('CredentialFault');
  expect(new CredentialFault('StsDenied', 'No.').toError()).toEqual({ Code: 'StsDenied', Message: 'No.' });
  expect(new CredentialFault('StsDenied', 'No.', 'fix').toError()).toEqual({
    Code: 'StsDenied',
    Message: 'No.',
    Fix: 'fix',
  });
});
