import { createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { answerText, PROOF_HEADER, type ProvenRequest, requestText } from '../src/contract/proof.ts';
import type { ReaderContext } from '../src/live/table-reader.ts';

/** A request as a test wants it to be proved. */
export interface SignedParts extends Partial<ProvenRequest> {
  readonly key: string;
  readonly body?: string | Uint8Array;
  readonly nonce?: string;
}

/** @returns the value of `PROOF_HEADER`, made as the page makes it, but with Node's own means */
export function proofOf({ key, nonce = newNonce(), body = '', ...request }: SignedParts): string {
  const whole: ProvenRequest = { method: 'POST', path: '/', action: null, refused: false, ...request };
  return `${nonce}.${codeOf(key, requestText(nonce, whole, digestOf(body)))}`;
}

/** @returns the value of `PROOF_HEADER` of an answer to the request with this proof */
export function answerProof(key: string, proof: string, status: number, body: string | Uint8Array): string {
  return codeOf(key, answerText(proof.split('.')[0] ?? '', status, digestOf(body)));
}

/**
 * What is under the seal of who answers, opened with Node's own means.
 *
 * @param secret 32 bytes, base64url
 * @throws Error where it is not sealed under this secret, for this port and this nonce
 */
export function unsealed(secret: string, port: number, nonce: string, sealed: string): unknown {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', 'release-matrix identity', 32));
  const bytes = Buffer.from(sealed, 'base64url');
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  cipher.setAAD(Buffer.from(`identity\n${port}\n${nonce}`)).setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString());
}

export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** @returns an answer as the local server gives it to a request with these heads, whatever it says */
export async function proven(token: string, asked: RequestInit | undefined, answer: Response): Promise<Response> {
  const proof = new Headers(asked?.headers).get(PROOF_HEADER) ?? '';
  const body = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.set(PROOF_HEADER, answerProof(token, proof, answer.status, body));
  return new Response(body, { status: answer.status, headers });
}

function codeOf(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function digestOf(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** For a table that is reached without a local server in front, which proves nothing. */
export const TRUSTING: Pick<ReaderContext, 'prover' | 'whoAnswers'> = {
  prover: { sign: async () => ({ proof: '', isAnswer: async () => true }) },
  whoAnswers: async () => 'silent',
};
