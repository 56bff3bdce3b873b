import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret between this server and the pages it served; new at each start. */
export interface PageToken {
  /** 32 random bytes, base64url. Written into the page, never into an address, a cookie or a log. */
  readonly value: string;
  /** Compares digests, so that neither the length nor the first wrong letter can be measured. */
  matches(candidate: string | null): boolean;
}

export function createPageToken(): PageToken {
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

/** The token of an `Authorization` header in exactly the form our page sends, else null. */
export function bearerToken(header: string | null): string | null {
  return header?.match(/^Bearer ([\w-]{1,256})$/)?.[1] ?? null;
}
