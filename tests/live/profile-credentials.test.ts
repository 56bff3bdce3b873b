import { expect, test } from 'vitest';
import {
  LOCAL_SERVER_ERRORS,
  type ProfileCredentials,
  REFUSED_HEADER,
  ROUTES,
} from '../../src/contract/local-server.ts';
import { PROOF_HEADER, proverOf, REQUEST_PROOF } from '../../src/contract/proof.ts';
import { ReadFault } from '../../src/contract/read-fault.ts';
import { profileCredentials } from '../../src/live/profile-credentials.ts';
import { proven } from '../proofs.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const ANSWER: ProfileCredentials = {
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'secret',
  Token: 'session',
  // The server's clock is two hours ahead of this machine's.
  Expiration: '2026-11-22T12:15:00Z',
  ExpiresInMs: 900_000,
  ServerTime: '2026-11-22T12:00:00Z',
  Profile: 'release-readonly',
  Scope: 'session',
};

type Answer = () => Promise<Response> | Response;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function providerThat(answer: Answer) {
  const requests: { url: unknown; init: RequestInit | undefined }[] = [];
  const provide = profileCredentials(proverOf('t0ken'), {
    now: () => NOW,
    fetch: async (url, init) => {
      requests.push({ url, init });
      return proven('t0ken', init, await answer());
    },
  });
  return { provide, requests };
}

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof ReadFault ? [error.code, error.fix] : error),
  );

test('credentials expire by the life they have left, whatever this machine’s clock', async () => {
  const { provide, requests } = providerThat(() => json(ANSWER));
  expect(await provide()).toEqual({
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'session',
    expiration: new Date(NOW + 900_000),
    access: { profile: 'release-readonly', scope: 'session', clockOffsetMs: 7_200_000 },
  });
  expect(requests[0]?.url).toBe(ROUTES.credentials);
  expect(requests[0]?.init).toMatchObject({
    method: 'POST',
    headers: { [PROOF_HEADER]: expect.stringMatching(REQUEST_PROOF) },
    redirect: 'error',
    cache: 'no-store',
  });
});

test('that the former ones were refused is said, and only then', async () => {
  const { provide, requests } = providerThat(() => json(ANSWER));
  await provide();
  await provide(true);
  const said = requests.map(({ init }) => new Headers(init?.headers).has(REFUSED_HEADER));
  expect(said).toEqual([false, true]);
});

test('calls at the same time share one request; the next one asks anew', async () => {
  const { provide, requests } = providerThat(() => json(ANSWER));
  const [a, b] = await Promise.all([provide(), provide()]);
  expect(a).toBe(b);
  expect(requests).toHaveLength(1);
  await provide();
  expect(requests).toHaveLength(2);
});

test('a failure is not kept, and not repeated', async () => {
  let failing = true;
  const { provide, requests } = providerThat(() =>
    failing ? json({ Code: 'SsoExpired', Message: 'x' }, 403) : json(ANSWER),
  );
  expect(await faultOf(provide())).toEqual(['profile-sso-expired', null]);
  expect(requests).toHaveLength(1);
  failing = false;
  expect((await provide()).accessKeyId).toBe('ASIAEXAMPLE');
});

test.each<[string, Answer, [string, string | null]]>([
  [
    'a cause with its fix',
    () => json({ Code: 'SsoExpired', Message: 'expired', Fix: 'aws sso login --profile x' }, 403),
    ['profile-sso-expired', 'aws sso login --profile x'],
  ],
  [
    'a request that it has had before',
    () => json({ Code: 'Refused', Message: 'refused' }, 401),
    ['local-server-restarted', null],
  ],
  ['a refusal of the guard', () => json({ Code: 'Refused', Message: 'refused' }, 403), ['local-server-refused', null]],
  ['an unknown cause', () => json({ Code: 'Nonsense' }, 500), ['local-server-failing', null]],
  ['a web page', () => new Response('<html>', { status: 200 }), ['local-server-failing', null]],
  ['an empty object', () => json({}), ['local-server-failing', null]],
  ['null', () => json(null), ['local-server-failing', null]],
  ['a missing part', () => json({ ...ANSWER, Token: undefined }), ['local-server-failing', null]],
  ['a server time that is none', () => json({ ...ANSWER, ServerTime: 'noon' }), ['local-server-failing', null]],
  ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), ['local-server-stopped', null]],
  ['no answer in time', () => Promise.reject(new DOMException('late', 'TimeoutError')), ['timed-out', null]],
])('%s', async (_, answer, fault) => {
  expect(await faultOf(providerThat(answer).provide())).toEqual(fault);
});

test('every cause the local server names has a fault of its own', async () => {
  const codes = await Promise.all(
    LOCAL_SERVER_ERRORS.map((Code) => faultOf(providerThat(() => json({ Code, Message: 'x' }, 403)).provide())),
  );
  expect(new Set(codes.map(String)).size).toBe(LOCAL_SERVER_ERRORS.length);
});

test.each([
  ['no proof', async (answer: Response) => answer],
  ['the proof of another token', (answer: Response, init?: RequestInit) => proven('another', init, answer)],
  ['the proof of another answer', (answer: Response) => proven('t0ken', { headers: {} }, answer)],
  [
    'the proof of another status',
    async (answer: Response, init?: RequestInit) => {
      const { headers, body } = await proven('t0ken', init, new Response(await answer.text(), { status: 500 }));
      return new Response(body, { headers });
    },
  ],
  [
    'the proof of another body',
    async (_: Response, init?: RequestInit) => {
      const { headers } = await proven('t0ken', init, json({ ...ANSWER, AccessKeyId: 'ASIAOTHER' }));
      return json(ANSWER)
        .text()
        .then((text) => new Response(text, { headers }));
    },
  ],
  [
    'the proof that was sent with the request',
    async (answer: Response, init?: RequestInit) =>
      new Response(answer.body, { headers: { [PROOF_HEADER]: new Headers(init?.headers).get(PROOF_HEADER) ?? '' } }),
  ],
])('an answer with %s is not believed, and the token is not in the request', async (_, forge) => {
  let asked = '';
  const provide = profileCredentials(proverOf('t0ken'), {
    now: () => NOW,
    fetch: async (url, init) => {
      asked = JSON.stringify([url, init, [...new Headers(init?.headers)]]);
      return forge(json(ANSWER), init);
    },
  });
  expect(await faultOf(provide())).toEqual(['local-server-foreign', null]);
  expect(asked).not.toContain('t0ken');
});
