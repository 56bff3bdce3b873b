import { fromBase64Url, toBase64Url } from './base64url.ts';

/**
 * How the page and the local server prove to each other, in each request and each answer, that they share the token,
 * without sending it: whoever takes the port when the server has ended gets nothing that it could use, and is believed
 * nothing.
 *
 * The form is here, for both; the page's part is below, by WebCrypto (`127.0.0.1` is a secure context). The server's part
 * is `src/devserver/guard/proof-check.ts`.
 */

/**
 * Carries the proof of a request, `<nonce>.<code>`, and that of its answer, `<code>`. A head of its own, as
 * `Authorization` is taken by the SDK's signature on the route to a table. Lower case, as HTTP libraries hand heads over.
 */
export const PROOF_HEADER = 'x-release-matrix-proof';

/** 16 random bytes and an HMAC-SHA256, both base64url. */
export const REQUEST_PROOF = /^([\w-]{22})\.([\w-]{43})$/;

/** What a proof is about: all of a request that decides what it does. */
export interface ProvenRequest {
  readonly method: string;
  readonly path: string;
  /** Of the `X-Amz-Target` head; null: none. */
  readonly action: string | null;
  /** Whether `REFUSED_HEADER` is there. */
  readonly refused: boolean;
}

/**
 * The text whose code proves a request. No part can hold a line break, as none can stand in a head.
 *
 * @param digest of the body, SHA-256, base64url
 */
export function requestText(nonce: string, { method, path, action, refused }: ProvenRequest, digest: string): string {
  return ['request', nonce, method, path, action ?? '', refused ? 'refused' : '', digest].join('\n');
}

/** The text whose code proves an answer to the request of that nonce. */
export function answerText(nonce: string, status: number, digest: string): string {
  return ['answer', nonce, status, digest].join('\n');
}

/** A request that is about to be sent. */
export interface SignedRequest {
  /** For `PROOF_HEADER`. */
  readonly proof: string;
  /** Whether an answer is of whoever shares the token, and to this request. */
  isAnswer(status: number, body: Uint8Array<ArrayBuffer>, proof: string | null): Promise<boolean>;
}

/** The page's half. It holds the token as a key that no script can read out. */
export interface Prover {
  sign(request: ProvenRequest, body: Uint8Array<ArrayBuffer>): Promise<SignedRequest>;
}

/** @param token the page's token, as the local server wrote it */
export function proverOf(token: string): Prover {
  const key = crypto.subtle.importKey('raw', bytesOf(token), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
  // Whoever signs is told of it; until then it is nobody's fault.
  key.catch(() => undefined);
  return {
    async sign(request, body) {
      const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
      const text = requestText(nonce, request, await digestOf(body));
      const code = await crypto.subtle.sign('HMAC', await key, bytesOf(text));
      return {
        proof: `${nonce}.${toBase64Url(new Uint8Array(code))}`,
        async isAnswer(status, answer, proof) {
          if (proof === null || !/^[\w-]{43}$/.test(proof)) return false;
          const said = bytesOf(answerText(nonce, status, await digestOf(answer)));
          return crypto.subtle.verify('HMAC', await key, fromBase64Url(proof), said);
        },
      };
    },
  };
}

async function digestOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', body)));
}

/** Text as UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
