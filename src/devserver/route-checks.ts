import { type Check, headerLines, ownOrigin, type RequestDescription, soleHeader } from './guard.ts';
import type { CodeClaim } from './one-time-code.ts';

/**
 * What our own routes ask beyond the guard. They hand out what must not get into other hands, so nothing is taken on
 * trust here that a browser always sends.
 */

/** A request to one of our routes. */
export interface RouteRequest extends RequestDescription {
  /** Whether the request holds the token of the page, or another secret that the route takes. Asked for last. */
  readonly isTrusted: () => boolean;
}

/** A request for something that costs a call to AWS. */
export interface CostlyRequest extends RequestDescription {
  /** Milliseconds until there is room for one more; 0: this one has been counted. */
  readonly waitMs: () => number;
}

const methodIsPost: Check = ({ method }) =>
  method === 'POST' ? null : { status: 405, reason: `method ${method} on a route of ours` };

/** Browsers send Origin with every POST. The guard lets a request without one pass, as navigations have none. */
const originIsPresent: Check = (request) =>
  soleHeader(request, 'origin') === ownOrigin(request)
    ? null
    : { status: 403, reason: 'a route of ours was asked without the Origin of the page' };

/** Only what `fetch` sends within a page; where a browser sends no such header, Origin and token carry the weight. */
const saysOnly =
  (name: string, value: string): Check =>
  (request) =>
    headerLines(request, name).every((actual) => actual === value)
      ? null
      : { status: 403, reason: `${name} on a route of ours is not ${value}` };

const secretIsRight: Check<RouteRequest> = ({ isTrusted }) =>
  isTrusted() ? null : { status: 401, reason: 'the token of the page is missing or wrong' };

/** What each of our routes asks, in this order. */
export const ROUTE_CHECKS = {
  methodIsPost,
  originIsPresent,
  fetchSiteIsSame: saysOnly('sec-fetch-site', 'same-origin'),
  fetchModeIsCors: saysOnly('sec-fetch-mode', 'cors'),
  fetchDestIsEmpty: saysOnly('sec-fetch-dest', 'empty'),
  secretIsRight,
} as const satisfies Record<string, Check<RouteRequest>>;

/** A body would name something (a profile, a role), and there is nothing to choose. */
const bodyIsEmpty: Check = (request) => {
  const lengths = headerLines(request, 'content-length');
  return headerLines(request, 'transfer-encoding').length === 0 && lengths.every((length) => Number(length) === 0)
    ? null
    : { status: 413, reason: 'a body where none is taken' };
};

const isAskedRarely: Check<CostlyRequest> = ({ waitMs }) => {
  const wait = waitMs();
  return wait === 0 ? null : { status: 429, reason: 'asked too often', retryAfterSeconds: Math.ceil(wait / 1000) };
};

/** What the route of the start asks besides. */
export const START_CHECKS = { bodyIsEmpty } as const satisfies Record<string, Check>;

/** What the route of credentials asks besides. */
export const CREDENTIAL_CHECKS = { bodyIsEmpty, isAskedRarely } as const satisfies Record<string, Check<CostlyRequest>>;

const codeIsIssued: Check<CodeClaim> = ({ issued }) => (issued ? null : { status: 401, reason: 'an unknown code' });

const codeIsUnused: Check<CodeClaim> = ({ used }) =>
  used ? { status: 401, reason: 'a code that has been used already' } : null;

const codeIsFresh: Check<CodeClaim> = ({ ageMs, lifeMs }) =>
  ageMs < lifeMs ? null : { status: 401, reason: 'a code that has expired' };

/** What is asked of a one-time code. */
export const CODE_CHECKS = { codeIsIssued, codeIsUnused, codeIsFresh } as const satisfies Record<
  string,
  Check<CodeClaim>
>;
