import { type Check, environmentsOf, type Observation } from '../matrix/checked-release.ts';

/** An item of the release that cannot be read as a fragment, or a field of a fragment that is not of its shape. */
export const invalidFragment: Check<'invalid-fragment'> = {
  scope: { asks: 'release' },
  look: ({ rejected }, cells) => {
    const observations: Observation<'invalid-fragment'>[] = rejected.map(({ key, reason }) => ({
      component: null,
      environment: null,
      details: { key, reason },
    }));
    for (const { component, fragments } of cells) {
      for (const fragment of fragments) {
        if (fragment.faults.length === 0) continue;
        const environment = environmentsOf(fragment)[0] ?? null;
        for (const fault of fragment.faults) {
          observations.push({ component, environment, details: { key: fragment.key, fault } });
        }
      }
    }
    return observations;
  },
};
