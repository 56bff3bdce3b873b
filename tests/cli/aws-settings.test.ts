import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import { originOf } from '../store/tables.ts';
import { releaseMatrix } from './command.ts';

// Where a command finds its table and its credentials, by what the AWS CLI would find under the same settings.

const NOBODY = 'http://127.0.0.1:9'; // the discard port: nothing listens there
const REGION = ['--region', 'eu-central-1'] as const;

const home = mkdtempSync(join(tmpdir(), 'release-matrix-cli-home-'));
const before = { ...process.env };
let emulator: Server;
/** One for each key id and region, as DynamoDB Local keeps them without -sharedDb. */
const kept = new Map<string, EmbeddedTable>();

beforeAll(async () => {
  mkdirSync(join(home, '.aws'));
  emulator = createServer(async (request, response) => {
    const [, keyId, region = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const table = kept.get(`${keyId} ${region}`);
    if (table === undefined) {
      const type = 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException';
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: type, message: 'Cannot do operations on a non-existent table' }));
      return;
    }
    const answer = await table.handle(await buffer(request), {
      'x-amz-target': String(request.headers['x-amz-target']),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
  for (const [keyId, region] of [
    ['fakeMyKeyId', 'eu-central-1'],
    ['test', 'eu-central-1'],
    ['releasematrix', 'eu-west-1'],
  ] as const) {
    kept.set(`${keyId} ${region}`, await openEmbeddedTable({ table: 'ReleaseFragments', region, data: 'test' }));
  }
});
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
});
afterAll(async () => {
  await Promise.all([...kept.values()].map((table) => table.close()));
  await new Promise((resolve) => {
    emulator.closeAllConnections();
    emulator.close(resolve);
  });
  rmSync(home, { recursive: true });
  process.env = before;
});

/** Runs a command with a config file, and with an environment that the SDK has, too. */
function run(words: readonly string[], config: string, environment: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(home, '.aws', 'config'), config);
  // Nothing of this machine, and no way to AWS itself.
  const env = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', AWS_ENDPOINT_URL_STS: NOBODY, ...environment };
  Object.assign(process.env, env);
  return releaseMatrix(words, env);
}

const KEYS = { AWS_ACCESS_KEY_ID: 'fakeMyKeyId', AWS_SECRET_ACCESS_KEY: 'fake-secret' };

describe('N10 the endpoint', () => {
  const at = () => originOf(emulator);
  test.each<[string, string, (url: string) => Record<string, string>]>([
    ['AWS_ENDPOINT_URL', '', (url) => ({ ...KEYS, AWS_ENDPOINT_URL: url })],
    ['AWS_ENDPOINT_URL_DYNAMODB', '', (url) => ({ ...KEYS, AWS_ENDPOINT_URL_DYNAMODB: url, AWS_ENDPOINT_URL: NOBODY })],
    ['of [default]', '[default]\nendpoint_url = URL', () => KEYS],
    ['of a profile', '[profile p]\nendpoint_url = URL', () => ({ ...KEYS, AWS_PROFILE: 'p' })],
    [
      'of the services of a profile',
      '[profile p]\nendpoint_url = https://other.invalid\nservices = s\n[services s]\ndynamodb =\n  endpoint_url = URL\n',
      () => ({ ...KEYS, AWS_PROFILE: 'p' }),
    ],
    [
      'with the keys of the profile',
      '[profile p]\nendpoint_url = URL\naws_access_key_id = test\naws_secret_access_key = test',
      () => ({ AWS_PROFILE: 'p' }),
    ],
  ])('%s is called', async (_, config, environment) => {
    const said = await run(['table', 'describe', ...REGION], config.replace('URL', at()), environment(at()));
    expect(said).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('ReleaseFragments') });
  });

  test('a release is published there', async () => {
    const words = ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'orders'];
    const said = await run([...words, ...REGION], '', { ...KEYS, AWS_ENDPOINT_URL: at() });
    expect(said).toMatchObject({ exitCode: 0 });
    const read = await run(['manifest', 'v1.4.0', ...REGION], '', { ...KEYS, AWS_ENDPOINT_URL: at() });
    expect(read.stdout).toContain('orders');
  });

  test('--endpoint goes before what the environment says', async () => {
    const words = ['table', 'describe', ...REGION, '--endpoint', at()];
    expect(await run(words, '', { ...KEYS, AWS_ENDPOINT_URL: NOBODY })).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['AWS_ENDPOINT_URL', '', { AWS_ENDPOINT_URL: 'http://localstack:4566' }, 'AWS_ENDPOINT_URL: expected https://host'],
    [
      'of a profile',
      '[profile p]\nendpoint_url = localhost:4566',
      { AWS_PROFILE: 'p' },
      'endpoint_url of profile p: expected https://host',
    ],
    ['services that are not there', '[profile p]\nservices = s', { AWS_PROFILE: 'p' }, 'the section [services s]'],
  ])('%s that cannot be obeyed is refused by its name', async (_, config, environment, words) => {
    const said = await run(['table', 'describe', ...REGION], config, environment);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain(words);
  });

  test('the default region of the AWS CLI is the region', async () => {
    const environment = { ...KEYS, AWS_DEFAULT_REGION: 'eu-central-1', AWS_ENDPOINT_URL: at() };
    expect(await run(['table', 'describe'], '', environment)).toMatchObject({ exitCode: 0 });
  });
});

