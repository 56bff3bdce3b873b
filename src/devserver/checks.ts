import { type GuardCheck, REQUEST_CHECKS, type RequestDescription, UPGRADE_CHECKS } from './guard/guard.ts';
import type { CodeClaim } from './guard/one-time-code.ts';
import { PROOF_CHECKS, type ProofClaim } from './guard/proof-check.ts';
import {
  CODE_CHECKS,
  type CostlyRequest,
  CREDENTIAL_CHECKS,
  DEMO_CHECKS,
  IDENTITY_CHECKS,
  ROUTE_CHECKS,
  SIGN_IN_CHECKS,
  START_CHECKS,
  type StartRequest,
} from './guard/route-checks.ts';
import { CALL_CHECKS, type TableCall } from './table/reading-calls.ts';

type Named<Subject> = Readonly<Record<string, GuardCheck<Subject>>>;

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
  readonly route: Named<RequestDescription>;
  /** Of the proof of a request that wants one. */
  readonly proof: Named<ProofClaim>;
  /** Of a request for the start of a page. */
  readonly start: Named<StartRequest>;
  /** Of the question who answers here. */
  readonly identity: Named<CostlyRequest>;
  /** Of a request for credentials. */
  readonly credentials: Named<CostlyRequest>;
  /** Of a wish about the sign-in. */
  readonly signIn: Named<CostlyRequest>;
  /** Of a wish about the demo. */
  readonly demo: Named<CostlyRequest>;
  /** Of a call on the table behind our route. */
  readonly call: Named<TableCall>;
  /** Of a one-time code. */
  readonly code: Named<CodeClaim>;
}

export const ALL_CHECKS = {
  request: REQUEST_CHECKS,
  upgrade: UPGRADE_CHECKS,
  route: ROUTE_CHECKS,
  proof: PROOF_CHECKS,
  start: START_CHECKS,
  identity: IDENTITY_CHECKS,
  credentials: CREDENTIAL_CHECKS,
  signIn: SIGN_IN_CHECKS,
  demo: DEMO_CHECKS,
  call: CALL_CHECKS,
  code: CODE_CHECKS,
} as const satisfies Checks;
