import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { REFUSED_HEADER } from '../../src/contract/local-server.ts';
import { PROOF_HEADER, proverOf } from '../../src/contract/proof.ts';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { REFUSED, sendError } from '../../src/devserver/guard/answer.ts';
import { firstRefusal, type RequestDescription } from '../../src/devserver/guard/guard.ts';
import { PROOF_CHECKS, proofKeeper } from '../../src/devserver/guard/proof-check.ts';
import { answerProof, newNonce, proofOf, type SignedParts } from '../proofs.ts';

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
  firstRefusal(keeper.claimOf(request, Buffer.from(body)), ALL_CHECKS.proof)?.status ?? null;

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

  test('is asked for whether it was sent before on its own, and one that is not there was not', () => {
    const claim = proofKeeper(TOKEN).claimOf(described(''), Buffer.from(BODY));
    expect([PROOF_CHECKS.proofIsUnused(claim), PROOF_CHECKS.proofIsUnused(claim)]).toEqual([null, null]);
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

describe('the proof of an answer', () => {
  /** Sends a refusal in answer to a request. @returns the proof that it carries */
  const proofSent = (request: RequestDescription): unknown => {
    const sent: Record<string, unknown> = {};
    // Only these parts of it are used.
    const response = {
      writeHead: (_status: number, headers: object) => Object.assign(sent, headers),
      end: () => undefined,
    } as unknown as ServerResponse;
    proofKeeper(TOKEN).prove(request, response);
    sendError(response, 403, REFUSED);
    return sent[PROOF_HEADER];
  };
  const refusal = JSON.stringify(REFUSED);

  test('is over what the request has made up, the status and the body, and the page takes it', async () => {
    const about = { method: 'POST', path: PATH, action: ACTION, refused: false };
    const { proof, isAnswer } = await proverOf(TOKEN).sign(about, new TextEncoder().encode(BODY));
    const sent = proofSent(described(proof));
    expect(sent).toBe(answerProof(TOKEN, proof, 403, refusal));
    const isTaken = (status: number, body: string) => isAnswer(status, new TextEncoder().encode(body), String(sent));
    expect([await isTaken(403, refusal), await isTaken(401, refusal), await isTaken(403, '')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is given to a wrong proof, too: it tells nothing that a page could be made to believe', () => {
    const wrong = signed({ key: 'another' });
    expect(proofSent(described(wrong))).toBe(answerProof(TOKEN, wrong, 403, refusal));
  });

  test.each([
    ['none', { ...described(''), headers: [] }],
    ['one that is empty', described('')],
    ['one that is cut off', described(signed().slice(0, -1))],
    ['one with more before it', described(`x${signed()}`)],
    ['one with more behind it', described(`${signed()}x`)],
    ['two', described(signed(), [[PROOF_HEADER, signed()]])],
  ])('is not there where the request shows %s', (_, request) => {
    expect(proofSent(request)).toBeUndefined();
    expect(statusOf(request)).toBe(401);
  });
});
