import type { FaultCode, ReadFault } from '../contract/read-fault.ts';
import { pauseMs } from './pause.ts';

/**
 * How a failed reading is repeated. `outage`: the table, or the way to it, will be back by itself, and is then to be seen
 * within one poll. `transient`: so will what lends the credentials, which all tabs share. `sign-in`: a person is expected
 * to sign in, or to start something. `configuration`: a person must fix something.
 */
export type Pace = 'outage' | 'transient' | 'sign-in' | 'configuration';

/** Longest pause between two tries, milliseconds; in an outage it is one poll, where that is shorter. */
const LONGEST_MS = 60_000;
/** After a sign-in the screen resumes by itself within this time, milliseconds. */
const SIGN_IN_MS = 15_000;
/** In an outage the shortest too: twelve tries a minute (`outage-limit.ts`). */
const FIRST_MS = 5_000;

const PACE = {
  'table-missing': 'configuration',
  'table-not-ready': 'outage',
  'keys-unsuitable': 'configuration',
  'access-denied': 'configuration',
  'credentials-missing': 'sign-in',
  'credentials-expired': 'sign-in',
  'credentials-refused': 'sign-in',
  'clock-wrong': 'configuration',
  throttled: 'outage',
  'service-failing': 'outage',
  'request-refused': 'configuration',
  unreachable: 'outage',
  'timed-out': 'outage',
  cancelled: 'outage',
  'unexpected-answer': 'outage',
  'local-server-stopped': 'outage',
  'local-server-restarted': 'configuration',
  'local-server-foreign': 'sign-in',
  'local-server-refused': 'configuration',
  'local-server-busy': 'transient',
  'local-server-failing': 'outage',
  'local-call-not-allowed': 'configuration',
  'endpoint-unreachable': 'outage',
  'profile-missing': 'configuration',
  'profile-broken': 'configuration',
  'profile-sso-expired': 'sign-in',
  'profile-mfa-needed': 'sign-in',
  'profile-helper-failed': 'sign-in',
  'profile-helper-timeout': 'sign-in',
  'profile-sts-denied': 'configuration',
  'profile-sts-unreachable': 'transient',
  'profile-unscopable': 'configuration',
  'engine-ended': 'outage',
  failed: 'outage',
} satisfies Record<FaultCode, Pace>;

/** @returns how a reading that failed with this fault is repeated */
export function paceAfter(fault: ReadFault): Pace {
  return PACE[fault.code];
}

/**
 * The pause before a failed reading is repeated.
 *
 * @param fault why it failed
 * @param failures how many readings in a row have failed, this one included (1, 2, …)
 * @param pollIntervalMs the pause between two good ones
 * @param random a number from 0 (included) to 1 (excluded), such as `Math.random` gives
 * @returns milliseconds: 5, 10, 20, 40 and then 60 s, each ± 20 % and never over 60 s, in an outage never over one poll
 *   either and never under 5 s; where a sign-in is awaited 15 s, where the configuration is wrong 60 s, both exact
 */
export function backOffMs(fault: ReadFault, failures: number, pollIntervalMs: number, random: () => number): number {
  const pace = paceAfter(fault);
  switch (pace) {
    case 'sign-in':
      return SIGN_IN_MS;
    case 'configuration':
      return LONGEST_MS;
    case 'outage':
    case 'transient': {
      const pause = pauseMs(Math.max(failures, 1) - 1, { firstMs: FIRST_MS, longestMs: LONGEST_MS }, random);
      const spread = Math.min(pause, LONGEST_MS);
      return pace === 'outage' ? Math.max(Math.min(spread, pollIntervalMs), FIRST_MS) : spread;
    }
  }
}
