import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { answerText, type ProvenRequest, proverOf, REQUEST_PROOF, requestText } from '../../src/contract/proof.ts';

const NONCE = 'n'.repeat(22);
const CODE = 'c'.repeat(43);

test.each<[Partial<ProvenRequest>, string]>([
  [{}, `request\n${NONCE}\nPOST\n/table\n\n\nbody`],
  [{ method: 'GET', path: '/credentials' }, `request\n${NONCE}\nGET\n/credentials\n\n\nbody`],
  [{ action: 'DynamoDB_20120810.Query' }, `request\n${NONCE}\nPOST\n/table\nDynamoDB_20120810.Query\n\nbody`],
  [{ refused: true }, `request\n${NONCE}\nPOST\n/table\n\nrefused\nbody`],
])('what proves a request says all that decides what it does: %j', (request, text) => {
  const whole = { method: 'POST', path: '/table', action: null, refused: false, ...request };
  expect(requestText(NONCE, whole, 'body')).toBe(text);
});

test('what proves an answer says to which request, and with which status', () => {
  expect(answerText(NONCE, 200, 'body')).toBe(`answer\n${NONCE}\n200\nbody`);
});

test.each([
  [`${NONCE}.${CODE}`, true],
  [` ${NONCE}.${CODE}`, false],
  [`x${NONCE}.${CODE}`, false],
  [`${NONCE}.${CODE}x`, false],
  [`${NONCE}.${CODE}\n${CODE}`, false],
  [`${NONCE}${CODE}`, false],
  [CODE, false],
])('%j is the proof of a request: %s', (proof, is) => {
  expect(REQUEST_PROOF.test(proof)).toBe(is);
});

describe('the page', () => {
  const TOKEN = 'token of the page';
  const digest = (body: string) => createHash('sha256').update(body).digest('base64url');
  const code = (text: string) => createHmac('sha256', TOKEN).update(text).digest('base64url');
  const bytes = (text: string) => new TextEncoder().encode(text);
  const REQUEST: ProvenRequest = { method: 'POST', path: '/table', action: 'Scan', refused: false };

  test('proves a request by the token, each time by another nonce', async () => {
    const prover = proverOf(TOKEN);
    const proofs = await Promise.all([prover.sign(REQUEST, bytes('asked')), prover.sign(REQUEST, bytes('asked'))]);
    const [first, second] = proofs.map(({ proof }) => REQUEST_PROOF.exec(proof)?.slice(1) ?? []);
    expect(first?.[0]).not.toBe(second?.[0]);
    for (const [nonce = '', said] of [first ?? [], second ?? []]) {
      expect(said).toBe(code(requestText(nonce, REQUEST, digest('asked'))));
    }
  });

  test('holds the token as a key that no script can read out', async () => {
    const imported = vi.spyOn(crypto.subtle, 'importKey');
    await proverOf(TOKEN).sign(REQUEST, bytes('asked'));
    const keys = await Promise.all(imported.mock.results.map(({ value }) => value));
    expect(keys.map(({ extractable }) => extractable)).toEqual([false]);
    imported.mockRestore();
  });

  test('believes an answer that proves the token for this request, status and body, and nothing else', async () => {
    const { proof, isAnswer } = await proverOf(TOKEN).sign(REQUEST, bytes('asked'));
    const nonce = proof.split('.')[0] ?? '';
    const said = code(answerText(nonce, 200, digest('told')));
    const believed = await Promise.all(
      [
        [200, 'told', said],
        [500, 'told', said],
        [200, 'other', said],
        [200, 'told', null],
        [200, 'told', ''],
        [200, 'told', `${said}A`],
        [200, 'told', `A${said}`],
        [200, 'told', `${said}*`],
        [200, 'told', `*${said}`],
        [200, 'told', '*'.repeat(43)],
        [200, 'told', code(answerText(NONCE, 200, digest('told')))],
        [200, 'told', code(requestText(nonce, REQUEST, digest('told')))],
      ].map(([status, body, of]) => isAnswer(status as number, bytes(body as string), of as string | null)),
    );
    expect(believed).toEqual([true, ...Array(11).fill(false)]);
  });
});
