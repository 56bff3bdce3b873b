import type { FaultCode, ReadFault } from './read-fault.ts';

/** How a failed reading is repeated: soon, when a person is expected to sign in, or rarely. */
type Pace = 'transient' | 'sign-in' | 'configuration';

/** Longest pause between two tries, milliseconds. */
const LONGEST_MS = 60_000;
/** After a sign-in the screen resumes by itself within this time, milliseconds. */
const SIGN_IN_MS = 15_000;
const FIRST_MS = 5_000;
/** Share by which a pause is shortened or lengthened, so that many pages do not come back in step. */
const JITTER = 0.2;

const PACE = {
  'table-missing': 'configuration',
  'table-not-ready': 'transient',
  'keys-unsuitable': 'configuration',
  'access-denied': 'configuration',
  'credentials-missing': 'sign-in',
  'credentials-expired': 'sign-in',
  'credentials-refused': 'sign-in',
  'clock-wrong': 'configuration',
  throttled: 'transient',
  'service-failing': 'transient',
  'request-refused': 'configuration',
  unreachable: 'transient',
  'timed-out': 'transient',
  cancelled: 'transient',
  'unexpected-answer': 'transient',
  'local-server-stopped': 'transient',
  'local-server-restarted': 'configuration',
  'local-server-refused': 'configuration',
  'local-server-busy': 'transient',
  'local-server-failing': 'transient',
  'local-call-not-allowed': 'configuration',
  'endpoint-unreachable': 'transient',
  'profile-missing': 'configuration',
  'profile-broken': 'configuration',
  'profile-sso-expired': 'sign-in',
  'profile-mfa-needed': 'sign-in',
  'profile-helper-failed': 'sign-in',
  'profile-helper-timeout': 'sign-in',
  'profile-sts-denied': 'configuration',
  'profile-sts-unreachable': 'transient',
  'profile-unscopable': 'configuration',
  failed: 'transient',
} satisfies Record<FaultCode, Pace>;

/**
 * The pause before a failed reading is repeated.
 *
 * @param fault why it failed
 * @param failures how many readings in a row have failed, this one included (1, 2, …)
 * @param random a number from 0 (included) to 1 (excluded), such as `Math.random` gives
 * @returns milliseconds: 5, 10, 20, 40 and then 60 s, each ± 20 % and never over 60 s; where a sign-in is awaited
 *   15 s, where the configuration is wrong 60 s, both exact
 */
export function backOffMs(fault: ReadFault, failures: number, random: () => number): number {
  const pace: Pace = PACE[fault.code];
  switch (pace) {
    case 'sign-in':
      return SIGN_IN_MS;
    case 'configuration':
      return LONGEST_MS;
    case 'transient': {
      const doublings = Math.min(Math.max(failures, 1) - 1, 10);
      const pause = Math.min(FIRST_MS * 2 ** doublings, LONGEST_MS);
      return Math.min(Math.round(pause * (1 - JITTER + 2 * JITTER * random())), LONGEST_MS);
    }
  }
}
