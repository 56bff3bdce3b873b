import { createHash, generateKeyPairSync } from 'node:crypto';
import dns from 'node:dns';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CredentialFault } from '../../src/aws/credential-fault.ts';
import type { LocalServerError, ProfileCredentials } from '../../src/contract/local-server.ts';
import { type CredentialOptions, openCredentialSource } from '../../src/devserver/credentials/credentials.ts';
import { startSso } from '../aws/sso-stub.ts';
import { STUB_ACCOUNT, STUB_SESSION, type StsStub, startSts } from '../aws/sts-stub.ts';

const KEYS = 'aws_access_key_id = AKIACANARY0000000001\naws_secret_access_key = canary-long-lived';
const SESSION_KEYS = `${KEYS.replace('AKIA', 'ASIA')}\naws_session_token = canary-session`;
const ROLE = 'arn:aws:iam::210987654321:role/release';
const READER = 'arn:aws:iam::555566667777:role/reader';
const NOBODY = 'http://127.0.0.1:9'; // the discard port: nothing listens there
const TABLE = 'ReleaseFragments';

const home = mkdtempSync(join(tmpdir(), 'release-matrix-home-'));
const before = { ...process.env };
let sts: StsStub;

beforeAll(async () => {
  sts = await startSts();
});
afterEach(() => {
  sts.calls.length = 0;
  sts.answerBy(null);
  vi.useRealTimers();
});
afterAll(async () => {
  await sts.close();
  rmSync(home, { recursive: true, force: true });
  process.env = before;
});

/** Writes a config file and asks for the credentials of profile `x`. */
function source(config: string | null, options: Partial<CredentialOptions> = {}, more: NodeJS.ProcessEnv = {}) {
  const path = join(home, 'config');
  rmSync(path, { force: true, recursive: true });
  if (config !== null) writeFileSync(path, config);
  const env = {
    HOME: home,
    AWS_CONFIG_FILE: path,
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
    AWS_ENDPOINT_URL_STS: sts.endpoint,
    AWS_ENDPOINT_URL_SSO: NOBODY,
    ...more,
  };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, env);
  return openCredentialSource({
    profile: 'x',
    region: 'eu-central-1',
    tableName: TABLE,
    tableAccount: null,
    readerRoleArn: null,
    env,
    ...options,
  });
}

/** A profile whose role is assumed by a token in a file, as CI runners and clusters have. */
function webIdentity(profile: string): string {
  const token = join(home, 'web-identity-token');
  writeFileSync(token, 'canary-web-identity');
  return `[profile ${profile}]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${token}\n`;
}

/** None is named, and there is none at home. */
const NO_CREDENTIALS_FILE = { AWS_SHARED_CREDENTIALS_FILE: '' };

async function faultOf(asked: () => Promise<ProfileCredentials>): Promise<LocalServerError> {
  try {
    await asked();
  } catch (error) {
    if (error instanceof CredentialFault) return error.toError();
    throw error;
  }
  throw new Error('Credentials were handed out.');
}

const policyOf = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ReadReleaseFragments',
      Effect: 'Allow',
      Action: ['Query', 'Scan', 'GetItem', 'BatchGetItem', 'DescribeTable'].map((name) => `dynamodb:${name}`),
      Resource: [
        `arn:aws:dynamodb:eu-central-1:${account}:table/${TABLE}`,
        `arn:aws:dynamodb:eu-central-1:${account}:table/${TABLE}/index/*`,
      ],
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
});

/** The calls that the stub saw: action, role, and whether and for which account they were narrowed. */
const seen = () =>
  sts.calls.map(({ action, parameters }) => {
    const policy = parameters.get('Policy');
    return [action, parameters.get('RoleArn'), policy === null ? null : JSON.parse(policy)];
  });

