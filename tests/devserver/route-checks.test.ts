import { describe, expect, test } from 'vitest';
import { NONCE_HEADER } from '../../src/contract/local-server.ts';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import {
  firstRefusal,
  type GuardCheck,
  type Refusal,
  type RequestDescription,
} from '../../src/devserver/guard/guard.ts';
import {
  CODE_CHECKS,
  type CostlyRequest,
  CREDENTIAL_CHECKS,
  IDENTITY_CHECKS,
  ROUTE_CHECKS,
  START_CHECKS,
} from '../../src/devserver/guard/route-checks.ts';

// What is asked of a request to our own routes, beyond the guard: each line a request and how it is refused.

const BARE: RequestDescription = {
  peer: '127.0.0.1',
  port: 5179,
  version: '1.1',
  method: 'POST',
  target: '/__release-matrix/credentials',
  headers: [['origin', 'http://127.0.0.1:5179']],
};
const also = (...headers: (readonly [string, string])[]) => ({ ...BARE, headers: [...BARE.headers, ...headers] });

describe('a request to a route', () => {
  test.each([
    ['of an old browser, without Fetch Metadata', BARE, null],
    [
      'of the page',
      also(['sec-fetch-site', 'same-origin'], ['sec-fetch-mode', 'cors'], ['sec-fetch-dest', 'empty']),
      null,
    ],
    ['by GET', { ...BARE, method: 'GET' }, { status: 405, reason: 'method GET on a route of the local server' }],
    [
      'without an Origin',
      { ...BARE, headers: [] },
      { status: 403, reason: 'a route of the local server was asked without the Origin of the page' },
    ],
    [
      'of another origin',
      { ...BARE, headers: [['origin', 'http://127.0.0.1:3000']] },
      { status: 403, reason: 'a route of the local server was asked without the Origin of the page' },
    ],
    [
      'with two Origins',
      also(['origin', 'http://127.0.0.1:5179']),
      { status: 403, reason: 'a route of the local server was asked without the Origin of the page' },
    ],
    [
      'of a neighbour',
      also(['sec-fetch-site', 'same-site']),
      { status: 403, reason: 'sec-fetch-site on a route of the local server is not same-origin' },
    ],
    [
      'of ours and of a neighbour',
      also(['sec-fetch-site', 'same-origin'], ['sec-fetch-site', 'same-site']),
      { status: 403, reason: 'sec-fetch-site on a route of the local server is not same-origin' },
    ],
    [
      'by a navigation',
      also(['sec-fetch-mode', 'navigate']),
      { status: 403, reason: 'sec-fetch-mode on a route of the local server is not cors' },
    ],
    [
      'for a document',
      also(['sec-fetch-dest', 'document']),
      { status: 403, reason: 'sec-fetch-dest on a route of the local server is not empty' },
    ],
  ] as const)('%s', (_, request, refusal) => {
    expect(firstRefusal(request, ROUTE_CHECKS)).toEqual(refusal);
  });

  test('for the start is asked for its secret last, and once', () => {
    let asked = 0;
    const isTrusted = () => {
      asked += 1;
      return false;
    };
    expect(firstRefusal({ ...also(['content-length', '1']), isTrusted }, START_CHECKS)?.status).toBe(413);
    expect(asked).toBe(0);
    expect(firstRefusal({ ...BARE, isTrusted }, START_CHECKS)).toEqual({
      status: 401,
      reason: 'neither a good code nor the ticket of this run',
    });
    expect(asked).toBe(1);
  });
});

const NONCE = [NONCE_HEADER, 'A'.repeat(22)] as const;

