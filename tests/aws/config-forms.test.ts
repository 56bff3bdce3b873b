import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromIni } from '@aws-sdk/credential-providers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CredentialFault, type CredentialFaultCode } from '../../src/aws/credential-fault.ts';
import type { Identity } from '../../src/aws/credential-helper.ts';
import { settleProfilePaths } from '../../src/aws/profile-files.ts';
import { profileIdentity } from '../../src/aws/resolve-profile.ts';
import { startSso } from './sso-stub.ts';

// Forms of AWS config files as people write them. For each ours gives what the SDK's own `fromIni` gives, or a fault that
// names what is wrong with it.

const KEYS = 'aws_access_key_id = AKIAFORM000000000001\naws_secret_access_key = form-secret';
const OTHER = 'aws_access_key_id = AKIAFORM000000000002\naws_secret_access_key = other-secret';
const ROLE = 'arn:aws:iam::210987654321:role/release';
const FIRST = 'arn:aws:iam::210987654321:role/first';
const SSO_SESSION = '[sso-session s]\nsso_start_url = https://example.invalid/start\nsso_region = eu-central-1\n';
const SSO = `[profile x]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = Reader\n${SSO_SESSION}`;
const LEGACY_SSO =
  'sso_start_url = https://example.invalid/start\nsso_region = eu-central-1\nsso_account_id = 123456789012\nsso_role_name = Reader\n';
const HELPED = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAHELPED', SecretAccessKey: 's', SessionToken: 't' });
const HELPER = `credential_process = echo '${HELPED}'`;
const indented = (text: string, by: string) => text.replace(/^(?=\w)/gm, by);

const home = mkdtempSync(join(tmpdir(), 'release-matrix-forms-'));
const TOKEN_FILE = join(home, 'web-identity-token');
const before = { ...process.env };
let sso: Awaited<ReturnType<typeof startSso>>;

beforeAll(async () => {
  sso = await startSso();
  writeFileSync(TOKEN_FILE, 'web-identity');
});
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  for (const name of ['.aws', 'elsewhere']) rmSync(join(home, name), { recursive: true, force: true });
  // As `aws sso login` writes it, for the session and for the old form's start address.
  for (const signedIn of ['s', 'https://example.invalid/start']) {
    const name = createHash('sha1').update(signedIn).digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    write(`.aws/sso/cache/${name}.json`, JSON.stringify({ accessToken: 'signed-in', expiresAt }));
  }
});
afterAll(async () => {
  await sso.close();
  rmSync(home, { recursive: true, force: true });
  process.env = before;
});

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), content);
}

interface Form {
  readonly config?: string | Buffer;
  readonly credentials?: string;
  /** Other files, by their path in the home folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly profile?: string;
}

/** What there is to be had: the credentials, and the roles that were assumed on the way to them. */
interface Given {
  readonly keys: string;
  readonly roles: readonly unknown[];
}

type Outcome = { readonly given: Given } | { readonly fault: unknown };

/** Notes each role in place of STS, whose session is called after it. */
function assumers() {
  const roles: unknown[] = [];
  const session = (arn = ''): Identity => ({ accessKeyId: `ASIA ${arn}`, secretAccessKey: 's', sessionToken: 't' });
  return {
    roles,
    assume: async (source: Identity, role: { RoleArn?: string | undefined; ExternalId?: string | undefined }) => {
      roles.push([source.accessKeyId, role.RoleArn, role.ExternalId]);
      return session(role.RoleArn);
    },
    assumeByToken: async (role: { RoleArn?: string | undefined; WebIdentityToken?: string | undefined }) => {
      roles.push([role.WebIdentityToken, role.RoleArn]);
      return session(role.RoleArn);
    },
  };
}

async function outcome(roles: readonly unknown[], resolve: () => Promise<Identity>): Promise<Outcome> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await resolve();
    return { given: { keys: `${accessKeyId} ${secretAccessKey} ${sessionToken ?? '-'}`, roles } };
  } catch (fault) {
    return { fault };
  }
}

