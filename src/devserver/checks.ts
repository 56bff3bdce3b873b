import { type Check, REQUEST_CHECKS, type RequestDescription, UPGRADE_CHECKS } from './guard.ts';
import type { CodeClaim } from './one-time-code.ts';
import { CALL_CHECKS, type TableCall } from './reading-calls.ts';
import {
  CODE_CHECKS,
  type CostlyRequest,
  CREDENTIAL_CHECKS,
  ROUTE_CHECKS,
  type RouteRequest,
  START_CHECKS,
} from './route-checks.ts';

type Named<Subject> = Readonly<Record<string, Check<Subject>>>;

/**
 * Every check of the local server, by where it is asked. They are handed in and not reached for, so that the suite can
 * leave out each of them in turn and see which attack then gets through.
 */
export interface Checks {
  /** Of every request. */
  readonly request: Named<RequestDescription>;
  /** Of an upgrade to a WebSocket. */
  readonly upgrade: Named<RequestDescription>;
  /** Of every request to a route of ours. */
  readonly route: Named<RouteRequest>;
  /** Of a request for the start of a page. */
  readonly start: Named<RequestDescription>;
  /** Of a request for credentials. */
  readonly credentials: Named<CostlyRequest>;
  /** Of a call on the table behind our route. */
  readonly call: Named<TableCall>;
  /** Of a one-time code. */
  readonly code: Named<CodeClaim>;
}

export const ALL_CHECKS = {
  request: REQUEST_CHECKS,
  upgrade: UPGRADE_CHECKS,
  route: ROUTE_CHECKS,
  start: START_CHECKS,
  credentials: CREDENTIAL_CHECKS,
  call: CALL_CHECKS,
  code: CODE_CHECKS,
} as const satisfies Checks;
