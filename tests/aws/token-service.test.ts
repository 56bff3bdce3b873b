import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isRenewalUnreachable } from '../../src/aws/token-service.ts';

// Whether a sign-in only waits for the service that renews it.

const home = mkdtempSync(join(tmpdir(), 'release-matrix-tokens-'));
const before = { ...process.env };
const fetched = vi.fn<typeof fetch>();
let count = 0;
let name = '';

beforeEach(() => {
  process.env.HOME = home;
  name = `session-${count++}`;
  vi.stubGlobal('fetch', fetched);
  fetched.mockRejectedValue(new Error('no network'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  fetched.mockReset();
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  process.env = before;
});

const TOKEN = { refreshToken: 'r', clientId: 'i', clientSecret: 's' };
function signedIn(token: unknown): void {
  const cache = join(home, '.aws/sso/cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `${createHash('sha1').update(name).digest('hex')}.json`), JSON.stringify(token));
}
const ask = (env: NodeJS.ProcessEnv = {}) => isRenewalUnreachable({ name, region: 'eu-central-1' }, env);

test.each([
  ['one that can be renewed', TOKEN, true],
  ['one whose registration goes on', { ...TOKEN, registrationExpiresAt: '2999-01-01T00:00:00Z' }, true],
  ['one whose registration has ended', { ...TOKEN, registrationExpiresAt: '2020-01-01T00:00:00Z' }, false],
  ['one without a refresh token', { ...TOKEN, refreshToken: undefined }, false],
  ['one without a client', { ...TOKEN, clientId: 5 }, false],
  ['one without the secret of its client', { ...TOKEN, clientSecret: null }, false],
  ['a text', 'x', false],
  ['null', null, false],
])('without a network, %s waits: %s', async (_, token, waits) => {
  signedIn(token);
  expect(await ask()).toBe(waits);
  expect(fetched).toHaveBeenCalledTimes(waits ? 1 : 0);
});

test('one that was never made waits for nothing', async () => {
  expect(await ask()).toBe(false);
});

test.each([
  [{}, 'https://oidc.eu-central-1.amazonaws.com'],
  [{ AWS_ENDPOINT_URL: 'http://all' }, 'http://all'],
  [{ AWS_ENDPOINT_URL_SSO_OIDC: 'http://oidc' }, 'http://oidc'],
  [{ AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_SSO_OIDC: 'http://oidc' }, 'http://oidc'],
])('with %j %s is looked at, for three seconds', async (env, url) => {
  signedIn(TOKEN);
  const limit = vi.spyOn(AbortSignal, 'timeout');
  await ask(env);
  const signal = limit.mock.results[0]?.value;
  expect(limit.mock.calls).toEqual([[3_000]]);
  expect(fetched.mock.calls).toEqual([[url, { method: 'HEAD', redirect: 'manual', signal }]]);
  limit.mockRestore();
});

describe('a service that answers', () => {
  test('has renewed what it could: the sign-in has ended', async () => {
    signedIn(TOKEN);
    fetched.mockResolvedValue(new Response());
    expect(await ask()).toBe(false);
  });

  test('again is not asked by the SDK for half a minute', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    signedIn(TOKEN);
    expect(await ask()).toBe(true);
    fetched.mockResolvedValue(new Response());
    vi.advanceTimersByTime(29_999);
    expect(await ask()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await ask()).toBe(false);
  });
});
