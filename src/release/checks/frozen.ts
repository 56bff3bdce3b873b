import { groupOf } from '../item/environment.ts';
import type { Check } from '../matrix/checked-release.ts';

/** The environment that a release is gated for, or its group, is frozen at the time of reading. Nobody asked: nothing is. */
export const frozen: Check<'frozen'> = {
  scope: { asks: 'release' },
  look: ({ estate: { policy, readAt }, environment }) => {
    if (environment === null) return [];
    const places = [environment, groupOf(environment, policy.environments)];
    return policy.freezes
      .filter((freeze) => places.includes(freeze.environment) && freeze.startsAt <= readAt && readAt <= freeze.endsAt)
      .map(({ reason, from, to }) => ({ component: null, environment, details: { reason, from, to } }));
  },
};
