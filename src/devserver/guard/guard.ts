import { MAX_HEADERS } from '../../limits/limits.ts';
import { findProxyHead } from './proxy-heads.ts';

/**
 * Who may talk to the local server: only the page it served itself, on this machine, over the one literal address.
 *
 * The server hands out credentials, so a web page of another origin, a rebound DNS name, a tunnel or a neighbour in
 * the network must not even reach a file. Vite's own checks do not suffice: IP-literal Hosts and foreign Origins on
 * loopback pass them. Every check is a pure function of the request, so that each can be tested, and missed, alone.
 */

/** What the checks may look at. Headers are as on the wire: repeated lines stay repeated, names in lower case. */
export interface RequestDescription {
  /** Address of the other end of the connection. */
  readonly peer: string;
  /** Our own port of this connection; the one right authority is `127.0.0.1:<port>`. */
  readonly port: number;
  /** Of HTTP, as in the first line: `1.1`. */
  readonly version: string;
  readonly method: string;
  /** The request target exactly as sent. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Why a request is turned away. The reason is for the terminal; the asker learns only the status. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 421 | 429 | 431 | 505;
  readonly reason: string;
  /** When asking again makes sense, for 429. */
  readonly retryAfterSeconds?: number;
}

export type GuardCheck<Subject = RequestDescription> = (subject: Subject) => Refusal | null;

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);
const OVERRIDES: ReadonlySet<string> = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);

/** All values of a header, one per line of the request. */
export function headerLines(request: RequestDescription, name: string): readonly string[] {
  return request.headers.filter(([header]) => header === name).map(([, value]) => value);
}

/** The value of a header that must be given exactly once, else null. */
export function soleHeader(request: RequestDescription, name: string): string | null {
  const lines = headerLines(request, name);
  return lines.length === 1 ? (lines[0] ?? null) : null;
}

/** The one origin that may ask. */
export function ownOrigin(request: RequestDescription): string {
  return `http://127.0.0.1:${request.port}`;
}

function isLoopback(address: string): boolean {
  const literal = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return literal === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(literal);
}

/** A person opening the page: typed, clicked or reloaded in the top frame. */
export function isTopLevelNavigation(request: RequestDescription): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    soleHeader(request, 'sec-fetch-mode') === 'navigate' &&
    soleHeader(request, 'sec-fetch-dest') === 'document'
  );
}

