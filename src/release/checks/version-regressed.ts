import { entriesAt } from '../estate.ts';
import type { Fragment } from '../fragment.ts';
import { type Check, environmentsOf, type Observation } from '../release-view.ts';

/**
 * A component whose own version is lower than in the previous stable release. Workloads are compared environment by
 * environment, as each runs a version of its own.
 */
export const versionRegressed: Check<'version-regressed'> = ({ estate, cells, previousStable }) => {
  if (previousStable === null) return [];
  const observations: Observation<'version-regressed'>[] = [];
  for (const { component, column, fragments } of cells) {
    const before = entriesAt(estate, previousStable, column);
    if (before.length === 0) continue;
    for (const fragment of fragments) {
      const environments = fragment.type === 'k8s' ? environmentsOf(fragment) : [null];
      for (const environment of environments) {
        const earlier = counterpart(before, fragment, environment);
        if (!earlier || earlier.ownVersion === fragment.ownVersion) continue;
        const [now, then] = [estate.parse(fragment.ownVersion), estate.parse(earlier.ownVersion)];
        if (now === null || then === null || now.compare(then) >= 0) continue;
        const details = { version: fragment.ownVersion, before: earlier.ownVersion, previousStable: earlier.release };
        observations.push({ component, environment, details });
      }
    }
  }
  return observations;
};

function counterpart(
  before: readonly Fragment[],
  fragment: Fragment,
  environment: string | null,
): Fragment | undefined {
  if (fragment.type !== 'k8s') return before[0];
  const there = before.filter((earlier) => environmentsOf(earlier).includes(environment));
  return there.find(({ kind }) => kind === fragment.kind) ?? there[0];
}
