/**
 * Heads that proxies, tunnels and content delivery networks add to what they send on, by kind. A browser on this machine
 * sends none of them, and neither does the page. Heads of tracing (`traceparent`, `x-request-id`) are not among them, as
 * extensions of a browser send them, too.
 *
 * Who leaves no trace cannot be told by this: docs/local-server.md says who that is.
 */
export const PROXY_HEADS = {
  /** Forwarded (RFC 7239) and all that were named like it: X-Forwarded-For, X-Original-Forwarded-For, Fly-Forwarded-Port. */
  forwarded: /(^|-)forwarded(-|$)/,
  /** A step on the way itself (RFC 9110, RFC 8586), its limits and its log in. */
  step: /(^|-)via$|(^|-)proxy|^(max-forwards|cdn-loop|surrogate-capability|x-request-start|front-end-https)$/,
  /** Whoever asked first, and what for, before the proxy put its own in the place: X-Real-IP, True-Client-IP, X-Host. */
  asker: /(^|-)(client|connecting|originating|real|remote)-(addr|ip|port)|^x-(original|rewrite)-|^x-(host|scheme)$/,
  /** Names of companies and programs: whatever they add, it begins like this. */
  brand:
    /^(x-)?(akamai|amz-cf|amzn|appengine|appgw|arr|azure|cf|cloud-trace|cloudfront|disguised-host|envoy|fastly|fd|fly|goog|google|nf|ngrok|tailscale|tunnel|bypass-tunnel|varnish|vercel)(-|$)/,
} as const satisfies Record<string, RegExp>;

/** Longest name that is told in the terminal: the asker chooses it. */
const MAX_TOLD = 40;

/**
 * Finds the trace of a proxy.
 *
 * @param names of a request's heads, in lower case
 * @returns the name that tells it, cut to a length that fits a terminal; null: there is none
 */
export function findProxyHead(
  names: readonly string[],
  kinds: Readonly<Record<string, RegExp>> = PROXY_HEADS,
): string | null {
  const patterns = Object.values(kinds);
  const found = names.find((name) => patterns.some((pattern) => pattern.test(name)));
  return found === undefined ? null : found.slice(0, MAX_TOLD);
}
