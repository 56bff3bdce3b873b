import type { Check } from '../matrix/checked-release.ts';

/** A release that the policy withdraws: it must not be used, whatever else is said of it. */
export const withdrawnRelease: Check<'withdrawn-release'> = {
  scope: { asks: 'release' },
  look: ({ estate: { policy }, release }) => {
    const details = policy.withdrawn.ofRelease(release);
    return details === null ? [] : [{ component: null, environment: null, details }];
  },
};
