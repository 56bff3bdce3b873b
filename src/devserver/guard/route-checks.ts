import { NONCE_HEADER } from '../../contract/local-server.ts';
import { type GuardCheck, headerLines, ownOrigin, type RequestDescription, soleHeader } from './guard.ts';
import type { CodeClaim } from './one-time-code.ts';

/**
 * What our own routes ask beyond the guard. They hand out what must not get into other hands, so nothing is taken on
 * trust here that a browser always sends.
 */

/** A request for the start of a page. */
export interface StartRequest extends RequestDescription {
  /** Whether the request holds a code or a ticket that is good. Asked for last, as it uses up a code. */
  readonly isTrusted: () => boolean;
}

/** A request for something that costs a call to AWS, or work here. */
export interface CostlyRequest extends RequestDescription {
  /** Milliseconds until there is room for one more; 0: this one has been counted. */
  readonly waitMs: () => number;
}

const methodIsPost: GuardCheck = ({ method }) =>
  method === 'POST' ? null : { status: 405, reason: `method ${method} on a route of the local server` };

/** Browsers send Origin with every POST. The guard lets a request without one pass, as navigations have none. */
const originIsPresent: GuardCheck = (request) =>
  soleHeader(request, 'origin') === ownOrigin(request)
    ? null
    : { status: 403, reason: 'a route of the local server was asked without the Origin of the page' };

/** Only what `fetch` sends within a page; where a browser sends no such header, Origin and proof carry the weight. */
const saysOnly =
  (name: string, value: string): GuardCheck =>
  (request) =>
    headerLines(request, name).every((actual) => actual === value)
      ? null
      : { status: 403, reason: `${name} on a route of the local server is not ${value}` };

/** What each of our routes asks first, in this order. */
export const ROUTE_CHECKS = {
  methodIsPost,
  originIsPresent,
  fetchSiteIsSame: saysOnly('sec-fetch-site', 'same-origin'),
  fetchModeIsCors: saysOnly('sec-fetch-mode', 'cors'),
  fetchDestIsEmpty: saysOnly('sec-fetch-dest', 'empty'),
} as const satisfies Record<string, GuardCheck>;

/** A body would name something (a profile, a role), and there is nothing to choose. */
const bodyIsEmpty: GuardCheck = (request) => {
  const lengths = headerLines(request, 'content-length');
  return headerLines(request, 'transfer-encoding').length === 0 && lengths.every((length) => Number(length) === 0)
    ? null
    : { status: 413, reason: 'a body where none is taken' };
};

const isAskedRarely: GuardCheck<CostlyRequest> = ({ waitMs }) => {
  const wait = waitMs();
  return wait === 0 ? null : { status: 429, reason: 'asked too often', retryAfterSeconds: Math.ceil(wait / 1000) };
};

const secretIsRight: GuardCheck<StartRequest> = ({ isTrusted }) =>
  isTrusted() ? null : { status: 401, reason: 'neither a good code nor the ticket of this run' };

/** What the route of the start asks besides. */
export const START_CHECKS = { bodyIsEmpty, secretIsRight } as const satisfies Record<string, GuardCheck<StartRequest>>;

/** So many bytes are nobody's to guess, and few enough to be worth nothing else. */
const nonceIsFresh: GuardCheck = (request) =>
  /^[\w-]{22}$/.test(soleHeader(request, NONCE_HEADER) ?? '')
    ? null
    : { status: 400, reason: 'who answers here was asked without 16 bytes that are bound to the answer' };

/** What the route by which the server proves itself asks besides. */
export const IDENTITY_CHECKS = { bodyIsEmpty, nonceIsFresh, isAskedRarely } as const satisfies Record<
  string,
  GuardCheck<CostlyRequest>
>;

/** What the route of credentials asks besides. */
export const CREDENTIAL_CHECKS = { bodyIsEmpty, isAskedRarely } as const satisfies Record<
  string,
  GuardCheck<CostlyRequest>
>;

/** What the route by which the page signs in asks besides. */
export const SIGN_IN_CHECKS = { isAskedRarely } as const satisfies Record<string, GuardCheck<CostlyRequest>>;

/** What the route by which the page steers the demo asks besides. */
export const DEMO_CHECKS = { isAskedRarely } as const satisfies Record<string, GuardCheck<CostlyRequest>>;

const codeIsIssued: GuardCheck<CodeClaim> = ({ issued }) =>
  issued ? null : { status: 401, reason: 'an unknown code' };

const codeIsUnused: GuardCheck<CodeClaim> = ({ used }) =>
  used ? { status: 401, reason: 'a code that was used before' } : null;

const codeIsFresh: GuardCheck<CodeClaim> = ({ ageMs, lifeMs }) =>
  ageMs < lifeMs ? null : { status: 401, reason: 'a code that has expired' };

/** What is asked of a one-time code. */
export const CODE_CHECKS = { codeIsIssued, codeIsUnused, codeIsFresh } as const satisfies Record<
  string,
  GuardCheck<CodeClaim>
>;