async function both(form: Form): Promise<{ sdk: Outcome; ours: Outcome }> {
  if (form.config !== undefined) write('.aws/config', form.config);
  if (form.credentials !== undefined) write('.aws/credentials', form.credentials);
  for (const [path, text] of Object.entries(form.files ?? {})) write(path, text);
  Object.assign(process.env, { HOME: home, AWS_ENDPOINT_URL_SSO: sso.endpoint, ...form.env });
  const profile = form.profile ?? 'x';
  const theirs = assumers();
  const sdk = await outcome(theirs.roles, () =>
    fromIni({
      profile,
      ignoreCache: true,
      roleAssumer: theirs.assume,
      roleAssumerWithWebIdentity: theirs.assumeByToken,
    })(),
  );
  const own = assumers();
  const env = { ...process.env };
  settleProfilePaths(process.env);
  const ours = await outcome(own.roles, () =>
    profileIdentity(profile, env, { region: 'eu-central-1', limitMs: 5_000, machineRoles: false, assumers: own }),
  );
  return { sdk, ours };
}

/** What both give, by the beginning of the key id. */
const SAME: readonly (readonly [string, Form, string])[] = [
  ['plain keys', { config: `[profile x]\n${KEYS}` }, 'AKIAFORM000000000001'],
  ['N3 keys indented by spaces', { config: `[profile x]\n${indented(KEYS, '  ')}` }, 'AKIAFORM000000000001'],
  ['N3 keys indented by a tab', { config: `[profile x]\n${indented(KEYS, '\t')}` }, 'AKIAFORM000000000001'],
  ['N3 a sign-in, indented', { config: indented(SSO, '    ') }, 'ASIASTUB'],
  ['N3 a helper, indented', { config: `[profile x]\n  ${HELPER}` }, 'ASIAHELPED'],
  [
    'N3 a role, indented',
    { config: indented(`[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\n${KEYS}`, '  ') },
    `ASIA ${ROLE}`,
  ],
  ['an indented heading', { config: `  [profile x]\n${KEYS}` }, 'AKIAFORM000000000001'],
  ['no blanks around the equals sign', { config: `[profile x]\n${KEYS.replaceAll(' = ', '=')}` }, 'AKIAFORM'],
  ['tabs around the equals sign', { config: `[profile x]\n${KEYS.replaceAll(' = ', '\t=\t')}` }, 'AKIAFORM'],
  ['carriage returns', { config: `[profile x]\r\n${KEYS.replaceAll('\n', '\r\n')}\r\n` }, 'AKIAFORM'],
  ['a byte order mark', { config: `\uFEFF[profile x]\n${KEYS}` }, 'AKIAFORM'],
  ['blank lines between the keys', { config: `[profile x]\n\n${KEYS.replaceAll('\n', '\n\n')}\n\n` }, 'AKIAFORM'],
  ['comments on lines of their own', { config: `# mine\n[profile x]\n; old\n# new\n${KEYS}` }, 'AKIAFORM'],
  ['comments behind values', { config: `[profile x] ; mine\n${KEYS.replaceAll(/$/gm, ' # mine')}` }, 'AKIAFORM'],
  ['no line feed at the end', { config: `[profile x]\n${KEYS}` }, 'AKIAFORM'],
  ['a name in double quotes', { config: `[profile "x"]\n${KEYS}` }, 'AKIAFORM'],
  ['a name in single quotes', { config: `[profile 'x']\n${KEYS}` }, 'AKIAFORM'],
  ['two parts of one profile', { config: `[profile x]\n${KEYS.replace('\n', '\n\n[profile x]\n')}` }, 'AKIAFORM'],
  ['a key twice: the later counts', { config: `[profile x]\n${OTHER}\n${KEYS}` }, 'AKIAFORM000000000001'],
  ['keys nobody knows', { config: `[profile x]\ncli_pager =\noutput = json\n${KEYS}` }, 'AKIAFORM'],
  ['nested settings above', { config: `[profile x]\ns3 =\n  max_queue_size = 10\n${KEYS}` }, 'AKIAFORM'],
  ['nested settings below', { config: `[profile x]\n${KEYS}\ns3 =\n  max_queue_size = 10\n` }, 'AKIAFORM'],
  [
    'a services section',
    { config: `[services v]\ns3 =\n  endpoint_url = https://s\n[profile x]\n${KEYS}` },
    'AKIAFORM',
  ],
  ['[default] by its name', { config: `[default]\n${KEYS}`, profile: 'default' }, 'AKIAFORM'],
  ['[profile default]', { config: `[profile default]\n${KEYS}`, profile: 'default' }, 'AKIAFORM'],
  ['the credentials file', { credentials: `[x]\n${KEYS}` }, 'AKIAFORM'],
  ['the credentials file, indented', { credentials: `[x]\n${indented(KEYS, '  ')}` }, 'AKIAFORM'],
  [
    'the credentials file goes first',
    { config: `[profile x]\n${OTHER}`, credentials: `[x]\n${KEYS}` },
    'AKIAFORM000000000001',
  ],
  ['a region here, keys there', { config: '[profile x]\nregion = eu-west-1', credentials: `[x]\n${KEYS}` }, 'AKIAFORM'],
  ['a session token', { config: `[profile x]\n${KEYS}\naws_session_token = t=t/t+t` }, 'AKIAFORM'],
  ['a secret with an equals sign and a hash', { config: `[profile x]\n${KEYS}=a#b` }, 'AKIAFORM'],
  ['a name with slash, at, plus and dot', { config: `[profile a/b@c+d.e]\n${KEYS}`, profile: 'a/b@c+d.e' }, 'AKIAFORM'],
  ['a name in the credentials file with an equals sign', { credentials: `[a=b]\n${KEYS}`, profile: 'a=b' }, 'AKIAFORM'],
  [
    'a role with an external id',
    { config: `[profile x]\nrole_arn = ${ROLE}\nexternal_id = e\nsource_profile = b\n[profile b]\n${KEYS}` },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by a role',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = m\n[profile m]\nrole_arn = ${FIRST}\nsource_profile = b\n[profile b]\n${KEYS}`,
    },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by the keys of the credentials file',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b`, credentials: `[b]\n${KEYS}` },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by its own keys',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = x\n${KEYS}` },
    `ASIA ${ROLE}`,
  ],
  [
    'a source that has a role and keys: its keys',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\nrole_arn = ${FIRST}\nsource_profile = c\n${KEYS}\n[profile c]\n${OTHER}`,
    },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by the environment',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\ncredential_source = Environment`,
      env: { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' },
    },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by a source that is the environment',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\ncredential_source = Environment`,
      env: { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' },
    },
    `ASIA ${ROLE}`,
  ],
  [
    'a web identity',
    { config: `[profile x]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${TOKEN_FILE}` },
    `ASIA ${ROLE}`,
  ],
  [
    'a role by a web identity',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\nrole_arn = ${FIRST}\nweb_identity_token_file = ${TOKEN_FILE}`,
    },
    `ASIA ${ROLE}`,
  ],
  [
    'a web identity and keys: the keys',
    { config: `[profile x]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${TOKEN_FILE}\n${KEYS}` },
    'AKIAFORM',
  ],
  ['a helper', { config: `[profile x]\n${HELPER}` }, 'ASIAHELPED'],
  ['a helper in the credentials file', { credentials: `[x]\n${HELPER}` }, 'ASIAHELPED'],
  [
    'a helper beside a key id without secret',
    { config: `[profile x]\naws_access_key_id = A\n${HELPER}` },
    'ASIAHELPED',
  ],
  [
    'a helper beside a sign-in: the helper',
    { config: SSO.replace('[profile x]', `[profile x]\n${HELPER}`) },
    'ASIAHELPED',
  ],
  [
    'a role by a helper',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\n${HELPER}` },
    `ASIA ${ROLE}`,
  ],
  ['a sign-in', { config: SSO }, 'ASIASTUB'],
  ['a sign-in whose session stands above it', { config: `${SSO_SESSION}${SSO.replace(SSO_SESSION, '')}` }, 'ASIASTUB'],
  ['a sign-in whose session is quoted', { config: SSO.replace('[sso-session s]', '[sso-session "s"]') }, 'ASIASTUB'],
  [
    'a sign-in with addresses of its own besides',
    { config: SSO.replace('sso_session', 'sso_start_url = https://old.invalid\nsso_session') },
    'ASIASTUB',
  ],
  ['a sign-in of the old form', { config: `[profile x]\n${LEGACY_SSO}` }, 'ASIASTUB'],
  [
    'a role by a sign-in',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n${SSO.replace('profile x', 'profile b')}` },
    `ASIA ${ROLE}`,
  ],
  [
    'empty variables',
    { config: `[profile x]\n${KEYS}`, env: { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' } },
    'AKIAFORM',
  ],
  [
    'another config file',
    { files: { 'elsewhere/cfg': `[profile x]\n${KEYS}` }, env: { AWS_CONFIG_FILE: join(home, 'elsewhere/cfg') } },
    'AKIAFORM',
  ],
  [
    'N4 ~/ in AWS_CONFIG_FILE',
    { files: { 'elsewhere/cfg': `[profile x]\n${KEYS}` }, env: { AWS_CONFIG_FILE: '~/elsewhere/cfg' } },
    'AKIAFORM',
  ],
  [
    'N4 ~/ in AWS_SHARED_CREDENTIALS_FILE',
    { files: { 'elsewhere/keys': `[x]\n${KEYS}` }, env: { AWS_SHARED_CREDENTIALS_FILE: '~/elsewhere/keys' } },
    'AKIAFORM',
  ],
  ['a line that is none', { config: `[profile x]\nnonsense\n= nothing\n${KEYS}` }, 'AKIAFORM'],
  [
    'a section of another tool',
    { config: `[preview]\ncloudsearch = true\n[plugins]\nx = y\n[profile x]\n${KEYS}` },
    'AKIAFORM',
  ],
];

/** What ours names as wrong; `sdk`: whether the SDK gives something all the same. */
const WRONG: readonly (readonly [string, Form, 'sdk gives' | 'sdk fails', CredentialFaultCode, RegExp])[] = [
  ['no file', {}, 'sdk fails', 'ProfileMissing', /They have no profiles/],
  ['an empty file', { config: '' }, 'sdk fails', 'ProfileMissing', /They have no profiles/],
  ['another profile', { config: `[profile y]\n${KEYS}` }, 'sdk fails', 'ProfileMissing', /Found: y\./],
  ['[x] in the config file', { config: `[x]\n${KEYS}` }, 'sdk fails', 'ProfileMissing', /must be \[profile x\]/],
  [
    '[profile x] in the credentials file',
    { credentials: `[profile x]\n${KEYS}` },
    'sdk fails',
    'ProfileMissing',
    /credentials file .* must be \[x\]/,
  ],
  [
    'blanks within the brackets',
    { config: `[ profile x ]\n${KEYS}` },
    'sdk fails',
    'ProfileMissing',
    /must be \[profile x\]/,
  ],
  [
    'two blanks in the heading',
    { config: `[profile  x]\n${KEYS}` },
    'sdk fails',
    'ProfileMissing',
    /must be \[profile x\]/,
  ],
  ['[Profile x]', { config: `[Profile x]\n${KEYS}` }, 'sdk fails', 'ProfileMissing', /must be \[profile x\]/],
  ['no closing bracket', { config: `[profile x\n${KEYS}` }, 'sdk fails', 'ProfileMissing', /must be \[profile x\]/],
  [
    'a comment without a blank',
    { config: `[profile x]# mine\n${KEYS}` },
    'sdk fails',
    'ProfileMissing',
    /must be \[profile x\], alone on its line/,
  ],
  [
    'other capitals',
    { config: `[profile X]\n${KEYS}` },
    'sdk fails',
    'ProfileMissing',
    /has a profile X: capitals count/,
  ],
  [
    'a name with an equals sign',
    { config: `[profile a=b]\n${KEYS}`, profile: 'a=b' },
    'sdk fails',
    'ProfileMissing',
    /does not read/,
  ],
  [
    'a config file that is not there',
    { env: { AWS_CONFIG_FILE: '/nowhere/cfg' } },
    'sdk fails',
    'ProfileMissing',
    /AWS_CONFIG_FILE names \/nowhere\/cfg/,
  ],
  [
    'UTF-16',
    { config: Buffer.from(`\uFEFF[profile x]\n${KEYS}`, 'utf16le') },
    'sdk fails',
    'ProfileBroken',
    /config is not UTF-8 text/,
  ],
  [
    'a section __proto__',
    { config: `[profile x]\n${KEYS}\n[profile __proto__]\n` },
    'sdk fails',
    'ProfileBroken',
    /__proto__/,
  ],
  [
    'no way to credentials',
    { config: '[profile x]\nregion = eu-west-1' },
    'sdk fails',
    'ProfileBroken',
    /does not say where its credentials come from/,
  ],
  [
    'keys in capitals',
    { config: `[profile x]\n${KEYS.replaceAll('aws_', 'AWS_')}` },
    'sdk fails',
    'ProfileBroken',
    /AWS_access_key_id is read in lower case only/,
  ],
  [
    'keys below an empty one',
    { config: `[profile x]\n  region =\n${indented(KEYS, '  ')}` },
    'sdk fails',
    'ProfileBroken',
    /aws_access_key_id stands indented below a key without a value/,
  ],
  [
    'a key id without secret',
    { config: '[profile x]\naws_access_key_id = A' },
    'sdk fails',
    'ProfileBroken',
    /no aws_secret_access_key/,
  ],
  [
    'an empty secret',
    { config: '[profile x]\naws_access_key_id = A\naws_secret_access_key =' },
    'sdk fails',
    'ProfileBroken',
    /no aws_secret_access_key/,
  ],
  [
    'an empty helper',
    { config: '[profile x]\ncredential_process =' },
    'sdk fails',
    'ProfileMissing',
    /no key with a value below it/,
  ],
  [
    'a blank in a key',
    { config: '[profile x]\naws_access_key_id = A B\naws_secret_access_key = s' },
    'sdk gives',
    'ProfileBroken',
    /white space in its aws_access_key_id/,
  ],
  [
    'a role without source, beside keys',
    { config: `[profile x]\nrole_arn = ${ROLE}\n${KEYS}` },
    'sdk gives',
    'ProfileBroken',
    /either source_profile or credential_source/,
  ],
  [
    'a role with both sources',
    {
      config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\ncredential_source = Environment\n[profile b]\n${KEYS}`,
    },
    'sdk fails',
    'ProfileBroken',
    /either source_profile or credential_source/,
  ],
  [
    'a role by a profile that is not there',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b` },
    'sdk fails',
    'ProfileBroken',
    /source_profile b, which does not exist/,
  ],
  [
    'a role by itself',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = x` },
    'sdk fails',
    'ProfileBroken',
    /loops: x → x/,
  ],
  [
    'a role by the environment, which has none',
    { config: `[profile x]\nrole_arn = ${ROLE}\ncredential_source = Environment` },
    'sdk fails',
    'ProfileBroken',
    /the environment, which has no AWS_ACCESS_KEY_ID/,
  ],
  [
    'a role by a source nobody knows',
    { config: `[profile x]\nrole_arn = ${ROLE}\ncredential_source = Moon` },
    'sdk fails',
    'ProfileBroken',
    /credential_source Moon/,
  ],
  [
    'a second factor',
    { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\nmfa_serial = m\n[profile b]\n${KEYS}` },
    'sdk fails',
    'MfaNeeded',
    /MFA code/,
  ],
  [
    'a sign-in without its session',
    { config: SSO.replace('[sso-session s]', '[sso-session t]') },
    'sdk fails',
    'ProfileBroken',
    /sso-session s, which does not exist/,
  ],
  [
    'a sign-in without a role',
    { config: SSO.replace(/sso_role_name.*\n/, '') },
    'sdk fails',
    'ProfileBroken',
    /no sso_role_name/,
  ],
  [
    'an sso-session in the credentials file',
    { config: SSO.replace(SSO_SESSION, ''), credentials: SSO_SESSION },
    'sdk fails',
    'ProfileBroken',
    /sso-session s, which does not exist/,
  ],
  [
    'a helper that fails',
    { config: '[profile x]\ncredential_process = exit 3' },
    'sdk fails',
    'HelperFailed',
    /exit code 3/,
  ],
  [
    'a login that was never made',
    { config: '[profile x]\nlogin_session = arn:aws:iam::123456789012:user/me' },
    'sdk fails',
    'SsoExpired',
    /was never made/,
  ],
];