describe('the way to credentials', () => {
  test('long-lived keys are exchanged, and never reach the page', async () => {
    const given = await source(`[profile x]\n${KEYS}`)();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'session', Profile: 'x' });
    expect(JSON.stringify(given)).not.toContain('canary');
    expect(seen()).toEqual([
      ['GetCallerIdentity', null, null],
      ['GetFederationToken', null, policyOf(STUB_ACCOUNT)],
    ]);
    expect(sts.calls[1]?.parameters.get('Policy')?.length).toBeLessThanOrEqual(2048);
  });

  test('the role of a role profile is assumed with the session policy', async () => {
    const given = await source(`[profile x]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile base]\n${KEYS}`)();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'session' });
    expect(seen()).toEqual([['AssumeRole', ROLE, policyOf('210987654321')]]);
  });

  test('a role on the way to another role is not narrowed', async () => {
    const first = ROLE.replace('release', 'first');
    await source(
      `[profile x]\nrole_arn = ${ROLE}\nsource_profile = mid\n[profile mid]\nrole_arn = ${first}\nsource_profile = base\n[profile base]\n${KEYS}`,
    )();
    expect(seen()).toEqual([
      ['AssumeRole', first, null],
      ['AssumeRole', ROLE, policyOf('210987654321')],
    ]);
  });

  test('a configured reader role is assumed with the session policy', async () => {
    const given = await source(`[profile x]\n${SESSION_KEYS}`, { readerRoleArn: READER })();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'session' });
    expect(seen()).toEqual([['AssumeRole', READER, policyOf('555566667777')]]);
  });

  test('the role of a web identity is assumed with the session policy', async () => {
    const warned = vi.spyOn(console, 'warn');
    const given = await source(webIdentity('x'))();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'session' });
    expect(seen()).toEqual([['AssumeRoleWithWebIdentity', ROLE, policyOf('210987654321')]]);
    expect(sts.calls[0]?.parameters.get('WebIdentityToken')).toBe('canary-web-identity');
    expect(sts.calls[0]?.authorization).toBe('');
    expect(warned).not.toHaveBeenCalled(); // the SDK's own way to STS would, of a region that nobody chose
    warned.mockRestore();
  });

  test('the role of a web identity is not narrowed on the way to another role', async () => {
    const next = ROLE.replace('release', 'next');
    await source(`[profile x]\nrole_arn = ${next}\nsource_profile = b\n${webIdentity('b')}`)();
    await source(webIdentity('x'), { readerRoleArn: READER })();
    expect(seen()).toEqual([
      ['AssumeRoleWithWebIdentity', ROLE, null],
      ['AssumeRole', next, policyOf('210987654321')],
      ['AssumeRoleWithWebIdentity', ROLE, null],
      ['AssumeRole', READER, policyOf('555566667777')],
    ]);
  });

  test('the account of a table given by its ARN stands in the policy', async () => {
    await source(`[profile x]\n${KEYS}`, { tableAccount: '999999999999' })();
    expect(seen()[1]).toEqual(['GetFederationToken', null, policyOf('999999999999')]);
  });

  test('a session that cannot be narrowed is handed over, and said to be', async () => {
    const given = await source(`[profile x]\n${SESSION_KEYS}`)();
    expect(given).toMatchObject({ Token: 'canary-session', Scope: 'profile' });
    expect(seen()).toEqual([]);
  });

  test('and so is one of the environment', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 'canary-session' };
    const given = await source(null, { profile: null }, keys)();
    expect(given).toMatchObject({ Token: 'canary-session', Scope: 'profile', Profile: 'environment' });
    expect(seen()).toEqual([]);
  });

  test('what the section of the profile sets for its clients holds', async () => {
    await source(`[default]\nsdk_ua_app_id = others\n[profile x]\nsdk_ua_app_id = ours\n${KEYS}`)();
    expect(sts.calls.map(({ userAgent }) => /app\/(\w+)/.exec(userAgent)?.[1])).toEqual(['ours', 'ours']);
  });

  test('a helper is run', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const output = JSON.stringify({
      Version: 1,
      AccessKeyId: 'ASIAX',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: until,
    });
    const given = await source(`[profile x]\ncredential_process = echo '${output}'`)();
    expect(given).toMatchObject({ AccessKeyId: 'ASIAX', Expiration: until, Scope: 'profile' });
  });

  test('the helper of a source profile is run, and every role on the way assumed', async () => {
    const first = ROLE.replace('release', 'first');
    const output = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAX', SecretAccessKey: 's', SessionToken: 't' });
    const given = await source(
      `[profile x]\nrole_arn = ${ROLE}\nsource_profile = mid\n` +
        `[profile mid]\nrole_arn = ${first}\nexternal_id = e\nrole_session_name = n\nsource_profile = base\n` +
        `[profile base]\ncredential_process = echo '${output}'`,
    )();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'session', Profile: 'x' });
    expect(seen()).toEqual([
      ['AssumeRole', first, null],
      ['AssumeRole', ROLE, policyOf('210987654321')],
    ]);
    expect(sts.calls[0]?.authorization).toContain('Credential=ASIAX/');
    expect(sts.calls[0]?.parameters.get('ExternalId')).toBe('e');
    expect(sts.calls[0]?.parameters.get('RoleSessionName')).toBe('n');
    expect(sts.calls[1]?.parameters.get('RoleSessionName')).toMatch(/^release-matrix/);
  });

  test('F36, E16: the hanging helper of a source profile is ended, and the fixed profile serves', async () => {
    const pidFile = join(home, 'helper.pid');
    const role = `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\n`;
    const read = source(`${role}credential_process = echo $$ > '${pidFile}'; exec sleep 30`, { limitMs: 300 });
    expect(await faultOf(read)).toMatchObject({
      Code: 'HelperTimeout',
      Fix: 'aws configure get credential_process --profile b',
    });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
    writeFileSync(join(home, 'config'), `${role}${KEYS}`);
    expect(await read()).toMatchObject({ Scope: 'session' });
  });

  test('a sign-in service that takes the request and never answers keeps nothing waiting once it answers', async () => {
    sts.answerBy({ kind: 'hangs' });
    const read = source(`[profile x]\n${KEYS}`, { limitMs: 300 });
    expect(await faultOf(read)).toMatchObject({ Code: 'StsUnreachable' });
    sts.answerBy(null);
    const given = await vi.waitFor(() => read(), { timeout: 10_000, interval: 100 });
    expect(given).toMatchObject({ Scope: 'session' });
  });

  test('E5: keys of the environment are taken only when no profile is asked for', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIACANARY0000000001', AWS_SECRET_ACCESS_KEY: 'canary-long-lived' };
    const given = await source(null, { profile: null }, keys)();
    expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Profile: 'environment', Scope: 'session' });
    expect(await faultOf(source('', {}, keys))).toMatchObject({ Code: 'ProfileMissing' });
  });

  test('F38: a hundred at once cost one exchange; with enough life left none further', async () => {
    const read = source(`[profile x]\n${KEYS}`);
    await Promise.all(Array.from({ length: 100 }, read));
    await read();
    expect(sts.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'GetFederationToken']);
  });

  test('below ten minutes of life a fresh session is asked for', async () => {
    sts.answerBy({ kind: 'expires-in', ms: 9 * 60_000 });
    const read = source(`[profile x]\n${KEYS}`);
    await read();
    sts.answerBy(null);
    expect((await read()).ExpiresInMs).toBeGreaterThan(14 * 60_000);
  });

  test('whoever says that AWS refuses them gets others, but not again and again', async () => {
    const started = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: started });
    const read = source(`[profile x]\n${KEYS}`);
    await read();
    await read(true); // younger than thirty seconds: the same
    expect(sts.calls).toHaveLength(2);
    vi.setSystemTime(started + 31_000);
    await Promise.all([read(true), read(true), read()]);
    await read(true);
    expect(sts.calls).toHaveLength(4);
    sts.answerBy({ kind: 'denied', code: 'AccessDenied' });
    vi.setSystemTime(started + 62_000);
    expect(await faultOf(() => read(true))).toMatchObject({ Code: 'StsDenied' });
  });

  test.each([
    ['keys', `[profile x]\n${KEYS}`, {}],
    [
      'a role',
      `[profile x]\nrole_arn = ${ROLE}\nduration_seconds = 43200\nsource_profile = b\n[profile b]\n${KEYS}`,
      {},
    ],
    ['a reader role', `[profile x]\n${SESSION_KEYS}`, { readerRoleArn: READER }],
    ['a web identity', webIdentity('x'), {}],
  ] as const)('E18: of %s a session lasts a quarter of an hour, which no role forbids', async (_, config, options) => {
    sts.answerBy({ kind: 'at-most', seconds: 900 });
    const { ExpiresInMs } = await source(config, options)();
    expect(ExpiresInMs).toBeGreaterThan(14 * 60_000);
    expect(ExpiresInMs).toBeLessThanOrEqual(15 * 60_000);
    const asked = sts.calls.flatMap(({ parameters }) => parameters.get('DurationSeconds') ?? []);
    expect(new Set(asked)).toEqual(new Set(['900']));
  });

  test.each([
    ['F20', 'ahead', 86_400_000],
    ['F21', 'behind', -86_400_000],
    ['F20, F21', 'by a minute', 60_000],
  ])(
    '%s this machine’s clock is off, %s: the session has its full life, and AWS’s time is told',
    async (_, __, off) => {
      const now = Date.now();
      vi.useFakeTimers({ toFake: ['Date'], now: now + off });
      const given = await source(`[profile x]\n${KEYS}`)();
      expect(given.ExpiresInMs).toBeGreaterThan(14 * 60_000);
      expect(given.ExpiresInMs).toBeLessThan(15.1 * 60_000);
      expect(Math.abs(Date.parse(given.ServerTime) - now)).toBeLessThan(5_000);
      expect(given).toMatchObject({ Scope: 'session' });
    },
  );

  test.each([
    ['F20', 'ahead', 86_400_000],
    ['F21', 'behind', -86_400_000],
  ])('%s: the clock was a day %s and is set right: the life said is the true one', async (_, __, off) => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + off });
    const read = source(`[profile x]\n${KEYS}`);
    await read();
    vi.setSystemTime(now);
    const given = await read();
    expect(given.ExpiresInMs).toBeGreaterThan(14 * 60_000);
    expect(given.ExpiresInMs).toBeLessThanOrEqual(15.1 * 60_000);
    expect(Math.abs(Date.parse(given.ServerTime) - now)).toBeLessThan(5_000);
  });

  const environment = (token: string) => ({
    AWS_ACCESS_KEY_ID: 'AKIACANARY0000000001',
    AWS_SECRET_ACCESS_KEY: 'canary-long-lived',
    AWS_SESSION_TOKEN: token,
  });
  const local = 'aws_access_key_id = canary-local\naws_secret_access_key = canary-long-lived';

  test.each([
    ['no token', `[profile x]\n${KEYS}\naws_session_token =`, {}],
    ['quotes in its place', `[profile x]\n${KEYS}\naws_session_token = ""`, {}],
    ['quotes in its place, with keys that are not of AWS', `[profile x]\n${local}\naws_session_token = ''`, {}],
    ['a token that belongs to other keys', `[profile x]\n${KEYS}\naws_session_token = canary-session`, {}],
    ['no token in the environment', null, environment('')],
    ['white space for one in the environment', null, environment('  ')],
    ['a token of other keys in the environment', null, environment('canary-session')],
  ])('keys that do not expire, with %s, are not handed out', async (_, config, env) => {
    const read = source(config, config === null ? { profile: null } : {}, env);
    // Exchanged for a session, or not taken at all.
    const told = await read().then(JSON.stringify, (error: unknown) =>
      error instanceof CredentialFault ? error.code : String(error),
    );
    expect(told).not.toContain('canary');
    expect(told).toMatch(/^Unscopable$|"Scope":"session"/);
  });

  test('a session that does not say its end is asked for again after a quarter of an hour', async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now });
    const given = await source(`[profile x]\n${SESSION_KEYS.replace('ASIA', 'ASIAAKIA')}`)();
    expect(given.ExpiresInMs).toBe(15 * 60_000);
    expect(Date.parse(given.Expiration) - Date.parse(given.ServerTime)).toBe(15 * 60_000);
  });

  test('the life that is left, and the time, go on between two pages that ask', async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now });
    const read = source(`[profile x]\n${KEYS}`);
    const first = await read();
    vi.setSystemTime(now + 4 * 60_000);
    const second = await read();
    expect(Math.abs(first.ExpiresInMs - second.ExpiresInMs - 4 * 60_000)).toBeLessThan(1_000);
    expect(Math.abs(Date.parse(second.ServerTime) - Date.parse(first.ServerTime) - 4 * 60_000)).toBeLessThan(1_000);
    expect(second.Expiration).toBe(first.Expiration);
  });

  test('what was refused is said: the exchange of keys, and a role of the machine', async () => {
    // Who may not exchange his keys is told so, and not only who may not even ask whose they are.
    for (const refused of [{}, { action: 'GetFederationToken' }]) {
      sts.answerBy({ kind: 'denied', code: 'AccessDenied', ...refused });
      expect((await faultOf(source(`[profile x]\n${KEYS}`))).Message).toContain(
        'AWS refused to exchange its long-lived keys.',
      );
    }
    const machine = source(`[profile x]\nrole_arn = ${ROLE}\ncredential_source = Ec2InstanceMetadata`);
    expect((await faultOf(machine)).Message).toContain('only Environment is used here');
  });

  test('a session that has ended already has no life left, and not less', async () => {
    sts.answerBy({ kind: 'expires-in', ms: -60_000 });
    expect((await source(`[profile x]\n${KEYS}`)()).ExpiresInMs).toBe(0);
  });

  test('whatever part of the SDK asks its chain, the role of the machine is not asked for', async () => {
    const asked: string[] = [];
    const machine = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(404).end();
    });
    await new Promise<void>((listening) => machine.listen(0, '127.0.0.1', listening));
    const { port } = machine.address() as AddressInfo;
    source('', {}, { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` });
    await expect(fromNodeProviderChain()()).rejects.toThrow();
    machine.close();
    expect(asked).toEqual([]);
  });

  test('between six and ten minutes the old session serves while AWS fails; below, the fault is told', async () => {
    for (const [minutes, outcome] of [
      [7, STUB_SESSION.id],
      [5, 'StsDenied'],
    ] as const) {
      sts.answerBy({ kind: 'expires-in', ms: minutes * 60_000 });
      const read = source(`[profile x]\n${KEYS}`);
      await read();
      sts.answerBy({ kind: 'denied', code: 'AccessDenied' });
      const told = await read().then(
        ({ AccessKeyId }) => AccessKeyId,
        (error) => (error instanceof CredentialFault ? error.code : String(error)),
      );
      expect(told).toBe(outcome);
    }
  });
});

const SSO =
  '[profile x]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = Reader\n' +
  '[sso-session s]\nsso_start_url = https://example.invalid/start\nsso_region = eu-central-1\n';
const LEGACY_SSO =
  '[profile x]\nsso_start_url = https://example.invalid/start\nsso_region = eu-central-1\nsso_account_id = 123456789012\nsso_role_name = Reader\n';

/** Config file → code, and the command that fixes it. */
const CAUSES: readonly (readonly [string, string | null, LocalServerError['Code'], string | undefined])[] = [
  ['no file at all', null, 'ProfileMissing', 'aws configure sso --profile x'],
  ['another profile only', `[profile other]\n${KEYS}`, 'ProfileMissing', 'aws configure list-profiles'],
  ['only [default]', `[default]\n${KEYS}`, 'ProfileMissing', 'aws configure list-profiles'],
  ['an empty profile', '[profile x]\nregion = eu-central-1', 'ProfileBroken', 'aws configure list --profile x'],
  [
    'a key id without secret',
    '[profile x]\naws_access_key_id = AKIACANARY0000000001',
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'white space in a key',
    '[profile x]\naws_access_key_id = AKIA X\naws_secret_access_key = canary',
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  ['a role without source', `[profile x]\nrole_arn = ${ROLE}`, 'ProfileBroken', 'aws configure list --profile x'],
  [
    'a role that is none',
    '[profile x]\nrole_arn = nonsense\nsource_profile = b',
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a web identity without role',
    '[profile x]\nweb_identity_token_file = /nowhere\ncredential_process = sleep 30',
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a web identity without its file',
    `[profile x]\nrole_arn = ${ROLE}\nweb_identity_token_file = /nowhere/canary`,
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a source that is missing',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b`,
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a loop',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\nrole_arn = ${ROLE}\nsource_profile = x`,
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a role of the machine',
    `[profile x]\nrole_arn = ${ROLE}\ncredential_source = Ec2InstanceMetadata`,
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'a second factor',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\nmfa_serial = arn:aws:iam::1:mfa/me\n[profile b]\n${KEYS}`,
    'MfaNeeded',
    'aws configure sso --profile x-sso',
  ],
  [
    'SSO without account',
    '[profile x]\nsso_session = s\n[sso-session s]\nsso_start_url = https://e.invalid\nsso_region = eu-central-1',
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  [
    'an sso-session that is missing',
    SSO.replace('[sso-session s]', '[sso-session t]'),
    'ProfileBroken',
    'aws configure list --profile x',
  ],
  ['SSO never signed in', SSO, 'SsoExpired', 'aws sso login --profile x'],
  ['SSO of the old form, never signed in', LEGACY_SSO, 'SsoExpired', 'aws sso login --profile x'],
  [
    'SSO behind a role',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = base\n${SSO.replace('[profile x]', '[profile base]')}`,
    'SsoExpired',
    'aws sso login --profile base',
  ],
  [
    'N5 a login that was never made',
    '[profile x]\nlogin_session = arn:aws:iam::123456789012:user/me',
    'SsoExpired',
    'aws login --profile x',
  ],
  [
    'N5 a login behind a role',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile base]\nlogin_session = arn:aws:iam::123456789012:user/me`,
    'SsoExpired',
    'aws login --profile base',
  ],
  [
    'a helper that fails',
    '[profile x]\ncredential_process = echo canary-stderr >&2; exit 3',
    'HelperFailed',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that is not there',
    '[profile x]\ncredential_process = /nowhere/helper --secret canary',
    'HelperFailed',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that prints no JSON',
    '[profile x]\ncredential_process = echo canary-output',
    'HelperFailed',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that prints no end',
    '[profile x]\ncredential_process = yes canary',
    'HelperFailed',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that prints expired keys',
    `[profile x]\ncredential_process = echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary","SessionToken":"t","Expiration":"2020-01-01T00:00:00Z"}'`,
    'HelperFailed',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that hangs',
    '[profile x]\ncredential_process = sleep 30',
    'HelperTimeout',
    'aws configure get credential_process --profile x',
  ],
  [
    'a helper that fails behind a role',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\ncredential_process = exit 3`,
    'HelperFailed',
    'aws configure get credential_process --profile b',
  ],
  [
    'a helper that prints no end behind a role',
    `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\ncredential_process = yes canary`,
    'HelperFailed',
    'aws configure get credential_process --profile b',
  ],
];

function numbersOf(cause: string, code: LocalServerError['Code']): string {
  if (cause.includes('[default]')) return 'F37, E6';
  if (code === 'ProfileMissing') return 'F37, E1';
  if (code === 'HelperTimeout') return 'F36, E16';
  if (code === 'HelperFailed') return 'F37, E16';
  if (cause === 'a role that is none') return 'F37, E17';
  return code === 'SsoExpired' ? 'F13' : 'F37';
}

describe('causes are told apart', () => {
  test.each(
    CAUSES.map(([cause, ...rest]) => [
      // What E1, E6 and E16 ask for are causes like the others.
      `${numbersOf(cause, rest[1])}: ${cause}`,
      ...rest,
    ]) satisfies typeof CAUSES,
  )('%s', async (_, config, code, fix) => {
    const fault = await faultOf(source(config, code === 'HelperTimeout' ? { limitMs: 300 } : {}));
    expect([fault.Code, fault.Fix]).toEqual([code, fix]);
    expect(JSON.stringify(fault)).not.toMatch(/canary|raw-service-text|AKIA/);
    expect(sts.calls).toEqual([]);
  });

  test('E1: a missing profile lists those that are there', async () => {
    const { Message } = await faultOf(
      source(`[profile b]\n${KEYS}\n[default]\n${KEYS}\n[sso-session s]\nsso_region = x`, {}, NO_CREDENTIALS_FILE),
    );
    expect(Message).toBe('There is no profile x in the AWS config files. Found: b, default.');
  });

  test('E14: a config file that is a folder', async () => {
    const read = source(null);
    mkdirSync(join(home, 'config'));
    expect(await faultOf(read)).toMatchObject({ Code: 'ProfileBroken', Message: expect.stringContaining('EISDIR') });
  });

  test('E14: byte order mark, carriage returns and a profile in two parts are no fault', async () => {
    const keys = KEYS.split('\n');
    const config = `\uFEFF[profile x]\r\n${keys[0]}\r\n\r\n[profile x]\r\n${keys[1]}\r\n`;
    expect(await source(config)()).toMatchObject({ Scope: 'session' });
  });

  test('F13, E15: an SSO sign-in that has run out', async () => {
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const name = createHash('sha1').update('s').digest('hex');
    writeFileSync(
      join(cache, `${name}.json`),
      JSON.stringify({ accessToken: 'canary', expiresAt: '2020-01-01T00:00:00Z' }),
    );
    expect(await faultOf(source(SSO))).toMatchObject({ Code: 'SsoExpired', Fix: 'aws sso login --profile x' });
    writeFileSync(join(cache, `${name}.json`), '{ not json canary');
    expect(await faultOf(source(SSO))).toMatchObject({ Code: 'SsoExpired' });
    writeFileSync(
      join(cache, `${name}.json`),
      JSON.stringify({ accessToken: 'canary', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    expect(await faultOf(source(SSO))).toMatchObject({ Code: 'StsUnreachable' });
  });

  test('F13: after the sign-in the same source gives credentials, and until then names the command', async () => {
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = join(cache, `${createHash('sha1').update('s').digest('hex')}.json`);
    rmSync(token, { force: true });
    const sso = await startSso();
    try {
      const read = source(SSO, {}, { AWS_ENDPOINT_URL_SSO: sso.endpoint });
      expect(await faultOf(read)).toMatchObject({ Code: 'SsoExpired', Fix: 'aws sso login --profile x' });
      // As `aws sso login` writes it.
      const expiresAt = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
      const startUrl = 'https://example.invalid/start';
      writeFileSync(
        token,
        JSON.stringify({ startUrl, region: 'eu-central-1', accessToken: 'canary-token', expiresAt }),
      );
      const given = await read();
      expect(given).toMatchObject({ AccessKeyId: STUB_SESSION.id, Scope: 'profile', Profile: 'x' });
      expect(given.ExpiresInMs).toBeGreaterThan(59 * 60_000);
      expect(sso.calls).toEqual([
        { path: '/federation/credentials?account_id=123456789012&role_name=Reader', token: 'canary-token' },
      ]);
      // The portal takes no expired token; then it is the sign-in again, not a role that was refused.
      sso.refuse(true);
      expect(await faultOf(source(SSO, {}, { AWS_ENDPOINT_URL_SSO: sso.endpoint }))).toMatchObject({
        Code: 'SsoExpired',
        Fix: 'aws sso login --profile x',
      });
    } finally {
      await sso.close();
    }
  });

  test('F13: a sign-in that was narrowed by a reader role gives a session of a quarter of an hour', async () => {
    const sso = await startSso();
    try {
      const given = await source(SSO, { readerRoleArn: READER }, { AWS_ENDPOINT_URL_SSO: sso.endpoint })();
      expect(given).toMatchObject({ Scope: 'session' });
      expect(seen()).toEqual([['AssumeRole', READER, policyOf('555566667777')]]);
    } finally {
      await sso.close();
    }
  });

  test.each([
    ['keys, refused', { config: `[profile x]\n${KEYS}`, code: 'AccessDenied' }, 'StsDenied'],
    ['keys, not known', { config: `[profile x]\n${KEYS}`, code: 'InvalidClientTokenId' }, 'StsDenied'],
    [
      'role, refused',
      { config: `[profile x]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\n${KEYS}`, code: 'AccessDenied' },
      'StsDenied',
    ],
    ['web identity, refused', { config: webIdentity('x'), code: 'InvalidIdentityToken' }, 'StsDenied'],
    ['policy too large', { config: `[profile x]\n${KEYS}`, code: 'PackedPolicyTooLarge' }, 'Unscopable'],
  ] as const)('AWS answers: %s', async (_, { config, code }, expected) => {
    sts.answerBy({ kind: 'denied', code });
    const fault = await faultOf(source(config));
    expect(fault).toMatchObject({ Code: expected, Fix: 'aws sts get-caller-identity --profile x' });
    expect(JSON.stringify(fault)).not.toMatch(/canary|raw-service-text/);
  });

  test('an answer that does not say it took the policy in is not handed out', async () => {
    sts.answerBy({ kind: 'no-packed-size' });
    expect(await faultOf(source(`[profile x]\n${KEYS}`))).toMatchObject({ Code: 'Unscopable' });
    expect(await faultOf(source(webIdentity('x')))).toMatchObject({ Code: 'Unscopable' });
  });

  test('E20: a proxy of the environment is not asked, whatever it stands for', async () => {
    const proxy = { HTTP_PROXY: NOBODY, HTTPS_PROXY: NOBODY, http_proxy: NOBODY, ALL_PROXY: NOBODY };
    expect(await source(`[profile x]\n${KEYS}`, {}, proxy)()).toMatchObject({ Scope: 'session' });
  });

  test('E14: a config file of a megabyte and more', async () => {
    const read = source(`[profile x]\n${KEYS}\n${'# padding\n'.repeat(110_000)}`);
    expect(await faultOf(read)).toMatchObject({
      Code: 'ProfileBroken',
      Message: expect.stringMatching(/has 11\d{5} bytes, and a config file 1000000 at most/),
    });
  });

  test('N13: without network a sign-in that could be renewed is good, and asked for again when the network is back', async () => {
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = {
      accessToken: 'canary',
      refreshToken: 'canary',
      clientId: 'canary',
      clientSecret: 'canary',
      expiresAt: new Date(Date.now() - 60_000).toISOString(),
      registrationExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    // A session of its own: the SDK keeps for half a minute that it could not renew one.
    const config = SSO.replaceAll('sso_session = s', 'sso_session = n13').replace(
      '[sso-session s]',
      '[sso-session n13]',
    );
    const write = (more: object) =>
      writeFileSync(
        join(cache, `${createHash('sha1').update('n13').digest('hex')}.json`),
        JSON.stringify({ ...token, ...more }),
      );
    write({});
    const offline = { AWS_ENDPOINT_URL_SSO_OIDC: NOBODY };
    for (const attempt of ['first', 'within the SDK’s pause']) {
      const fault = await faultOf(source(config, {}, offline));
      expect([attempt, fault.Code, fault.Message]).toEqual([
        attempt,
        'StsUnreachable',
        'The sign-in of profile x cannot be renewed now: the sign-in service of AWS cannot be reached.',
      ]);
      expect(JSON.stringify(fault)).not.toContain('canary');
    }
    // The network is back, but the SDK does not try again so soon: still no reason to sign in anew.
    expect(await faultOf(source(config, {}, { AWS_ENDPOINT_URL_SSO_OIDC: sts.endpoint }))).toMatchObject({
      Code: 'StsUnreachable',
    });
    // What nobody can renew any more has ended, with a network or without.
    for (const ended of [
      { registrationExpiresAt: new Date(Date.now() - 1).toISOString() },
      { refreshToken: undefined },
    ]) {
      write(ended);
      expect(await faultOf(source(config, {}, offline))).toMatchObject({ Code: 'SsoExpired' });
    }
  });

  test('N13: without network a login that could be renewed is good', async () => {
    const session = 'arn:aws:iam::123456789012:user/me';
    const cache = join(home, 'login-cache');
    mkdirSync(cache, { recursive: true });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const accessToken = {
      accessKeyId: 'canary',
      secretAccessKey: 'canary',
      sessionToken: 'canary',
      accountId: '123456789012',
      expiresAt: new Date(Date.now() - 60_000).toISOString(),
    };
    const dpopKey = privateKey.export({ format: 'pem', type: 'sec1' });
    const file = join(cache, `${createHash('sha256').update(session).digest('hex')}.json`);
    writeFileSync(file, JSON.stringify({ accessToken, clientId: 'canary', refreshToken: 'canary', dpopKey }));
    const env = { AWS_LOGIN_CACHE_DIRECTORY: cache, AWS_ENDPOINT_URL_SIGNIN: NOBODY };
    const read = source(`[profile x]\nlogin_session = ${session}`, {}, env);
    expect(await faultOf(read)).toMatchObject({ Code: 'StsUnreachable' });
    writeFileSync(file, '{ no json canary');
    const fault = await faultOf(read);
    expect(fault).toMatchObject({ Code: 'SsoExpired', Fix: 'aws login --profile x' });
    expect(JSON.stringify(fault)).not.toContain('canary');
  });

  test.each([
    ['SSO', SSO],
    [
      'SSO behind a role',
      `[profile x]\nrole_arn = ${ROLE}\nsource_profile = base\n${SSO.replace('[profile x]', '[profile base]')}`,
    ],
  ])('%s is asked in the region of the sign-in, not in that of the table', async (_, config) => {
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      join(cache, `${createHash('sha1').update('s').digest('hex')}.json`),
      JSON.stringify({ accessToken: 'canary', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    const looked = vi.spyOn(dns, 'lookup').mockImplementation(((...given: unknown[]) => {
      const answer = given.at(-1);
      if (typeof answer === 'function')
        answer(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    }) as typeof dns.lookup);
    try {
      const inVirginia = config.replace('sso_region = eu-central-1', 'sso_region = us-east-1');
      const read = source(inVirginia, {}, { AWS_ENDPOINT_URL_SSO: '' });
      expect(await faultOf(read)).toMatchObject({ Code: 'StsUnreachable' });
      expect(looked.mock.calls.map(([host]) => host)).toContain('portal.sso.us-east-1.amazonaws.com');
    } finally {
      looked.mockRestore();
    }
  });

  test('nothing listens where AWS should be', async () => {
    const read = source(`[profile x]\n${KEYS}`, {}, { AWS_ENDPOINT_URL_STS: NOBODY });
    expect(await faultOf(read)).toMatchObject({ Code: 'StsUnreachable' });
  });
});
