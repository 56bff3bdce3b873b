import type { Check } from '../matrix/release-view.ts';

/** The environment that a release is gated for is frozen at the time of reading. Nobody asked: nothing is. */
export const frozen: Check<'frozen'> = {
  scope: { asks: 'release' },
  look: ({ estate: { policy, readAt }, environment }) =>
    policy.freezes
      .filter((freeze) => freeze.environment === environment && freeze.startsAt <= readAt && readAt <= freeze.endsAt)
      .map(({ reason, from, to }) => ({ component: null, environment, details: { reason, from, to } })),
};
