import { fromBase64Url, toBase64Url } from '../contract/base64url.ts';
import {
  IDENTITY_PURPOSE,
  type IdentityAnswer,
  identityContext,
  NONCE_HEADER,
  ROUTES,
  type SealedIdentity,
} from '../contract/local-server.ts';
import { bytesOf } from '../contract/proof.ts';
import { keepTicket } from './ticket.ts';

/**
 * What the page knows its server by. A process of another user can take the port when the server has ended; what it
 * answers looks like the server's. So before the page is loaded anew, before a part of its program is fetched, and
 * whenever an answer has no proof, the server is asked to prove that it knows the secret, which the page got with its
 * start. What the page keeps in the browser is encrypted under the same secret: the origin is then that process's, too.
 *
 * The secret is held by this module as keys that no script can read out, and by nothing that React keeps.
 */

/** What came of the question who answers at the address of this page. `silent`: nobody. */
export type Answering = 'ours' | 'foreign' | 'silent';

/** Encrypts what is kept in the browser. */
export interface Vault {
  seal(text: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @returns null: it was sealed under another secret, or has been changed */
  open(sealed: unknown): Promise<string | null>;
  /** A name for a key of a database, which tells nothing of what it names. */
  nameOf(text: string): Promise<string>;
}

interface Keys {
  readonly identity: CryptoKey;
  readonly vault: CryptoKey;
  readonly names: CryptoKey;
}

const AES = { name: 'AES-GCM', length: 256 } as const;
const NONCE_BYTES = 12;
/** The local server answers at once; milliseconds. */
const LIMIT_MS = 10_000;

let keys: Promise<Keys> | null = null;

/** Takes the secret that came with the start. */
export function takeSecret(secret: string): void {
  keys = derived(fromBase64Url(secret));
  keys.catch(() => undefined);
}

/** Where there is no start yet, what is kept can be read by this page alone, and no server is known. */
function known(): Promise<Keys> {
  keys ??= derived(crypto.getRandomValues(new Uint8Array(32)));
  return keys;
}

async function derived(secret: Uint8Array<ArrayBuffer>): Promise<Keys> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const derive = (purpose: string, form: AesKeyGenParams | HmacKeyGenParams, usages: readonly KeyUsage[]) => {
    const by = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(purpose) };
    return crypto.subtle.deriveKey(by, base, form, false, usages);
  };
  const [identity, vault, names] = await Promise.all([
    derive(IDENTITY_PURPOSE, AES, ['decrypt']),
    derive('release-matrix kept', AES, ['encrypt', 'decrypt']),
    derive('release-matrix names', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  ]);
  return { identity, vault, names };
}

/**
 * Asks who answers at the address of this page. Nothing in the question is secret, and it is another one each time.
 *
 * Where it is a server of ours that wants a ticket for the start of a page, the tab has one afterwards.
 */
export async function whoAnswers(): Promise<Answering> {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  let answer: Response;
  try {
    answer = await fetch(ROUTES.identity, {
      method: 'POST',
      headers: { [NONCE_HEADER]: nonce },
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (error) {
    // What accepts and says nothing is somebody; only where nothing listens, nobody answers.
    return isTimeout(error) ? 'foreign' : 'silent';
  }
  try {
    const { sealed } = (await answer.json()) as IdentityAnswer; // by whomever: only what opens is read any further
    const text = await opened(fromBase64Url(sealed), (await known()).identity, identityContext(location.port, nonce));
    const { ticket } = JSON.parse(text) as SealedIdentity; // our own server's words: nobody else could seal them
    keepTicket(ticket);
    return 'ours';
  } catch {
    return 'foreign';
  }
}

/** Pauses between two questions in `untilOurs`, milliseconds. */
const AGAIN_MS = { silent: 1_000, foreign: 15_000 } as const;

/** Resolves when the server of this page answers again. */
export async function untilOurs(): Promise<void> {
  for (;;) {
    const answering = await whoAnswers();
    if (answering === 'ours') return;
    await new Promise((resume) => setTimeout(resume, AGAIN_MS[answering]));
  }
}

export const vault: Vault = {
  async seal(text) {
    const { vault } = await known();
    const own = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const cipher = await crypto.subtle.encrypt({ name: AES.name, iv: own }, vault, bytesOf(text));
    const sealed = new Uint8Array(NONCE_BYTES + cipher.byteLength);
    sealed.set(own);
    sealed.set(new Uint8Array(cipher), NONCE_BYTES);
    return sealed;
  },
  async open(sealed) {
    if (!ArrayBuffer.isView(sealed)) return null;
    try {
      return await opened(
        new Uint8Array(sealed.buffer, sealed.byteOffset, sealed.byteLength).slice(),
        (await known()).vault,
        '',
      );
    } catch {
      return null;
    }
  },
  async nameOf(text) {
    // As JSON, which tells letters apart that UTF-8 has none for.
    const code = await crypto.subtle.sign('HMAC', (await known()).names, bytesOf(JSON.stringify(text)));
    return toBase64Url(new Uint8Array(code).subarray(0, 16));
  },
};

/** @throws DOMException where it was sealed under another key, for something else, or has been changed */
async function opened(sealed: Uint8Array<ArrayBuffer>, key: CryptoKey, context: string): Promise<string> {
  const by = { name: AES.name, iv: sealed.subarray(0, NONCE_BYTES), additionalData: bytesOf(context) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(by, key, sealed.subarray(NONCE_BYTES)));
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
