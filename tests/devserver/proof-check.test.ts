import { describe, expect, test } from 'vitest';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { judge, type RequestDescription } from '../../src/devserver/guard.ts';
import { proofKeeper } from '../../src/devserver/proof-check.ts';
import { REFUSED_HEADER } from '../../src/store/local-server.ts';
import { PROOF_HEADER, proverOf } from '../../src/store/proof.ts';
import { newNonce, proofOf, type SignedParts } from '../proofs.ts';

const TOKEN = 'the-token';
const PATH = '/__release-matrix/dynamodb';
const ACTION = 'DynamoDB_20120810.Scan';
const BODY = '{"TableName":"Fragments"}';

const described = (proof: string, headers: readonly (readonly [string, string])[] = []): RequestDescription => ({
  peer: '127.0.0.1',
  port: 5179,
  version: '1.1',
  method: 'POST',
  target: PATH,
  headers: [['x-amz-target', ACTION], [PROOF_HEADER, proof], ...headers],
});
const signed = (more: Partial<SignedParts> = {}) =>
  proofOf({ key: TOKEN, path: PATH, action: ACTION, body: BODY, ...more });

const statusOf = (request: RequestDescription, keeper = proofKeeper(TOKEN), body = BODY) =>
  judge(keeper.claimOf(request, Buffer.from(body)), ALL_CHECKS.proof)?.status ?? null;

describe('the proof of a request', () => {
  test('that the page makes, by other means than these, is right', async () => {
    const about = { method: 'POST', path: PATH, action: ACTION, refused: false };
    const { proof } = await proverOf(TOKEN).sign(about, new TextEncoder().encode(BODY));
    expect(statusOf(described(proof))).toBeNull();
    expect(proof).not.toContain(TOKEN);
  });

  test.each<[string, RequestDescription]>([
    ['another token', described(signed({ key: 'another' }))],
    ['an empty token', described(signed({ key: '' }))],
    ['another method', described(signed({ method: 'GET' }))],
    ['another path', described(signed({ path: '/__release-matrix/credentials' }))],
    ['another action', described(signed({ action: 'DynamoDB_20120810.Query' }))],
    ['no action', described(signed({ action: null }))],
    ['a request that says that credentials were refused', described(signed({ refused: true }))],
    ['a request that does not say so', described(signed(), [[REFUSED_HEADER, 'true']])],
    ['another body', described(signed({ body: `${BODY} ` }))],
    ['another nonce', described(`${newNonce()}.${signed().split('.')[1]}`)],
    ['a second head', described(signed(), [[PROOF_HEADER, signed()]])],
  ])('of %s is not', (_, request) => {
    expect(statusOf(request)).toBe(401);
  });

  test('is good once', () => {
    const keeper = proofKeeper(TOKEN);
    const request = described(signed());
    expect([statusOf(request, keeper), statusOf(request, keeper)]).toEqual([null, 401]);
  });

  test('that is wrong uses no nonce up, and is not remembered', () => {
    const keeper = proofKeeper(TOKEN);
    const nonce = newNonce();
    expect(statusOf(described(signed({ nonce, key: 'another' })), keeper)).toBe(401);
    expect(statusOf(described(signed({ nonce })), keeper)).toBeNull();
  });

  test('is remembered for as many as there is room for, the oldest first', () => {
    const keeper = proofKeeper(TOKEN, 2);
    const [one, two, three] = [signed(), signed(), signed()].map((proof) => described(proof));
    if (!one || !two || !three) throw new Error('three requests');
    expect([one, two, two, one].map((request) => statusOf(request, keeper))).toEqual([null, null, 401, 401]);
    expect([three, two, one].map((request) => statusOf(request, keeper))).toEqual([null, 401, null]);
  });
});
