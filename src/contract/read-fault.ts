import { LOCAL_SERVER_ERRORS, type LocalServerErrorCode } from './local-server.ts';

/**
 * Everything that can go wrong between us and the table, as one closed list. Screen and command line know failures
 * only in this form; `fixFor` (`fault-fix.ts`) words each and says what fixes it.
 */
export const FAULT_CODES = [
  'table-missing', // no such table in this region and account, which a wrong region looks like too
  'table-not-ready', // being created, deleted, archived
  'keys-unsuitable', // no RANGE key, a key attribute that is no string, or keys of other names than were asked by
  'access-denied',
  'credentials-missing',
  'credentials-expired',
  'credentials-refused', // unknown to AWS in this region, or a signature that does not fit
  'clock-wrong', // signatures are refused because this machine's clock is off
  'throttled',
  'service-failing', // 5xx
  'request-refused', // any other 4xx of the service
  'unreachable', // no connection, no name, no network
  'timed-out',
  'cancelled', // the caller's own signal
  'unexpected-answer', // not DynamoDB's JSON: captive portal, empty body, cut-off body, no Items
  'local-server-stopped',
  'local-server-restarted', // it answers and is ours, but no longer knows the page's token
  'local-server-foreign', // what answers at its address does not prove to be it
  'local-server-refused',
  'local-server-busy',
  'local-server-failing',
  'local-call-not-allowed',
  'endpoint-unreachable', // the local server runs, the loopback endpoint behind it does not answer
  'profile-missing',
  'profile-broken',
  'profile-sso-expired',
  'profile-mfa-needed',
  'profile-helper-failed',
  'profile-helper-timeout',
  'profile-sts-denied',
  'profile-sts-unreachable',
  'profile-unscopable',
  'engine-ended', // the worker that reads the table is gone
  'failed', // none of the above: a fault of this program, said as such
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

/** What is known of a fault besides its code. Null where the failure did not say. */
export interface FaultDetails {
  /** The refused action, `dynamodb:Scan`. */
  readonly action?: string | null;
  /** The resource it was refused on, an ARN. */
  readonly resource?: string | null;
  /** A command that fixes it, as the local server gave it. */
  readonly fix?: string | null;
  /** The service's own name of the error, `AccessDeniedException`. */
  readonly name?: string | null;
  readonly cause?: unknown;
}

/** A failed reading. `message` is one sentence of plain text without secrets. */
export class ReadFault extends Error {
  readonly code: FaultCode;
  readonly action: string | null;
  readonly resource: string | null;
  readonly fix: string | null;
  /** The service's own name of the error, or null. */
  readonly errorName: string | null;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'ReadFault';
    this.code = code;
    this.action = details.action ?? null;
    this.resource = details.resource ?? null;
    this.fix = details.fix ?? null;
    this.errorName = details.name ?? null;
  }
}

/** A fault as plain data, for whoever is in another realm. */
export type FaultFields = Omit<ReadFault, 'name' | 'cause' | 'stack'>;

export function faultFields({ code, message, action, resource, fix, errorName }: ReadFault): FaultFields {
  return { code, message, action, resource, fix, errorName };
}

export function faultOfFields({ code, message, errorName, ...details }: FaultFields): ReadFault {
  return new ReadFault(code, message, { ...details, name: errorName });
}

/** Which way a call goes: decides what "no connection" means. */
export type CallRoute = 'local-server' | 'direct';

/** The names that AWS services give their errors, by fault. */
const ERROR_NAMES: readonly (readonly [FaultCode, string])[] = [
  ['table-missing', 'ResourceNotFoundException TableNotFoundException'],
  ['table-not-ready', 'ResourceInUseException TableNotReadyException'],
  ['access-denied', 'AccessDeniedException AccessDenied NotAuthorized KMSAccessDeniedException'],
  ['credentials-expired', 'ExpiredTokenException ExpiredToken RequestExpired'],
  [
    'credentials-refused',
    'UnrecognizedClientException InvalidSignatureException IncompleteSignatureException IncompleteSignature ' +
      'MissingAuthenticationTokenException MissingAuthenticationToken SignatureDoesNotMatch InvalidClientTokenId ' +
      'InvalidAccessKeyId OptInRequired',
  ],
  ['credentials-missing', 'CredentialsProviderError TokenProviderError CredentialsError'],
  ['clock-wrong', 'RequestTimeTooSkewed RequestInTheFuture'],
  [
    'throttled',
    'ProvisionedThroughputExceededException ThrottlingException Throttling ThrottledException RequestLimitExceeded ' +
      'TooManyRequestsException LimitExceededException',
  ],
  [
    'service-failing',
    'InternalServerError InternalServerErrorException ServiceUnavailable ServiceUnavailableException',
  ],
  ['request-refused', 'ValidationException SerializationException UnknownOperationException InvalidAction'],
  ['timed-out', 'TimeoutError'],
  ['cancelled', 'AbortError'],
];
const BY_ERROR_NAME: ReadonlyMap<string | null, FaultCode> = new Map(
  ERROR_NAMES.flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);

/** Faults by the causes that the local server gives. */
const BY_LOCAL_CODE = {
  Refused: 'local-server-refused',
  NotAllowed: 'local-call-not-allowed',
  RateLimited: 'local-server-busy',
  ProfileMissing: 'profile-missing',
  ProfileBroken: 'profile-broken',
  SsoExpired: 'profile-sso-expired',
  MfaNeeded: 'profile-mfa-needed',
  HelperFailed: 'profile-helper-failed',
  HelperTimeout: 'profile-helper-timeout',
  StsDenied: 'profile-sts-denied',
  StsUnreachable: 'profile-sts-unreachable',
  Unscopable: 'profile-unscopable',
  EndpointUnreachable: 'endpoint-unreachable',
  Internal: 'local-server-failing',
} satisfies Record<LocalServerErrorCode, FaultCode>;