describe.each<[string, (request: RequestDescription) => Refusal | null]>([
  ['the start', (request) => firstRefusal({ ...request, isTrusted: () => true }, START_CHECKS)],
  ['credentials', (request) => firstRefusal({ ...request, waitMs: () => 0 }, CREDENTIAL_CHECKS)],
  ['who answers', (request) => firstRefusal({ ...request, waitMs: () => 0 }, IDENTITY_CHECKS)],
])('a request for %s takes no body', (_, judged) => {
  test.each([
    ['no length', [], null],
    ['none', [['content-length', '0']], null],
    [
      'none, twice',
      [
        ['content-length', '0'],
        ['content-length', '0'],
      ],
      null,
    ],
    ['one byte', [['content-length', '1']], 413],
    [
      'one byte, said second',
      [
        ['content-length', '0'],
        ['content-length', '1'],
      ],
      413,
    ],
    ['a length that is none', [['content-length', 'x']], 413],
    ['chunks', [['transfer-encoding', 'chunked']], 413],
  ] as const)('%s', (_name, headers, status) => {
    const refusal = judged(also(NONCE, ...headers));
    expect(refusal?.status ?? null).toBe(status);
    if (refusal !== null) expect(refusal.reason).toBe('a body where none is taken');
  });
});

describe.each<[string, Readonly<Record<string, GuardCheck<CostlyRequest>>>]>([
  ['credentials', CREDENTIAL_CHECKS],
  ['who answers', IDENTITY_CHECKS],
])('a request for %s', (_, checks) => {
  test.each([
    [0, null],
    [1, 1],
    [1000, 1],
    [1001, 2],
  ])('asked too often by %i ms, to be asked again in so many seconds: %s', (waitMs, seconds) => {
    expect(firstRefusal({ ...also(NONCE), waitMs: () => waitMs }, checks)).toEqual(
      seconds === null ? null : { status: 429, reason: 'asked too often', retryAfterSeconds: seconds },
    );
  });
});

test.each([
  ['16 bytes', ['A-_0'.repeat(5).concat('zz')], true],
  ['nothing', [], false],
  ['a byte too few', ['A'.repeat(21)], false],
  ['a byte too many', ['A'.repeat(23)], false],
  ['what is not base64url', [`${'A'.repeat(21)}+`], false],
  ['16 bytes, twice', ['A'.repeat(22), 'A'.repeat(22)], false],
])('who answers is told for %s, and counted only then', (_, nonces, isTold) => {
  let counted = 0;
  const waitMs = () => {
    counted += 1;
    return 0;
  };
  const request = { ...also(...nonces.map((nonce) => [NONCE_HEADER, nonce] as const)), waitMs };
  const reason = 'who answers here was asked without 16 bytes that are bound to the answer';
  expect(firstRefusal(request, IDENTITY_CHECKS)).toEqual(isTold ? null : { status: 400, reason });
  expect(counted).toBe(isTold ? 1 : 0);
});

test.each([
  ['good', { issued: true, used: false, ageMs: 999 }, null],
  ['unknown', { issued: false, used: false, ageMs: 0 }, 'an unknown code'],
  ['used', { issued: true, used: true, ageMs: 0 }, 'a code that was used before'],
  ['expired', { issued: true, used: false, ageMs: 1000 }, 'a code that has expired'],
])('a code that is %s', (_, claim, reason) => {
  expect(firstRefusal({ ...claim, lifeMs: 1000 }, CODE_CHECKS)).toEqual(
    reason === null ? null : { status: 401, reason },
  );
});

test('the checks of every place, in the order in which they are asked', () => {
  const names = Object.fromEntries(Object.entries(ALL_CHECKS).map(([place, checks]) => [place, Object.keys(checks)]));
  expect(names).toMatchObject({
    route: ['methodIsPost', 'originIsPresent', 'fetchSiteIsSame', 'fetchModeIsCors', 'fetchDestIsEmpty'],
    proof: ['proofIsRight', 'proofIsUnused'],
    start: ['bodyIsEmpty', 'secretIsRight'],
    identity: ['bodyIsEmpty', 'nonceIsFresh', 'isAskedRarely'],
    credentials: ['bodyIsEmpty', 'isAskedRarely'],
    call: ['callOnlyReads', 'callNamesOwnTable', 'batchNamesOwnTable'],
    code: ['codeIsIssued', 'codeIsUnused', 'codeIsFresh'],
  });
  expect(names.upgrade).toEqual([...(names.request ?? []), 'originIsPresent']);
});
