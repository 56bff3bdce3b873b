import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { MAX_CODE_MS } from '../../limits/limits.ts';
import { firstRefusal, type GuardCheck } from './guard.ts';

/**
 * One-time codes, by which the page proves that whoever opened it can read the terminal of this server. Where other
 * people use the same machine, a token in the page would be theirs too: any of their programs can fetch the page with
 * the headers of a browser.
 */
export interface OneTimeCodes {
  /** A new code. It is the last part of an address, behind `#c=`, and so is in no request and no Referer. */
  issue(): string;
  /** Uses a code up. */
  redeem(candidate: string): CodeOutcome;
}

/** What came of a code. `used` and `expired` are told only to those who show a code that was once good. */
export type CodeOutcome = 'good' | 'unknown' | 'used' | 'expired';

/** What is known of a code that somebody shows. */
export interface CodeClaim {
  readonly issued: boolean;
  readonly used: boolean;
  readonly ageMs: number;
  readonly lifeMs: number;
}

/** Older codes have expired anyway; what is remembered of them only tells "used" from "unknown". */
const REMEMBERED_CODES = 64;

interface IssuedCode {
  readonly digest: Buffer;
  readonly issuedAt: number;
  used: boolean;
}

/** @param now clock in milliseconds that never runs backwards */
export function oneTimeCodes(checks: Readonly<Record<string, GuardCheck<CodeClaim>>>, now: () => number): OneTimeCodes {
  const codes: IssuedCode[] = [];
  return {
    issue() {
      const code = randomBytes(24).toString('base64url');
      codes.push({ digest: digest(code), issuedAt: now(), used: false });
      codes.splice(0, codes.length - REMEMBERED_CODES);
      return code;
    },
    redeem(candidate) {
      const shown = digest(candidate);
      // All are compared, digest by digest: how long it takes tells nothing of any of them.
      const known = codes.filter((code) => timingSafeEqual(code.digest, shown))[0];
      const refusal = firstRefusal(
        {
          issued: known !== undefined,
          used: known?.used ?? false,
          ageMs: known === undefined ? 0 : now() - known.issuedAt,
          lifeMs: MAX_CODE_MS,
        },
        checks,
      );
      const wasUsed = known?.used ?? false;
      if (refusal === null) {
        if (known !== undefined) known.used = true;
        return 'good';
      }
      if (known === undefined) return 'unknown';
      return wasUsed ? 'used' : 'expired';
    },
  };
}

/** The code of an `Authorization` header in exactly the form our page sends, else null. */
export function codeOf(header: string | null): string | null {
  return header?.match(/^Code ([\w-]{1,256})$/)?.[1] ?? null;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