/** System errors of Node, and what browsers say instead of one (Chromium, Firefox, Safari). */
const NO_CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
]);
const NO_CONNECTION_TEXT =
  /failed to fetch|fetch failed|networkerror|load failed|network request failed|appears to be offline|socket hang up|certificate/i;

/**
 * How DynamoDB refuses a call that names other keys than the table has: GetItem and writes, Query, a Scan that goes on, a
 * key of another type.
 */
const OTHER_KEYS_TEXT =
  /key element does not match the schema|missed key schema element|starting key is invalid|same size as table's key schema|key schema too large|missing the key .* in the item|type mismatch for key|condition parameter type does not match schema type/i;

/**
 * Classifies whatever a call ended with.
 *
 * @param error what was thrown: an error of the SDK, of fetch, of a credential provider, a `ReadFault`, anything
 * @param route which way the call went; straight to AWS where it is not said
 * @returns the fault; a `ReadFault` is returned as it is
 */
export function faultFrom(error: unknown, route?: CallRoute): ReadFault {
  if (error instanceof ReadFault) return error;
  const name = textField(error, 'name');
  const message = textField(error, 'message') ?? 'no message';
  const status = statusOf(error);
  const unnamed = (code: FaultCode, words: string) => new ReadFault(code, words, { cause: error });
  const named = (code: FaultCode, words = firstLine(message)) =>
    new ReadFault(code, words, { ...deniedIn(message), name, cause: error });

  if (route === 'local-server') {
    const local = localServerFault(status, error);
    if (local !== null) return local;
  }
  // A 5xx may carry any body, an HTML page too: the status says more than the text.
  if (name === 'SyntaxError' && status >= 500) {
    return unnamed('service-failing', `The service answered ${status}.`);
  }
  if (name === 'SyntaxError') {
    const answered = status === 0 ? 'an answer' : `answer ${status}`;
    return unnamed('unexpected-answer', `Received ${answered} that is not DynamoDB's JSON.`);
  }
  if (name === 'InvalidSignatureException' && /signature (?:expired|not yet current)/i.test(message)) {
    return named('clock-wrong');
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const isSignIn = /sso|token/i.test(message) && /expired|invalid/i.test(message);
    return named(isSignIn ? 'profile-sso-expired' : 'credentials-missing');
  }
  if (name === 'ValidationException' && OTHER_KEYS_TEXT.test(message)) {
    return named('keys-unsuitable', 'The table does not have the keys by which it was asked.');
  }
  // Before the names: the SDK calls a reset connection a TimeoutError.
  if (status === 0 && lostConnection(error)) {
    return route === 'local-server'
      ? unnamed('local-server-stopped', 'The local server does not answer.')
      : unnamed('unreachable', `No connection to DynamoDB: ${firstLine(message)}`);
  }
  const known = BY_ERROR_NAME.get(name);
  if (known !== undefined) return named(known);
  if (status === 429) return named('throttled');
  if (status >= 400) {
    const code = status >= 500 ? 'service-failing' : 'request-refused';
    return named(code, `The service answered ${status}: ${firstLine(message)}`);
  }
  return named('failed');
}

/**
 * Reads a refusal of the local server, on either of its routes.
 *
 * @param status HTTP status of the answer
 * @param body its JSON, or an error of the SDK that has taken over the body's fields
 * @returns the fault, or null where the body is not the local server's
 */
export function localServerFault(status: number, body: unknown): ReadFault | null {
  const text = textField(body, 'Code');
  const code = LOCAL_SERVER_ERRORS.find((known) => known === text);
  if (code === undefined) return null;
  const message = textField(body, 'Message') ?? textField(body, 'message') ?? code;
  // 401: the token is not (or no longer) the server's, and every start makes a new one.
  const fault = code === 'Refused' && status === 401 ? 'local-server-restarted' : BY_LOCAL_CODE[code];
  return new ReadFault(fault, firstLine(message), { fix: textField(body, 'Fix'), name: code });
}

/** Action and resource of a refusal, as IAM words it: "… is not authorized to perform: A on resource: R because …". */
function deniedIn(message: string): { action: string | null; resource: string | null } {
  return {
    action: /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/i.exec(message)?.[1] ?? null,
    resource: /on resource: (\S+)/i.exec(message)?.[1] ?? null,
  };
}

function lostConnection(error: unknown, depth = 0): boolean {
  const code = textField(error, 'code');
  if (code !== null && (NO_CONNECTION_CODES.has(code) || code.startsWith('ERR_TLS') || /CERT|SELF_SIGNED/.test(code))) {
    return true;
  }
  if (NO_CONNECTION_TEXT.test(textField(error, 'message') ?? '')) return true;
  if (depth >= 5 || typeof error !== 'object' || error === null || !('cause' in error)) return false;
  return lostConnection(error.cause, depth + 1);
}

/** @returns the HTTP status of an answer; 0: there was none */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}

function textField(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const field: unknown = Reflect.get(value, name);
  return typeof field === 'string' && field !== '' ? field : null;
}

/** AWS's signature errors go on for lines that quote the request, its session token included: one line is enough. */
function firstLine(message: string): string {
  const line = message.replace(/[\r\n].*/s, '');
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
