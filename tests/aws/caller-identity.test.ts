import { afterAll, beforeAll, expect, test } from 'vitest';
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
  stub = await startSts();
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
  await expect(failed).rejects.toMatchObject({ code: 'StsDenied' });
  await expect(failed).rejects.not.toThrow(/raw-service-text/);
  stub.answerBy(null);
});
