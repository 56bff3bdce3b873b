import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
afterAll(async () => {
  await stub.close();
  rmSync(folder, { recursive: true, force: true });
  process.env = before;
});

test('a role behind a helper is assumed, with all that the profile says of it', async () => {
  const printed = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAHELPED', SecretAccessKey: 's', SessionToken: 't' });
  const file = join(folder, 'config');
  writeFileSync(
    file,
    `[profile x]\nrole_arn = ${ARN}\nexternal_id = e\nsource_profile = b\n[profile b]\ncredential_process = echo '${printed}'\n`,
  );
  const env = { HOME: folder, AWS_CONFIG_FILE: file, AWS_ENDPOINT_URL_STS: stub.endpoint };
  Object.assign(process.env, env);
  const options = { region: 'eu-west-1', limitMs: 5_000, machineRoles: false };
  expect(await profileIdentity('x', env, options)).toMatchObject({
    accessKeyId: STUB_SESSION.id,
    secretAccessKey: STUB_SESSION.secret,
    sessionToken: STUB_SESSION.token,
  });
  const [call] = stub.calls;
  expect(Object.fromEntries(call?.parameters ?? [])).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: ARN,
    ExternalId: 'e',
    RoleSessionName: 'release-matrix',
  });
  expect(call?.authorization).toMatch(/Credential=ASIAHELPED\/\d+\/eu-west-1\/sts\//);
});

test('a call to AWS is given up after seconds, and by an error', () => {
  expect(AWS_CALL_LIMITS).toEqual({
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
    socketTimeout: 5_000,
  });
});
