/** How the page is served: by Vite's development server, or as a finished build. */
export type Serving = 'dev' | 'preview';

export interface ContentSecurityOptions {
  readonly serving: Serving;
  readonly port: number;
  /** Origin of DynamoDB when the page calls it itself; null for tables reached through this server. */
  readonly dynamodbOrigin: string | null;
  /** Nonce of this one answer (dev only). Null: an answer that is no page, and needs no scripts of its own. */
  readonly nonce: string | null;
}

/**
 * The content security policy of an answer: scripts and styles of our own, connections to ourselves and to the one
 * DynamoDB host, nothing else. In dev Vite injects inline scripts and styles, which the nonce covers.
 */
export function contentSecurityPolicy(options: ContentSecurityOptions): string {
  const { serving, port, dynamodbOrigin, nonce } = options;
  const connect = ["'self'"];
  if (serving === 'dev') connect.push(`ws://127.0.0.1:${port}`);
  if (dynamodbOrigin !== null) connect.push(dynamodbOrigin);
  const scripts = nonce === null ? "'self'" : `'nonce-${nonce}' 'strict-dynamic'`;
  const styles = nonce === null ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Headers of every answer, whatever its status. No cookie and no CORS header is ever among them. */
export const FIXED_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), local-network=(), loopback-network=()',
} as const;
