import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of this run, which whoever asks may have to show. */
export interface RunSecret {
  /** 32 random bytes, base64url. Never in an address, a cookie or a log. */
  readonly value: string;
  /** Compares digests, so that neither the length nor the first wrong letter can be measured. */
  matches(candidate: string | null): boolean;
}

export function createRunSecret(): RunSecret {
  const value = randomBytes(32).toString('base64url');
  const expected = digest(value);
  return {
    value,
    matches: (candidate) => candidate !== null && timingSafeEqual(digest(candidate), expected),
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The ticket of an `Authorization` header in exactly the form our page sends, else null. */
export function ticketOf(header: string | null): string | null {
  return header?.match(/^Ticket ([\w-]{1,256})$/)?.[1] ?? null;
}
