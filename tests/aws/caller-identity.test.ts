import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { callerIdentity } from '../../src/aws/caller-identity.ts';
import { STUB_ACCOUNT, type StsStub, startSts } from './sts-stub.ts';

const before = { ...process.env };
const caller = {
  credentials: { accessKeyId: 'ASIACALLER', secretAccessKey: 's', sessionToken: 't' },
  region: 'eu-west-1',
  profile: null,
};
let stub: StsStub;

beforeAll(async () => {
  stub = await startSts({ ASIANOBODY: '', ASIANONE: null });
  process.env.AWS_ENDPOINT_URL_STS = stub.endpoint;
});
afterAll(async () => {
  await stub.close();
  process.env = before;
});

test('AWS says who calls, by the credentials of the command', async () => {
  expect(await callerIdentity(caller, process.env)).toBe(`arn:aws:iam::${STUB_ACCOUNT}:user/x`);
  expect(stub.calls.map(({ action, authorization }) => [action, /Credential=(\w+)/.exec(authorization)?.[1]])).toEqual([
    ['GetCallerIdentity', 'ASIACALLER'],
  ]);
});

test('credentials that are none are named as such, without the text of the service', async () => {
  stub.answerBy({ kind: 'denied', code: 'InvalidClientTokenId' });
  const failed = callerIdentity(caller, process.env);
  await expect(failed).rejects.toMatchObject({
    code: 'StsDenied',
    message: 'The credentials of the environment: AWS refused to give credentials (the role, or the keys behind it).',
  });
  await expect(failed).rejects.not.toThrow(/raw-service-text/);
  stub.answerBy(null);
});

test.each([
  ['an empty name', 'ASIANOBODY'],
  ['no name', 'ASIANONE'],
])('an answer with %s is an error, and nobody’s name is written', async (_, accessKeyId) => {
  const nobody = { ...caller, credentials: { ...caller.credentials, accessKeyId } };
  await expect(callerIdentity(nobody, process.env)).rejects.toMatchObject({
    code: 'ProfileBroken',
    message: 'The credentials of the environment: it gave no credentials. The AWS CLI says more.',
  });
});

test('what the section of the profile sets for its clients holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-aws-'));
  const config = join(folder, 'config');
  writeFileSync(config, '[default]\nsdk_ua_app_id = others\n[profile own]\nsdk_ua_app_id = ours\n');
  process.env.AWS_CONFIG_FILE = config;
  onTestFinished(() => {
    delete process.env.AWS_CONFIG_FILE;
    rmSync(folder, { recursive: true });
  });
  stub.calls.length = 0;
  for (const profile of ['own', null]) await callerIdentity({ ...caller, profile }, process.env);
  expect(stub.calls.map(({ userAgent }) => /app\/(\w+)/.exec(userAgent)?.[1])).toEqual(['ours', 'others']);
});
