import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UnnarrowedSession } from '../../src/aws/sdk-fault.ts';
import { openSts } from '../../src/devserver/credentials/sts.ts';
import { STUB_ACCOUNT, STUB_SESSION, type StsStub, startSts } from '../aws/sts-stub.ts';

// The calls that exchange credentials, as the Security Token Service sees them.

const SOURCE = { accessKeyId: 'AKIASOURCE', secretAccessKey: 'secret' };
const ROLE = { RoleArn: 'arn:aws:iam::210987654321:role/release', RoleSessionName: 'me' };
const before = { ...process.env };
let stub: StsStub;

beforeAll(async () => {
  stub = await startSts();
  process.env.AWS_ENDPOINT_URL_STS = stub.endpoint;
});
afterEach(() => {
  stub.answerBy(null);
  stub.calls.length = 0;
});
afterAll(async () => {
  await stub.close();
  process.env = before;
});

const SESSION = {
  accessKeyId: STUB_SESSION.id,
  secretAccessKey: STUB_SESSION.secret,
  sessionToken: STUB_SESSION.token,
  expiration: expect.any(Date),
};
const asked = () =>
  stub.calls.map(({ parameters, authorization }) => {
    const { Version: _, ...rest } = Object.fromEntries(parameters);
    return { ...rest, signedBy: /Credential=(\w+)\//.exec(authorization)?.[1] ?? null };
  });

test('whose credentials they are', async () => {
  expect(await openSts('eu-central-1', null).accountOf(SOURCE)).toBe(STUB_ACCOUNT);
  expect(asked()).toEqual([{ Action: 'GetCallerIdentity', signedBy: 'AKIASOURCE' }]);
  expect(stub.calls[0]?.authorization).toContain('/eu-central-1/sts/');
});

test('long-lived keys are exchanged for a quarter of an hour, with the policy', async () => {
  expect(await openSts('eu-central-1', null).federate(SOURCE, '{}')).toEqual(SESSION);
  expect(asked()).toEqual([
    {
      Action: 'GetFederationToken',
      Name: 'release-matrix',
      Policy: '{}',
      DurationSeconds: '900',
      signedBy: 'AKIASOURCE',
    },
  ]);
});

describe.each([
  ['with a policy', '{}', { Policy: '{}' }],
  ['without one', null, {}],
])('a role is assumed for a quarter of an hour, whatever its profile says, %s', (_, policy, more) => {
  test('by credentials', async () => {
    expect(await openSts('eu-central-1', null).assume(SOURCE, { ...ROLE, DurationSeconds: 43_200 }, policy)).toEqual(
      SESSION,
    );
    expect(asked()).toEqual([
      { Action: 'AssumeRole', ...ROLE, DurationSeconds: '900', signedBy: 'AKIASOURCE', ...more },
    ]);
  });

  test('by a web identity, which signs nothing', async () => {
    const role = { ...ROLE, WebIdentityToken: 'w', DurationSeconds: 43_200 };
    expect(await openSts('eu-central-1', null).assumeByToken(role, policy)).toEqual(SESSION);
    expect(asked()).toEqual([
      {
        Action: 'AssumeRoleWithWebIdentity',
        ...ROLE,
        WebIdentityToken: 'w',
        DurationSeconds: '900',
        signedBy: null,
        ...more,
      },
    ]);
  });
});

test('the token of a source is sent along', async () => {
  await openSts('eu-central-1', null).assume({ ...SOURCE, sessionToken: 'source-token' }, ROLE, null);
  expect(stub.calls[0]?.authorization).toContain('x-amz-security-token');
  stub.calls.length = 0;
  await openSts('eu-central-1', null).assume(SOURCE, ROLE, null);
  expect(stub.calls[0]?.authorization).not.toContain('x-amz-security-token');
});

test('a session that does not say that it took the policy in is none; without a policy it need not', async () => {
  stub.answerBy({ kind: 'no-packed-size' });
  const sts = openSts('eu-central-1', null);
  const token = { ...ROLE, WebIdentityToken: 'w' };
  await expect(sts.federate(SOURCE, '{}')).rejects.toThrow(UnnarrowedSession);
  await expect(sts.assume(SOURCE, ROLE, '{}')).rejects.toThrow(UnnarrowedSession);
  await expect(sts.assumeByToken(token, '{}')).rejects.toThrow(UnnarrowedSession);
  expect(await sts.assume(SOURCE, ROLE, null)).toEqual(SESSION);
  expect(await sts.assumeByToken(token, null)).toEqual(SESSION);
});

test('an error of the service comes as the SDK throws it', async () => {
  stub.answerBy({ kind: 'denied', code: 'AccessDenied' });
  await expect(openSts('eu-central-1', null).federate(SOURCE, '{}')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test.each(['', 'x123456789012', '1234567890123', '12345678901', '12345678901x'])(
  'an account %j, which is none, opens no table',
  async (account) => {
    const odd = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/xml');
      const inside = account === '' ? '' : `<Account>${account}</Account>`;
      response.end(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${inside}` +
          '</GetCallerIdentityResult></GetCallerIdentityResponse>',
      );
    });
    await new Promise<void>((listening) => odd.listen(0, '127.0.0.1', listening));
    process.env.AWS_ENDPOINT_URL_STS = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    try {
      await expect(openSts('eu-central-1', null).accountOf(SOURCE)).rejects.toThrow(UnnarrowedSession);
    } finally {
      process.env.AWS_ENDPOINT_URL_STS = stub.endpoint;
      odd.closeAllConnections();
      odd.close();
    }
  },
);
