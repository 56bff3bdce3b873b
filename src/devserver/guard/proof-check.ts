import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { REFUSED_HEADER } from '../../contract/local-server.ts';
import { answerText, PROOF_HEADER, REQUEST_PROOF, requestText } from '../../contract/proof.ts';
import { proveAnswer } from './answer.ts';
import { type GuardCheck, headerLines, type RequestDescription, soleHeader } from './guard.ts';

/** What a request shows to prove that it is of a page of this run. */
export interface ProofClaim {
  /** As its head says; null: there is none, or it is not of that form. */
  readonly shown: { readonly nonce: string; readonly code: string } | null;
  /** The code of this very request, under a token: that of this run, unless another is named. */
  readonly codeOf: (nonce: string, token?: string) => string;
  /** Whether a right proof of that nonce has been shown before. Asked for last, as it notes the nonce. */
  readonly isSpent: (nonce: string) => boolean;
}

const proofIsRight: GuardCheck<ProofClaim> = ({ shown, codeOf }) =>
  shown !== null && isSame(shown.code, codeOf(shown.nonce))
    ? null
    : { status: 401, reason: 'a request does not prove that it knows the token of the page' };

const proofIsUnused: GuardCheck<ProofClaim> = ({ shown, isSpent }) =>
  shown !== null && isSpent(shown.nonce) ? { status: 401, reason: 'a request that was sent before' } : null;

/** What is asked of a proof, in this order: only the nonces of right ones are remembered. */
export const PROOF_CHECKS = { proofIsRight, proofIsUnused } as const satisfies Record<string, GuardCheck<ProofClaim>>;

/** The server's half of `src/contract/proof.ts`. */
export interface ProofKeeper {
  /** @param body all of it; empty for a route that takes none */
  claimOf(request: RequestDescription, body: Buffer): ProofClaim;
  /**
   * Has the answer prove that it is of this run, whatever it will be: refusals, too, as the page believes nothing without
   * a proof. Whoever asks learns a code for a nonce of his own, which no page will ever use.
   */
  prove(request: RequestDescription, response: ServerResponse): void;
}

/**
 * So many nonces are remembered, about 10 MB. A page sends some thousand requests in an hour; what was sent before the
 * last of these could be sent once more by whoever saw it, and reads again what was read then.
 */
const REMEMBERED_NONCES = 100_000;

/** @param token of this run */
export function proofKeeper(token: string, remembered = REMEMBERED_NONCES): ProofKeeper {
  const spent = new Set<string>();
  return {
    claimOf(request, body) {
      const lines = headerLines(request, PROOF_HEADER);
      const shown = REQUEST_PROOF.exec(lines.length === 1 ? (lines[0] ?? '') : '');
      const about = {
        method: request.method,
        path: request.target,
        action: soleHeader(request, 'x-amz-target'),
        refused: headerLines(request, REFUSED_HEADER).length > 0,
      };
      return {
        shown: shown === null ? null : { nonce: shown[1] ?? '', code: shown[2] ?? '' },
        codeOf: (nonce, key = token) => codeOf(key, requestText(nonce, about, digestOf(body))),
        isSpent(nonce) {
          if (spent.has(nonce)) return true;
          spent.add(nonce);
          for (const oldest of spent) {
            if (spent.size <= remembered) break;
            spent.delete(oldest);
          }
          return false;
        },
      };
    },
    prove(request, response) {
      const nonce = REQUEST_PROOF.exec(soleHeader(request, PROOF_HEADER) ?? '')?.[1];
      if (nonce === undefined) return;
      proveAnswer(response, (status, body) => codeOf(token, answerText(nonce, status, digestOf(body))));
    },
  };
}

function codeOf(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Both have the length of a code: the form says so of what was shown. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