/** Path of the target without its query. */
export function targetPath(target: string): string {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

const peerIsLoopback: GuardCheck = ({ peer }) =>
  isLoopback(peer) ? null : { status: 403, reason: `the peer ${peer} is not this machine` };

const headersAreFew: GuardCheck = ({ headers }) =>
  headers.length < MAX_HEADERS ? null : { status: 431, reason: `${MAX_HEADERS} header lines or more` };

const hostIsExact: GuardCheck = (request) =>
  soleHeader(request, 'host') === `127.0.0.1:${request.port}`
    ? null
    : { status: 421, reason: `Host is not 127.0.0.1:${request.port}, or is not given exactly once` };

/** Dot segments and encoded NULs are refused too: no address of ours has them, and file servers differ over them. */
const targetIsPlain: GuardCheck = ({ target }) => {
  const path = targetPath(target);
  const plain =
    /^\/(?![/\\])/.test(target) && !target.includes('#') && !/[\\\s]|%5c|%00/i.test(path) && !hasDotSegment(path);
  return plain ? null : { status: 400, reason: 'the request target is not a plain absolute path' };
};

function hasDotSegment(path: string): boolean {
  return path.split(/\/|%2f/i).some((segment) => /^\.{1,2}$/.test(segment.replace(/%2e/gi, '.')));
}

const methodIsKnown: GuardCheck = ({ method, headers }) =>
  METHODS.has(method) && !headers.some(([name]) => OVERRIDES.has(name))
    ? null
    : { status: 405, reason: `method ${method}, or a header that overrides it` };

/** A service worker would outlive us at this origin and read the token of whatever is served here next. */
const isNoServiceWorker: GuardCheck = ({ headers }) =>
  headers.some(([name]) => name === 'service-worker') ? { status: 403, reason: 'a service worker script' } : null;

/** Browsers speak HTTP/1.1 to us; an older version comes of a proxy (nginx before 1.30), and Node would answer it. */
const versionIsBrowsers: GuardCheck = ({ version }) =>
  version === '1.1' ? null : { status: 505, reason: `HTTP/${version}, which no browser speaks: a proxy or a program` };

const isNotForwarded: GuardCheck = ({ headers }) => {
  const head = findProxyHead(headers.map(([name]) => name));
  return head === null ? null : { status: 403, reason: `${head} says the request came through a proxy or tunnel` };
};

const originIsOwn: GuardCheck = (request) =>
  headerLines(request, 'origin').every((origin) => origin === ownOrigin(request))
    ? null
    : { status: 403, reason: 'Origin is not the page of this server' };

/** Browsers that send no Sec-Fetch headers (older Safari) pass: Origin and token carry the weight then. */
const fetchSiteIsOwn: GuardCheck = (request) => {
  const sites = headerLines(request, 'sec-fetch-site');
  const [site] = sites;
  if (sites.length === 0) return null;
  if (sites.length === 1 && site === 'same-origin') return null;
  if (isTopLevelNavigation(request)) return null;
  if (sites.length === 1 && site === 'none' && headerLines(request, 'sec-fetch-dest').length === 0) return null;
  return { status: 403, reason: 'Sec-Fetch-Site is not same-origin' };
};

/** Vite's open-in-editor route, also below a base path, starts programs with names from the request; nothing of ours uses it. */
const isNotOpenInEditor: GuardCheck = ({ target }) =>
  targetPath(target).toLowerCase().includes('/__open-in-editor')
    ? { status: 403, reason: 'open-in-editor is off' }
    : null;

/** Browsers always send Origin with a WebSocket; a client without one is not our page. */
const originIsPresent: GuardCheck = (request) =>
  soleHeader(request, 'origin') === ownOrigin(request)
    ? null
    : { status: 403, reason: 'Origin is missing or is not given exactly once' };

/** All checks of an ordinary request, in the order in which they are asked. */
export const REQUEST_CHECKS = {
  peerIsLoopback,
  headersAreFew,
  hostIsExact,
  targetIsPlain,
  methodIsKnown,
  isNoServiceWorker,
  versionIsBrowsers,
  isNotForwarded,
  originIsOwn,
  fetchSiteIsOwn,
  isNotOpenInEditor,
} as const satisfies Record<string, GuardCheck>;

/** Checks of a WebSocket upgrade (Vite's hot module channel): the same, and Origin must be there. */
export const UPGRADE_CHECKS = { ...REQUEST_CHECKS, originIsPresent } as const satisfies Record<string, GuardCheck>;

/** First refusal of the checks, or null when all agree. */
export function firstRefusal<Subject>(
  subject: Subject,
  checks: Readonly<Record<string, GuardCheck<Subject>>>,
): Refusal | null {
  for (const check of Object.values(checks)) {
    const refusal = check(subject);
    if (refusal !== null) return refusal;
  }
  return null;
}

/**
 * The one courtesy to `localhost:<port>`: a person who typed it is sent to the literal address, because another
 * process may own the same port on `::1`, and because credentials are bound to one origin.
 *
 * @returns the address to redirect to (308), or null when the request is to be judged as it is
 */
export function canonicalAddress(request: RequestDescription): string | null {
  const asked = request.method === 'GET' && soleHeader(request, 'host') === `localhost:${request.port}`;
  if (!asked || peerIsLoopback(request) !== null || targetIsPlain(request) !== null) return null;
  const saysFetch = request.headers.some(([name]) => name.startsWith('sec-fetch-'));
  if (saysFetch && !isTopLevelNavigation(request)) return null;
  const others: readonly GuardCheck[] = [
    headersAreFew,
    isNoServiceWorker,
    versionIsBrowsers,
    isNotForwarded,
    originIsOwn,
  ];
  return others.every((check) => check(request) === null) ? `${ownOrigin(request)}${request.target}` : null;
}
