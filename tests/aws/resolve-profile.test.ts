import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AWS_CALL_LIMITS, profileIdentity } from '../../src/aws/resolve-profile.ts';
import { STUB_SESSION, type StsStub, startSts } from './sts-stub.ts';

// The command line's way to credentials: roles are assumed by the SDK itself, at the endpoint that the profile says.

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-resolve-'));
const before = { ...process.env };
const ARN = 'arn:aws:iam::210987654321:role/release';
let stub: StsStub;

beforeAll(async () => {
  stub = await startSts();
});
afterEach(() => {
  stub.calls.length = 0;
  stub.answerBy(null);
});
afterAll(async () => {
  await stub.close();
  rmSync(folder, { recursive: true, force: true });
  process.env = before;
});

const printed = JSON.stringify({ Version: 1, AccessKeyId: 'ASIASOURCE', SecretAccessKey: 's', SessionToken: 't' });
const KEYS = 'aws_access_key_id = ASIASOURCE\naws_secret_access_key = s\naws_session_token = t';

/** Profile `x` takes its role by what `source` says. */
function identity(source: string) {
  const file = join(folder, 'config');
  writeFileSync(
    file,
    `[default]\nsdk_ua_app_id = others\n[profile x]\nsdk_ua_app_id = ours\nrole_arn = ${ARN}\nexternal_id = e\n` +
      `role_session_name = me\nsource_profile = b\n[profile b]\n${source}\n`,
  );
  const env = { HOME: folder, AWS_CONFIG_FILE: file, AWS_ENDPOINT_URL_STS: stub.endpoint };
  Object.assign(process.env, env);
  return profileIdentity('x', env, { region: 'eu-west-1', limitMs: 5_000, machineRoles: false });
}

test.each([
  ['a helper', `credential_process = echo '${printed}'`],
  ['keys', KEYS],
])('a role behind %s is assumed, with all that the profile says of it', async (_, source) => {
  expect(await identity(source)).toMatchObject({
    accessKeyId: STUB_SESSION.id,
    secretAccessKey: STUB_SESSION.secret,
    sessionToken: STUB_SESSION.token,
  });
  const asked = { Action: 'AssumeRole', RoleArn: ARN, ExternalId: 'e', RoleSessionName: 'me' };
  expect(stub.calls.map(({ parameters }) => Object.fromEntries(parameters))).toEqual([expect.objectContaining(asked)]);
  const [call] = stub.calls;
  expect(call?.authorization).toMatch(/Credential=ASIASOURCE\/\d+\/eu-west-1\/sts\//);
  expect(call?.userAgent).toContain('app/ours');
});

test.each([
  ['a helper', `credential_process = echo '${printed}'`],
  ['keys', KEYS],
])('a service that is too busy for a role behind %s is asked twice, not more', async (_, source) => {
  stub.answerBy({ kind: 'denied', code: 'Throttling' });
  await expect(identity(source)).rejects.toMatchObject({ code: 'StsDenied' });
  expect(stub.calls).toHaveLength(2);
});

test('a call to AWS is given up after seconds, and by an error', () => {
  expect(AWS_CALL_LIMITS).toEqual({
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    socketTimeout: 5_000,
  });
});