test('N11 of a table that is kept under another key it is said by which key we call, and the command calls by the same', async () => {
  const said = await run(['table', 'describe', ...REGION], '', { AWS_ENDPOINT_URL: originOf(emulator) });
  expect([said.exitCode, said.stdout]).toEqual([3, '']);
  expect(said.stderr).toContain('for the key id releasematrix. Emulators keep tables apart by region and key id');
  expect(said.stderr).toMatch(/^AWS_ACCESS_KEY_ID=releasematrix AWS_SECRET_ACCESS_KEY=\w+ aws dynamodb create-table/m);
  const made = await run(['table', 'create', ...REGION], '', { ...KEYS, AWS_ENDPOINT_URL: originOf(emulator) });
  expect(made.stdout).toContain('ReleaseFragments is there already for the key id fakeMyKeyId, with the keys');
  const elsewhere = await run(['table', 'describe', '--region', 'eu-west-1'], '', {
    AWS_ENDPOINT_URL: originOf(emulator),
  });
  expect(elsewhere.exitCode).toBe(0);
});

const ROLE = 'arn:aws:iam::210987654321:role/release';

describe('N12 why there are no credentials', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'no such profile',
      '[profile other]\naws_access_key_id = A\naws_secret_access_key = s',
      [
        'Profile not found',
        'There is no profile p in the AWS config files. Found: other.',
        'aws configure list-profiles',
      ],
    ],
    [
      'a profile that lacks a part',
      '[profile p]\nsso_session = s\n[sso-session s]\nsso_start_url = https://e.invalid\nsso_region = eu-central-1',
      ['Profile is incomplete', 'has no sso_account_id, sso_role_name', 'aws configure list --profile p'],
    ],
    [
      'a failing helper',
      '[profile p]\ncredential_process = echo canary >&2; exit 3',
      ['Credential helper failed', 'ended with exit code 3', 'aws configure get credential_process --profile p'],
    ],
    [
      'a second factor',
      `[profile p]\nrole_arn = ${ROLE}\nsource_profile = b\nmfa_serial = arn:aws:iam::1:mfa/me\n[profile b]\naws_access_key_id = A\naws_secret_access_key = canary`,
      ['One-time code needed', 'MFA code', 'aws configure sso --profile p-sso'],
    ],
    [
      'a sign-in that was never made',
      '[profile p]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = Reader\n[sso-session s]\nsso_start_url = https://e.invalid\nsso_region = eu-central-1',
      ['Sign-in expired', 'has expired or was never made', 'aws sso login --profile p'],
    ],
    [
      'a login that was never made',
      '[profile p]\nlogin_session = arn:aws:iam::123456789012:user/me',
      ['Sign-in expired', 'has expired or was never made', 'aws login --profile p'],
    ],
    [
      'no network',
      `[profile p]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\naws_access_key_id = A\naws_secret_access_key = canary`,
      ['Cannot reach AWS STS', 'Profile p: the sign-in service of AWS cannot be reached.'],
    ],
    [
      'no network, behind a helper',
      `[profile p]\nrole_arn = ${ROLE}\nsource_profile = b\n[profile b]\ncredential_process = echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"canary"}'`,
      ['Cannot reach AWS STS', 'Profile p: the sign-in service of AWS cannot be reached.'],
    ],
  ])('%s', async (_, config, words) => {
    const said = await run(['check', 'v1.4.0', ...REGION, '--profile', 'p'], config);
    expect([said.exitCode, said.stdout]).toEqual([3, '']);
    for (const one of words) expect(said.stderr).toContain(one);
    expect(said.stderr).not.toContain('canary');
    expect(said.stderr).not.toMatch(/resumes|^\s+at /m);
    // The same of [default], which the standard chain asks.
    const unnamed = await run(['check', 'v1.4.0', ...REGION], config.replace('profile p]', 'default]'));
    const [title = ''] = words;
    expect(unnamed.stderr).toContain(title === 'Profile not found' ? 'No credentials' : title);
    expect(unnamed.stderr).not.toContain('canary');
  });

  test('no profile, no keys, no role of the machine', async () => {
    const said = await run(['check', 'v1.4.0', ...REGION], '[default]\nregion = eu-central-1');
    expect(said).toMatchObject({ exitCode: 3, stdout: '' });
    expect(said.stderr).toContain('no keys in the environment, no profile named, no role of this machine');
    expect(said.stderr).toMatch(/^aws configure list$/m);
  });

  test('a helper is run once for a command, and publishing saves what it could not write', async () => {
    const ran = join(home, 'ran');
    rmSync(ran, { force: true });
    const save = join(home, 'unwritten.json');
    const config = `[profile p]\ncredential_process = echo x >> '${ran}'; exit 3`;
    const words = ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'orders', '--save', save];
    const said = await run([...words, ...REGION, '--profile', 'p'], config);
    expect(said.exitCode).toBe(3);
    expect(said.stderr).toContain('ended with exit code 3');
    expect(said.stderr).toContain('unwritten.json');
    expect(readFileSync(ran, 'utf8')).toBe('x\n');
    expect(readFileSync(save, 'utf8')).toContain('orders');
  });
});