test.each(SAME)('%s: as the SDK', async (_, form, keyId) => {
  const { sdk, ours } = await both(form);
  expect(ours).toEqual(sdk);
  expect(sdk).toMatchObject({ given: { keys: expect.stringMatching(new RegExp(`^${keyId}`)) } });
});

test.each(WRONG)('%s: named', async (_, form, theirs, code, words) => {
  const { sdk, ours } = await both(form);
  expect('given' in sdk ? 'sdk gives' : 'sdk fails').toBe(theirs);
  const fault = 'fault' in ours && ours.fault instanceof CredentialFault ? ours.fault.toError() : ours;
  expect(fault).toMatchObject({ Code: code, Message: expect.stringMatching(words) });
  expect(JSON.stringify(fault)).not.toMatch(/form-secret|AKIAFORM/);
});

test('there are sixty forms and more', () => {
  expect(SAME.length).toBeGreaterThanOrEqual(60);
});

test('N4 ~/ for a sign-in: the SDK looks for its session under the path as it is written, the AWS CLI and ours do not', async () => {
  const { ours } = await both({ files: { 'elsewhere/cfg': SSO }, env: { AWS_CONFIG_FILE: '~/elsewhere/cfg' } });
  expect(ours).toMatchObject({ given: { keys: expect.stringMatching(/^ASIASTUB/) } });
});
