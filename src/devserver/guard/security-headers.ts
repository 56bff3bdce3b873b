import { ENGINE_POLICY } from '../../contract/local-server.ts';

/** How the page is served: by Vite's development server, or as a finished build. */
export type Serving = 'dev' | 'preview';

/** What Vite puts into the page in dev, beside files. */
export interface InlineContent {
  /** The digests of its scripts, `sha256-…`. */
  readonly scriptDigests: readonly string[];
  /** Of this one answer, for the styles that Vite's client adds. */
  readonly styleNonce: string;
}

export interface ContentSecurityOptions {
  readonly serving: Serving;
  readonly port: number;
  /** Origins of DynamoDB where the page calls it itself; none for tables reached through this server. */
  readonly dynamodbOrigins: readonly string[];
  /** What stands in line in this one answer (dev only). Null: nothing does. */
  readonly inline: InlineContent | null;
}

/**
 * The content security policy of an answer: scripts and styles of our own, one worker, connections to ourselves and to the
 * DynamoDB hosts of the settings, nothing else. Workers get it with their script. The one policy of Trusted Types starts that worker.
 *
 * In dev Vite writes scripts and styles in line. The scripts are allowed one by one, by their digests: a nonce could be
 * read by whatever gets into the page, and both it and 'strict-dynamic' are passed on to what a script imports, from
 * whichever host.
 */
export function contentSecurityPolicy(options: ContentSecurityOptions): string {
  const { serving, port, dynamodbOrigins, inline } = options;
  const connect = ["'self'"];
  if (serving === 'dev') connect.push(`ws://127.0.0.1:${port}`);
  connect.push(...new Set(dynamodbOrigins));
  const scripts = ["'self'", ...(inline?.scriptDigests ?? []).map((digest) => `'${digest}'`)].join(' ');
  const styles = inline === null ? "'self'" : `'self' 'nonce-${inline.styleNonce}'`;
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
    "worker-src 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${ENGINE_POLICY}`,
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
